"""Which server a command speaks to and as whom: kept in the person's configuration folder, readable by nobody else.

`PLUMBLINE_ADDRESS` and `PLUMBLINE_TOKEN` go before what is kept: so it is done in continuous integration.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from app.client import Client

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class NotConnected(Exception):
    """Why no server can be asked, as a sentence."""


@dataclass(frozen=True)
class Login:
    """Where, and with which token."""

    address: str
    token: str


def file() -> Path:
    base = os.environ.get("XDG_CONFIG_HOME", "") or str(Path.home() / ".config")
    return Path(base) / "plumbline" / "login.json"


def known() -> Login:
    """Raises `NotConnected`."""
    address, token = os.environ.get("PLUMBLINE_ADDRESS", ""), os.environ.get("PLUMBLINE_TOKEN", "")
    if address and token:
        return Login(accepted(address), token)
    if address or token:
        raise NotConnected("PLUMBLINE_ADDRESS and PLUMBLINE_TOKEN go together: set both, or neither.")
    try:
        return Login(**json.loads(file().read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise NotConnected("Sign in first: plumbline login https://plumbline.example.org") from None
    except (OSError, ValueError, TypeError):
        raise NotConnected(f"{file()} cannot be read: sign in again.") from None


def keep(login: Login) -> Path:
    """Made readable by its owner alone before anything is in it. Raises `NotConnected`."""
    place = file()
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = place.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as kept:
            json.dump(asdict(login), kept)
        fresh.replace(place)
    except OSError as error:
        raise NotConnected(f"{place} cannot be written ({error.strerror}).") from None
    return place


def accepted(address: str) -> str:
    """The address without what does not belong to it. Raises `NotConnected`: a token goes over https, or stays here."""
    parts = urlsplit(address if "://" in address else f"https://{address}")
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.query:
        raise NotConnected(f"{address} is no address of a server; it looks like https://plumbline.example.org")
    if parts.scheme == "http" and parts.hostname not in _LOCAL:
        raise NotConnected("This address is not https: whoever is in between could take your token. Use https.")
    return f"{parts.scheme}://{parts.netloc}"


def connect() -> Client:
    """Raises `NotConnected`."""
    login = known()
    return Client(login.address, login.token)
