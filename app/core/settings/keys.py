"""The signing secret and its predecessors."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from app.core.settings.whole import Settings


def secret(current: Settings) -> bytes:
    """The signing secret: the configured one, or one made once in the data folder, readable by its owner only."""
    if current.secret_key is not None:
        return current.secret_key.get_secret_value().encode()
    current.data_dir.mkdir(parents=True, exist_ok=True)
    path = current.data_dir / "secret.key"
    if not path.exists():
        _make_secret(path)
    return path.read_bytes()


def secrets_of(current: Settings) -> list[bytes]:
    """What signatures are made with, which is the first, and what they are checked against, which are all."""
    return [secret(current), *(key.get_secret_value().encode() for key in current.previous_secret_keys)]


def _make_secret(path: Path) -> None:
    """Written aside and linked into place: nobody reads half of it, and of two processes one wins."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(secrets.token_hex(32).encode())
    with suppress(FileExistsError):
        path.hardlink_to(aside)
    aside.unlink()
