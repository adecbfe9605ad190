"""A copy of the SQLite file as it is at one moment, made while others go on writing (SQLite's online backup)."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from app.core.db import unavailable
from app.core.errors import Conflict, Invalid
from app.core.settings import Settings

_PG_DUMP = "PostgreSQL makes its own copies: pg_dump --format=custom --file=FILE DATABASE-URL."


def copy(settings: Settings, to: Path) -> int:
    """Bytes written. Made aside and put in place whole, readable by its owner only. Raises `Invalid` on PostgreSQL and
    for a folder that is not there, `Conflict` where there is something already, `StorageUnavailable`.
    """
    if not settings.is_sqlite:
        raise Invalid(_PG_DUMP)
    if not to.parent.is_dir():
        raise Invalid(f"There is no folder {to.parent}.")
    if to.exists():
        raise Conflict(f"{to} is there already: nothing was written over it.")
    aside = to.with_name(f".{to.name}.{os.getpid()}")
    try:
        os.close(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _copy(make_url(settings.database).database or "", aside)
        to.hardlink_to(aside)  # unlike a rename, refuses what has come into its place meanwhile
    except FileExistsError as error:
        raise Conflict(f"{to} is there already: nothing was written over it.") from error
    except (sqlite3.Error, OSError) as error:
        raise unavailable(error) from error
    finally:
        aside.unlink(missing_ok=True)
    return to.stat().st_size


def _copy(source: str, target: Path) -> None:
    """One read transaction: writers neither wait for it nor change what it sees."""
    address = f"{Path(source).absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode=delete")  # one file, without a log beside it
        (found,) = new.execute("PRAGMA integrity_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(found)
    with target.open("rb") as file:
        os.fsync(file.fileno())
