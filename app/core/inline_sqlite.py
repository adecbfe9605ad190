"""SQLite asked in place, under the face of aiosqlite: for reads of a few rows by key.

aiosqlite hands each call to a thread and waits for the loop to hear of its end; for a row by its key that takes several
times as long as SQLite does. Nothing here may wait for a lock or look at many rows: the event loop stands meanwhile.
"""

import sqlite3
from typing import Any, Self


class Cursor:
    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Any = ()) -> Self:
        self._cursor.execute(statement, parameters)
        return self

    async def fetchall(self) -> list[Any]:
        return self._cursor.fetchall()

    async def close(self) -> None:
        self._cursor.close()

    @property
    def description(self) -> Any:
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._cursor.lastrowid


class Connection:
    """`_connection` and `stop` are what SQLAlchemy's adapter knows of aiosqlite's inside."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection: sqlite3.Connection | None = connection

    def cursor(self) -> Cursor:
        return Cursor(self._open.cursor())

    async def create_function(self, *arguments: Any, **options: Any) -> None:
        self._open.create_function(*arguments, **options)

    async def rollback(self) -> None:
        self._open.rollback()

    async def commit(self) -> None:
        self._open.commit()

    async def close(self) -> None:
        self.stop()

    def stop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @property
    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            raise sqlite3.OperationalError("the connection is closed")
        return self._connection


async def connect(database: str, **options: Any) -> Connection:
    """For `async_creator_fn` of SQLAlchemy's aiosqlite dialect."""
    return Connection(sqlite3.connect(database, **options))
