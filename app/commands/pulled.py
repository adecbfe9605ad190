"""Which document a file is, and from which revision: in `.plumbline.json` beside it, fit to be committed."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from app.commands.reading import Unreadable

NAME = ".plumbline.json"


@dataclass(frozen=True)
class Origin:
    """The file holds what was made from `revision` of the document `number` at `address`."""

    address: str
    number: str
    revision: int


def origin(path: Path) -> Origin | None:
    """None for a file that came from nowhere. Raises `Unreadable`."""
    entry = _entries(path).get(path.name)
    if entry is None:
        return None
    try:
        return Origin(str(entry["address"]), str(entry["number"]), int(str(entry["revision"])))
    except (KeyError, ValueError):
        raise _broken(path) from None


def remember(path: Path, found: Origin) -> None:
    """Raises `Unreadable` where it cannot be written."""
    entries = {**_entries(path), path.name: asdict(found)}
    place = path.with_name(NAME)
    try:
        place.write_text(json.dumps(entries, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    except OSError as error:
        raise Unreadable(f"{place}: it cannot be written ({error.strerror}).") from None


def _entries(path: Path) -> dict[str, dict[str, object]]:
    try:
        found = json.loads(path.with_name(NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        raise _broken(path) from None
    if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
        raise _broken(path)
    return found


def _broken(path: Path) -> Unreadable:
    return Unreadable(f"{path.with_name(NAME)}: it is not what was written there; remove the entry of {path.name}.")
