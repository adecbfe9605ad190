"""Files of evidence, each in its space. Their content is asked for by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Select, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.domain.evidence.kind import Kind
from app.repositories.keyset import Keyset, Order, Part
from app.schemas.evidence import FindEvidence
from models import EvidenceFile, Space, User


@dataclass(frozen=True)
class EvidenceFacts:
    """A file without its content. `added_by` is a person's name."""

    id: str
    kind: Kind
    ending: str
    format: str
    file_name: str
    size: int
    digest: str
    words: str
    summary: dict[str, Any]
    created_at: datetime
    added_by: str


@dataclass(frozen=True)
class Used:
    files: int
    bytes: int


_LIST: Keyset[EvidenceFacts] = Keyset(
    {"added": Order((col(EvidenceFile.id),), (str,), lambda row: (row.id,))},
    default="-added",
    made=lambda row: EvidenceFacts(*row),
)


class EvidenceRepository:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, file: EvidenceFile) -> None:
        self._session.add(file)
        await self._session.flush()
        self._session.expunge(file)  # megabytes that nobody needs any more

    async def find(self, space_id: str, query: FindEvidence) -> Part[EvidenceFacts]:
        """Newest first."""
        statement = _facts(space_id)
        if query.kind:
            statement = statement.where(col(EvidenceFile.kind).in_(query.kind))
        return await _LIST.part(self._session, statement, query)

    async def get(self, space_id: str, file_id: str) -> EvidenceFacts | None:
        rows = await self._session.execute(_facts(space_id).where(col(EvidenceFile.id) == file_id))
        row = rows.one_or_none()
        return None if row is None else EvidenceFacts(*row)

    async def content(self, file_id: str) -> bytes | None:
        """As it is stored: whether it is what was sent is for the caller to see to."""
        found = select(col(EvidenceFile.content)).where(col(EvidenceFile.id) == file_id)
        return (await self._session.scalars(found)).one_or_none()

    async def remove(self, space_id: str, file_id: str) -> bool:
        done = await self._session.execute(
            delete(EvidenceFile).where(col(EvidenceFile.space_id) == space_id, col(EvidenceFile.id) == file_id)
        )
        return cast("CursorResult[Any]", done).rowcount == 1

    async def lock(self, space_id: str) -> Used:
        """What the space has, held against others who add to it until the end of the transaction."""
        await self._session.execute(
            select(col(Space.id)).where(col(Space.id) == space_id).with_for_update(key_share=True)
        )
        counted = select(func.count(col(EvidenceFile.id)), func.coalesce(func.sum(col(EvidenceFile.size)), 0))
        return Used(*(await self._session.execute(counted.where(col(EvidenceFile.space_id) == space_id))).one())

    async def all_digests(self) -> Sequence[tuple[str, str, str]]:
        """Id, space and digest of every file, unscoped: for checks of the whole database only."""
        named = select(col(EvidenceFile.id), col(Space.key), col(EvidenceFile.digest))
        found = await self._session.execute(named.join(Space, col(Space.id) == col(EvidenceFile.space_id)))
        return [(file_id, key, digest) for file_id, key, digest in found]


def _facts(space_id: str) -> Select[*tuple[Any, ...]]:
    file = EvidenceFile
    named: tuple[Any, ...] = (
        file.id,
        file.kind,
        file.ending,
        file.format,
        file.file_name,
        file.size,
        file.digest,
        file.words,
    )
    return (
        select(*(col(one) for one in named), col(file.summary), col(file.created_at), col(User.name))
        .join(User, col(User.id) == col(file.added_by))
        .where(col(file.space_id) == space_id)
    )
