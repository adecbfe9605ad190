"""Reading a document or a template for a command, and saying in a sentence why it cannot be read."""

from pathlib import Path

from app.domain.templates import templates

LONGEST = 2_000_000


class Unreadable(Exception):
    """Why a file is no document, as a sentence that names it."""


def read(path: Path) -> str:
    """The text exactly as it stands in the file; raises `Unreadable`."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(f"{path}: there is no such file.") from None
    except IsADirectoryError:
        raise Unreadable(f"{path}: this is a folder; name the files in it.") from None
    except OSError as error:
        raise Unreadable(f"{path}: it cannot be read ({error.strerror}).") from None
    return decoded(data, str(path))


def decoded(data: bytes, name: str) -> str:
    """The text of these bytes; raises `Unreadable`, which calls them `name`."""
    if len(data) > LONGEST:
        raise Unreadable(f"{name}: it has {len(data):,} bytes; a document has at most {LONGEST:,}.")
    if b"\x00" in data:
        raise Unreadable(f"{name}: it is no text (it contains NUL bytes).")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(f"{name}: it is not UTF-8 (byte {error.start}); save it as UTF-8.") from None


def template(name: str) -> str:
    """The text of one of our own templates, or of a file; raises `Unreadable`."""
    own = templates()
    if name not in own and not Path(name).exists():
        raise Unreadable(f"There is no template “{name}”; there are {', '.join(own)}, or name a file.")
    return own[name] if name in own else read(Path(name))
