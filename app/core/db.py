"""Engines: one per process, made on first use (workers fork after import), with the durability the product promises.

No query belongs here. Writes go through `engine(write=True)`, which on SQLite begins with BEGIN IMMEDIATE: a writer
waits for the lock before it reads, so a read-then-write never fails half way. Reads are plain and never wait.
Errors hide the values of their statement: they end up in logs.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from contextvars import ContextVar
from functools import cache
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, QueuePool

from app.core import inline_sqlite
from app.core import settings as configuration
from app.core.errors import StorageUnavailable
from app.core.settings import Settings

SQLITE_PRAGMAS = {"journal_mode": "wal", "synchronous": "FULL", "foreign_keys": "ON", "busy_timeout": "5000"}
MIGRATING = {"foreign_keys": "OFF"}
IN_PLACE = {"query_only": "ON", "busy_timeout": "100"}
REFUSED_ON_POSTGRES = ("fsync", "synchronous_commit", "full_page_writes")
WRITE = "plumbline_write"
UNNOTED = "plumbline_unnoted"
"""Option of a statement that changes nothing of what answers are made from, such as when somebody was last seen."""
_CHANGED = "plumbline_changed"


class UnsafeDatabase(StorageUnavailable):
    """The database server would lose acknowledged writes at a power cut; nothing is stored in it."""


@cache
def _engine() -> AsyncEngine:
    return make_engine(configuration.settings())


@cache
def _writer() -> AsyncEngine:
    return _engine().execution_options(**{WRITE: True})


@cache
def _brief() -> AsyncEngine:
    current = configuration.settings()
    return make_engine(current, in_place=True) if current.is_sqlite else _engine()


def engine(*, write: bool = False, brief: bool = False) -> AsyncEngine:
    """The process's engine. `write` is the same pool under the option that makes its transactions writers; `brief` is
    for reads of a few rows by key, which SQLite answers faster than a thread can be asked.
    """
    return _writer() if write else _brief() if brief else _engine()


async def dispose() -> None:
    """Close every connection and forget the engine, so that the next use reads the settings again."""
    for made in (_brief, _engine):
        if made.cache_info().currsize:
            await made().dispose()
    for made in (_brief, _writer, _engine):
        made.cache_clear()
    _one_writer.cache_clear()


@cache
def _one_writer() -> asyncio.Lock | None:
    return asyncio.Lock() if configuration.settings().is_sqlite else None


@asynccontextmanager
async def turn() -> AsyncIterator[None]:
    """Around a write: on SQLite, which takes one writer at a time, those of this process come in the order in which
    they asked, instead of polling for the lock with a connection and a thread each. Raises `TimeoutError`.
    """
    one = _one_writer()
    if one is None:
        yield
        return
    async with asyncio.timeout(configuration.settings().database_seconds):
        await one.acquire()
    try:
        yield
    finally:
        one.release()


async def noting(session: AsyncSession) -> set[str]:
    """What is changed in its transaction from now on: `table` for changed or removed rows, `table+` for new ones,
    `*` when a statement does not say. Filled as statements run.
    """
    info = (await session.connection()).info
    noted: set[str] = set()
    info[_CHANGED] = noted
    return noted


def in_use() -> int:
    """How many connections of this process are checked out of the pool now."""
    pools = {made().pool for made in (_engine, _brief) if made.cache_info().currsize}
    return sum(pool.checkedout() for pool in pools if isinstance(pool, QueuePool))


class Patience:
    """How long one request or event may wait for the database in all, whatever it asks: each single wait has a bound
    of its own, but many that just stay within it add up.
    """

    def __init__(self, seconds: float) -> None:
        self.left = seconds

    @asynccontextmanager
    async def spent(self) -> AsyncIterator[None]:
        """Around a transaction; raises `TimeoutError` when nothing is left."""
        begun = time.monotonic()
        try:
            async with asyncio.timeout(self.left):
                yield
        finally:
            self.left = max(0.0, self.left - (time.monotonic() - begun))


_patience: ContextVar[Patience | None] = ContextVar("database_patience", default=None)


def be_patient(seconds: float) -> None:
    """From here on in this task; work that nobody waits for has no such limit."""
    _patience.set(Patience(seconds))


def patiently() -> AbstractAsyncContextManager[None]:
    found = _patience.get()
    return nullcontext() if found is None else found.spent()


async def check() -> None:
    """Connect once, so that a start fails with a sentence; raises `StorageUnavailable` or `UnsafeDatabase`."""
    try:
        async with patiently(), engine().connect():
            pass
    except (DBAPIError, PoolTimeout, OSError) as error:
        raise unavailable(error) from error


def make_engine(settings: Settings, *, migrating: bool = False, in_place: bool = False) -> AsyncEngine:
    """`migrating`: one connection without enforced foreign keys, which a table rebuild in SQLite needs off. `in_place`:
    SQLite without threads, for reading only.
    """
    if settings.is_sqlite:
        made = _sqlite(settings, migrating=migrating, in_place=in_place)
        event.listen(made.sync_engine, "begin", _begin)
    else:
        made = _postgres(settings, migrating=migrating)
        event.listen(made.sync_engine, "connect", _refuse_unsafe)
    event.listen(made.sync_engine, "after_cursor_execute", _note)
    return made


def _sqlite(settings: Settings, *, migrating: bool, in_place: bool) -> AsyncEngine:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    options: dict[str, Any] = {"poolclass": NullPool} if migrating else {"pool_timeout": settings.database_seconds}
    driver: dict[str, Any] = {"isolation_level": None}
    if in_place:
        driver |= {"async_creator_fn": inline_sqlite.connect, "check_same_thread": False}
    made = create_async_engine(settings.database, connect_args=driver, hide_parameters=True, **options)
    pragmas = SQLITE_PRAGMAS | (MIGRATING if migrating else {}) | (IN_PLACE if in_place else {})

    def prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for name, value in pragmas.items():
            cursor.execute(f"PRAGMA {name}={value}")
        cursor.close()

    event.listen(made.sync_engine, "connect", prepare)
    return made


def _postgres(settings: Settings, *, migrating: bool) -> AsyncEngine:
    limits: dict[str, Any] = {"timeout": settings.database_seconds}
    if migrating:
        return create_async_engine(settings.database, connect_args=limits, hide_parameters=True, poolclass=NullPool)
    return create_async_engine(
        settings.database,
        connect_args=limits | {"command_timeout": settings.database_seconds},
        hide_parameters=True,
        pool_size=settings.pool_size,
        max_overflow=settings.pool_overflow,
        pool_timeout=settings.database_seconds,
        pool_pre_ping=True,
        pool_recycle=1800,
    )


def _note(connection: Connection, _cursor: Any, statement: str, _values: Any, context: Any, _many: bool) -> None:
    if not connection.get_execution_options().get(WRITE) or context.execution_options.get(UNNOTED):
        return
    noted = connection.info.get(_CHANGED)
    if noted is None or statement.lstrip()[:6].upper() not in {"INSERT", "UPDATE", "DELETE"}:
        return
    table = getattr(getattr(context.compiled, "statement", None), "table", None)
    noted.add("*" if table is None else f"{table.name}+" if context.isinsert else table.name)


def _begin(connection: Connection) -> None:
    """SQLite's driver is in autocommit mode; this is the BEGIN it does not send by itself."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITE) else "BEGIN")


def _refuse_unsafe(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for name in REFUSED_ON_POSTGRES:
        cursor.execute(f"SHOW {name}")
        row = cursor.fetchone()
        if row is not None and row[0] == "off":
            cursor.close()
            raise UnsafeDatabase(f"PostgreSQL runs with {name}=off and could lose saved text: set it on.")
    cursor.close()


_RESOURCE_STATES = ("08", "25006", "40", "53", "55", "57", "58", "XX")


def unavailable(error: BaseException) -> StorageUnavailable:
    return StorageUnavailable(
        "The database does not answer or cannot store anything just now. Nothing was saved; try again in a moment.",
        details={"kind": type(error).__name__},
    )


def is_unavailable(error: BaseException) -> bool:
    """Whether the fault is the database's state (away, full, locked, slow), not the statement's (SQLSTATE classes)."""
    if isinstance(error, IntegrityError):
        return False
    if isinstance(error, DBAPIError):
        state = getattr(error.orig, "sqlstate", None) or ""
        return isinstance(error, (OperationalError, InterfaceError)) or state.startswith(_RESOURCE_STATES)
    return isinstance(error, (PoolTimeout, TimeoutError, OSError))
