"""Engines: one per process, made on first use (workers fork after import), with the durability the product promises.

No query belongs here. Writes go through `engine(write=True)`, which on SQLite begins with BEGIN IMMEDIATE: a writer
waits for the lock before it reads, so a read-then-write never fails half way. Reads are plain and never wait.
Errors hide the values of their statement: they end up in logs.
"""

from functools import cache
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, QueuePool

from app.core import settings as configuration
from app.core.errors import StorageUnavailable
from app.core.settings import Settings

SQLITE_PRAGMAS = {"journal_mode": "wal", "synchronous": "FULL", "foreign_keys": "ON", "busy_timeout": "5000"}
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


def engine(*, write: bool = False) -> AsyncEngine:
    """The process's engine; `write` is the same pool under the option that makes its transactions writers."""
    return _engine().execution_options(**{WRITE: True}) if write else _engine()


async def dispose() -> None:
    """Close every connection and forget the engine, so that the next use reads the settings again."""
    if _engine.cache_info().currsize:
        await _engine().dispose()
    _engine.cache_clear()


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
    pool = _engine().pool if _engine.cache_info().currsize else None
    return pool.checkedout() if isinstance(pool, QueuePool) else 0


async def check() -> None:
    """Connect once, so that a start fails with a sentence; raises `StorageUnavailable` or `UnsafeDatabase`."""
    try:
        async with engine().connect():
            pass
    except (DBAPIError, PoolTimeout, OSError) as error:
        raise unavailable(error) from error


def make_engine(settings: Settings, *, migrating: bool = False) -> AsyncEngine:
    """`migrating`: one connection without enforced foreign keys, which a table rebuild in SQLite needs off."""
    if settings.is_sqlite:
        made = _sqlite(settings, migrating=migrating)
        event.listen(made.sync_engine, "begin", _begin)
    else:
        made = _postgres(settings, migrating=migrating)
        event.listen(made.sync_engine, "connect", _refuse_unsafe)
    event.listen(made.sync_engine, "after_cursor_execute", _note)
    return made


def _sqlite(settings: Settings, *, migrating: bool) -> AsyncEngine:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    options: dict[str, Any] = {"poolclass": NullPool} if migrating else {"pool_timeout": settings.database_seconds}
    made = create_async_engine(
        settings.database, connect_args={"isolation_level": None}, hide_parameters=True, **options
    )

    def prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for name, value in SQLITE_PRAGMAS.items():
            cursor.execute(f"PRAGMA {name}={'OFF' if migrating and name == 'foreign_keys' else value}")
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
