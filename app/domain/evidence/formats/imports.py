"""Which module imports which: `pydeps --show-deps`, `madge --json` and dependency-cruiser write it as JSON.

The first two are an object with an entry per module: a list of names, or an object with such a list as `imports`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.domain.evidence.format import Json, JsonFormat
from app.domain.evidence.kind import Kind, Summary, counted


@dataclass(frozen=True)
class Imports(Summary):
    modules: int
    imports: int

    @property
    def words(self) -> str:
        return f"{counted(self.modules, 'module')}, {counted(self.imports, 'import')}"


def _fits(value: Json) -> bool:
    entries = list(_cruised(value)) if _is_cruised(value) else list(value.values())
    return bool(entries) and all(_imported(entry) is not None for entry in entries)


def _read(value: Json) -> Imports:
    entries = list(_cruised(value)) if _is_cruised(value) else list(value.values())
    return Imports(len(entries), sum(len(_imported(entry) or ()) for entry in entries))


def _is_cruised(value: Json) -> bool:
    modules = value.get("modules")
    return isinstance(modules, list) and all(isinstance(one, dict) and "source" in one for one in modules)


def _cruised(value: Json) -> Iterator[list[Any]]:
    for one in value["modules"]:
        found = one.get("dependencies", [])
        named = found if isinstance(found, list) else []
        yield [each["resolved"] for each in named if isinstance(each, dict) and "resolved" in each]


def _imported(entry: Any) -> list[str] | None:
    """Names; None for what is no entry of a module. One that imports nothing may have a name and a path only."""
    names = entry
    if isinstance(entry, dict) and ("imports" in entry or isinstance(entry.get("path"), str)):
        names = entry.get("imports", [])
    return names if isinstance(names, list) and all(isinstance(name, str) for name in names) else None


FORMAT = JsonFormat(Kind.imports, "an import graph", _fits, _read)
