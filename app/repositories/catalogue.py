"""The list of documents: what may be asked of it, and how it stays quick while it grows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, String, cast, func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.repositories.documents import Listed, rows
from app.repositories.keyset import Keyset, Order, Part
from app.repositories.scope import asker, readable_apart, readable_by
from app.schemas.documents import FindDeleted, FindDocuments
from app.schemas.identity import Viewer
from models import Document, Space

COUNTED = 1_000
FEW = 500
_ID = col(Document.id)
_LIST: Keyset[Listed] = Keyset(
    {
        "updated": Order(
            (col(Document.updated_at), _ID), (datetime, str), lambda one: (one.document.updated_at, one.document.id)
        ),
        "title": Order((col(Document.title), _ID), (str, str), lambda one: (one.document.title, one.document.id)),
        "created": Order((_ID,), (str,), lambda one: (one.document.id,)),
    },
    default="-updated",
    made=lambda row: Listed(*row),
)

_DELETED: Keyset[Listed] = Keyset(
    {
        "deleted": Order(
            (col(Document.deleted_at), _ID), (datetime, str), lambda one: (one.document.deleted_at, one.document.id)
        )
    },
    default="-deleted",
    made=lambda row: Listed(*row),
)


class CatalogueRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, viewer: Viewer, query: FindDocuments) -> Part[Listed]:
        """Newest change first, unless the query says otherwise. Counted no further than `COUNTED`.

        Of many documents the first in order are soon found by going through them in that order; where somebody may read
        few of very many, those few are looked up and put in order.
        """
        total = await self.count_to(viewer, query, COUNTED)
        statement = rows().where(readable_by(asker(viewer), in_order=total > FEW), *_wanted(viewer, query))
        part = await _LIST.part(self._session, statement, query, counted=False)
        return replace(part, total=min(total, COUNTED), is_cut=total > COUNTED)

    async def deleted(self, space_id: str, query: FindDeleted) -> Part[Listed]:
        """Of a space, unscoped: for services that have asked who may restore them."""
        statement = rows().where(col(Document.space_id) == space_id, col(Document.deleted_at).is_not(None))
        return await _DELETED.part(self._session, statement, query)

    async def count(self, viewer: Viewer) -> int:
        """All that the viewer may read."""
        return await self._count(viewer, FindDocuments(), None)

    async def count_to(self, viewer: Viewer, query: FindDocuments, most: int) -> int:
        """How many there are, counted to one beyond `most`."""
        return await self._count(viewer, query, most + 1)

    async def _count(self, viewer: Viewer, query: FindDocuments, stop: int | None) -> int:
        wanted = tuple(_wanted(viewer, query))
        ways = (select(literal(1)).select_from(Document).where(way, *wanted) for way in readable_apart(asker(viewer)))
        if query.q or query.space:  # these ask for the space's key
            ways = (way.join(Space, col(Space.id) == col(Document.space_id)) for way in ways)
        bounded = union_all(*ways).limit(stop).subquery()
        return (await self._session.scalars(select(func.count()).select_from(bounded))).one()


def _wanted(viewer: Viewer, query: FindDocuments) -> Iterator[ColumnElement[bool]]:
    if query.space:
        yield col(Space.key).in_(query.space)
    if query.status:
        yield col(Document.status).in_(query.status)
    if query.health:
        yield col(Document.health_state).in_(query.health)
    if query.owner:
        yield col(Document.owner_id) == (viewer.user_id if query.owner == "me" else query.owner)
    if query.q:
        number = col(Space.key) + "-" + cast(col(Document.number), String)
        texts = (col(Document.title), col(Document.summary))
        yield or_(number == query.q.upper(), *(text.icontains(query.q, autoescape=True) for text in texts))
