"""Imports: batches and their items. A batch belongs to the person who made it."""

from collections.abc import Sequence

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.repositories.scope import asker, readable_by
from app.schemas.identity import Viewer
from models import Document, ImportBatch, ImportItem, Space


class ImportRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add_batch(self, batch: ImportBatch) -> None:
        self._session.add(batch)
        await self._session.flush()

    async def add_item(self, item: ImportItem) -> None:
        self._session.add(item)
        await self._session.flush()

    async def flush(self) -> None:
        await self._session.flush()

    async def batch(self, user_id: str, batch_id: str) -> tuple[ImportBatch, str] | None:
        """The person's own batch and the key of its space."""
        rows = await self._session.execute(
            select(ImportBatch, col(Space.key))
            .join(Space, col(Space.id) == col(ImportBatch.space_id))
            .where(col(ImportBatch.id) == batch_id, col(ImportBatch.user_id) == user_id)
        )
        row = rows.one_or_none()
        return None if row is None else (row[0], row[1])

    async def items(self, viewer: Viewer, batch_id: str) -> Sequence[tuple[ImportItem, str | None]]:
        """In the order of the files, each with the number of the document it became or is asked about, if the viewer
        may still read that.
        """
        theirs = and_(col(Document.id) == col(ImportItem.document_id), readable_by(asker(viewer)))
        rows = await self._session.execute(
            select(ImportItem, col(Space.key), col(Document.number))
            .select_from(ImportItem)
            .outerjoin(Document, theirs)
            .outerjoin(Space, col(Space.id) == col(Document.space_id))
            .where(col(ImportItem.batch_id) == batch_id)
            .order_by(col(ImportItem.position))
        )
        return [(item, f"{key}-{number}" if number is not None else None) for item, key, number in rows]

    async def lock_item(self, batch_id: str, item_id: str) -> ImportItem | None:
        found = await self._session.scalars(
            select(ImportItem)
            .where(col(ImportItem.batch_id) == batch_id, col(ImportItem.id) == item_id)
            .with_for_update()
        )
        return found.one_or_none()
