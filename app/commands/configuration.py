"""What a repository says about checking: `plumbline.toml`, or `[tool.plumbline]` in `pyproject.toml`.

The file is looked for in the working folder and above it. Command-line options go before it.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.domain.lint.policy import BadLevel, Level, read_level

_KEYS = ("template", "exclude", "rules")


class BadConfiguration(Exception):
    """What is wrong with the configuration or an option, as a sentence."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """Levels by rule, patterns of paths that folders leave out, and the template of the documents."""

    rules: Mapping[str, Level] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    template: str = ""


def find(folder: Path, known: Iterable[str]) -> Configuration:
    """The nearest one, or none; `known` are the names of the rules. Raises `BadConfiguration`."""
    names = tuple(known)
    for place in (folder, *folder.parents):
        own, shared = place / "plumbline.toml", place / "pyproject.toml"
        if own.is_file():
            return _read(own, _toml(own), names)
        if shared.is_file():
            table = _toml(shared).get("tool", {}).get("plumbline")
            if table is not None:
                return _read(shared, table, names)
    return Configuration()


def levels(pairs: Iterable[tuple[str, str]], known: Iterable[str], where: str) -> dict[str, Level]:
    """Levels by rule; `where` says in the message what is wrong. Raises `BadConfiguration`."""
    names = tuple(known)
    try:
        return dict(read_level(name, level, names) for name, level in pairs)
    except BadLevel as error:
        raise BadConfiguration(f"{where}: {error}") from None


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadConfiguration(f"{path}: it cannot be read ({error}).") from None


def _read(path: Path, table: Any, known: tuple[str, ...]) -> Configuration:
    if not isinstance(table, dict):
        raise BadConfiguration(f"{path}: `plumbline` is a table.")
    unknown = [key for key in table if key not in _KEYS]
    if unknown:
        raise BadConfiguration(f"{path}: there is no setting “{unknown[0]}”; the settings are {', '.join(_KEYS)}.")
    rules, exclude, template = table.get("rules", {}), table.get("exclude", []), table.get("template", "")
    if not isinstance(rules, dict) or not all(isinstance(level, str) for level in rules.values()):
        raise BadConfiguration(f"{path}: `rules` is a table of rules and levels.")
    if not isinstance(exclude, list) or not all(isinstance(pattern, str) for pattern in exclude):
        raise BadConfiguration(f"{path}: `exclude` is a list of patterns.")
    if not isinstance(template, str):
        raise BadConfiguration(f"{path}: `template` is a name or a path.")
    return Configuration(levels(rules.items(), known, str(path)), tuple(exclude), template)
