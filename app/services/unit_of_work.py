"""The one door for writes, `unit_of_work()`, and its read-only sister, `reading()`.

A unit of work is one transaction: leaving it commits, an exception undoes all of it. Recorded events reach their
subscribers inside the transaction first and, once it is committed, after it. No network call belongs inside.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from app.core import answers, bus, db
from app.repositories.audit import AuditRepository
from app.repositories.catalogue import CatalogueRepository
from app.repositories.documents import DocumentRepository
from app.repositories.evidence import EvidenceRepository
from app.repositories.factors import FactorRepository
from app.repositories.groups import GroupRepository
from app.repositories.idempotency import IdempotencyRepository
from app.repositories.identities import IdentityRepository
from app.repositories.imports import ImportRepository
from app.repositories.issued_tokens import IssuedTokenRepository
from app.repositories.jobs import JobRepository
from app.repositories.links import LinkRepository
from app.repositories.mails import MailRepository
from app.repositories.members import MemberRepository
from app.repositories.open_sessions import OpenSessionRepository
from app.repositories.outbox import OutboxRepository
from app.repositories.people import PeopleRepository
from app.repositories.revisions import RevisionRepository
from app.repositories.sessions import SessionRepository
from app.repositories.sharing import SharingRepository
from app.repositories.site import SiteRepository
from app.repositories.site_spaces import SiteSpaceRepository
from app.repositories.spaces import SpaceRepository
from app.repositories.standings import StandingRepository
from app.repositories.tokens import TokenRepository
from app.repositories.users import UserRepository
from app.services.events import Event
from app.services.wake import wake
from models import OutboxRow

_NEVER_KEPT = frozenset(
    {f"{table}{new}" for table in ("audit_event", "outbox", "refresh_token", "setup_token") for new in ("", "+")}
    | {"auth_session+", "personal_token+"}
)
"""Changes that make no kept answer wrong."""


class Reading:
    """The repositories over one consistent view of the database."""

    def __init__(self, session: AsyncSession) -> None:
        self.audit = AuditRepository(session)
        self.catalogue = CatalogueRepository(session)
        self.documents = DocumentRepository(session)
        self.evidence = EvidenceRepository(session)
        self.factors = FactorRepository(session)
        self.groups = GroupRepository(session)
        self.idempotency = IdempotencyRepository(session)
        self.identities = IdentityRepository(session)
        self.imports = ImportRepository(session)
        self.issued_tokens = IssuedTokenRepository(session)
        self.links = LinkRepository(session)
        self.jobs = JobRepository(session)
        self.mails = MailRepository(session)
        self.members = MemberRepository(session)
        self.open_sessions = OpenSessionRepository(session)
        self.outbox = OutboxRepository(session)
        self.people = PeopleRepository(session)
        self.revisions = RevisionRepository(session)
        self.sessions = SessionRepository(session)
        self.sharing = SharingRepository(session)
        self.site = SiteRepository(session)
        self.site_spaces = SiteSpaceRepository(session)
        self.spaces = SpaceRepository(session)
        self.standings = StandingRepository(session)
        self.tokens = TokenRepository(session)
        self.users = UserRepository(session)


class UnitOfWork(Reading):
    """The repositories over one write transaction, and the events recorded in it."""

    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session)
        self.events: list[Event] = []
        self.has_enqueued = False

    def record(self, event: Event) -> None:
        self.events.append(event)

    async def enqueue(self, kind: str, payload: dict[str, Any], *, key: str | None = None) -> None:
        """Side work, done at least once after the commit; of several with one `key` only the first is, until it
        is done and `keep_ended_days` are over.
        """
        self.has_enqueued |= await self.outbox.add(OutboxRow(kind=kind, payload=payload, key=key))


@asynccontextmanager
async def unit_of_work() -> AsyncIterator[UnitOfWork]:
    """Raises `StorageUnavailable` when the database cannot take it; then nothing of it is stored."""
    async with _session(write=True) as session:
        work, noted = UnitOfWork(session), await db.noting(session)
        yield work
        for event in work.events:
            await bus.within(session, event)
        try:
            await session.commit()
        finally:  # a commit that was interrupted may have happened
            await answers.changed(noted - _NEVER_KEPT)
    if work.has_enqueued:
        wake()
    for event in work.events:
        await bus.after(event)


@asynccontextmanager
async def reading(*, brief: bool = False) -> AsyncIterator[Reading]:
    """Never waits for writers; whatever is changed on its objects is not stored. `brief` is for a few rows by key, and
    nothing else may be awaited in it.
    """
    async with _session(write=False, brief=brief) as session:
        yield Reading(session)


@asynccontextmanager
async def _session(*, write: bool, brief: bool = False) -> AsyncIterator[AsyncSession]:
    """Takes the connection (and SQLite's write lock) at once, but for a brief read; closing without a commit rolls
    back.
    """
    try:
        made = AsyncSession(db.engine(write=write, brief=brief), expire_on_commit=False)
        async with db.patiently(), db.turn() if write else nullcontext(), made as session:
            if not brief:
                await session.connection()
            yield session
    except (SQLAlchemyError, OSError) as error:
        if not db.is_unavailable(error):
            raise
        raise db.unavailable(error) from error
