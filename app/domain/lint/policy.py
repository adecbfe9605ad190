"""What a team decides about rules: which of them count how much, and what its documents are made from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.health import Severity
from app.domain.model import Design


class Level(StrEnum):
    """How much a rule counts; `off` silences it."""

    off = "off"
    info = "info"
    warning = "warning"
    error = "error"


class BadLevel(ValueError):
    """A rule or level that there is not, as a sentence."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Levels by the names of rules, and the template that `section-missing` compares with.

    Made of layers: `Policy(defaults).over(space).over(document)`. What a layer does not speak of, those below it say.
    """

    levels: Mapping[str, Level] = field(default_factory=dict)
    template: Design | None = None

    def over(self, levels: Mapping[str, Level], template: Design | None = None) -> "Policy":
        """This policy below another layer; without a template in the layer this one's stays."""
        return Policy({**self.levels, **levels}, template or self.template)

    def severity(self, rule: str, own: Severity, written: Mapping[str, Level]) -> Severity | None:
        """What a finding of this rule counts: the policy goes before the document, the document before the rule."""
        level = self.levels.get(rule) or written.get(rule)
        if level is None:
            return own
        return None if level is Level.off else Severity(level.value)


EVERYTHING = Policy()
_LEVELS = {level.value: level for level in Level}


def read_level(name: str, level: str, known: Iterable[str]) -> tuple[str, Level]:
    """Raises `BadLevel`. `known` are the names of all rules."""
    if name not in set(known):
        raise BadLevel(f"There is no rule “{name}”; `plumbline rules` lists them.")
    if level not in _LEVELS:
        raise BadLevel(f"“{level}” is no level for {name}; the levels are {', '.join(_LEVELS)}.")
    return name, _LEVELS[level]


def written_levels(design: Design) -> dict[str, Level]:
    """Those of the front matter: `rules: [goal-without-number=info]`.

    A document may not switch a rule off: that takes a comment with a reason. What cannot be read does not count.
    """
    levels: dict[str, Level] = {}
    found = design.field("rules")
    for value in found.values if found and found.origin == "front matter" else ():
        for part in value.split(","):
            name, _, level = (word.strip() for word in part.partition("="))
            if level in _LEVELS and level != Level.off:
                levels[name] = _LEVELS[level]
    return levels
