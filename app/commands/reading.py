"""Reading a document or a template for a command, and saying in a sentence why it cannot be read."""

from pathlib import Path

from app.domain.model import Design
from app.domain.parse import parse, sidecar
from app.domain.parse.front_matter import BadYaml
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


def design(path: Path, template: str | None = None, text: str | None = None) -> Design:
    """The file's text (or what is to become of it), and what a `kep.yaml` beside it says; raises `Unreadable`."""
    made = parse(read(path) if text is None else text, template)
    found = [name for name in sidecar.likely(path.name) if path.with_name(name).is_file()]
    if not found:
        return made
    beside = sidecar.sidecar_of(path.name, [*found, *(other.name for other in path.parent.iterdir())])
    if beside is None:
        return made
    try:
        return sidecar.with_sidecar(made, read(path.with_name(beside)))
    except BadYaml as error:
        raise Unreadable(f"{path.with_name(beside)}: it {error}.") from None


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
