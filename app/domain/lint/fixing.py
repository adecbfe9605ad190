"""Applying the fixes of rules to a text. A fix is offered only where there is one right answer."""

from dataclasses import dataclass

from app.domain.lint.engine import all_rules
from app.domain.lint.policy import EVERYTHING, Policy
from app.domain.lint.rule import Edit, FixingRule
from app.domain.lint.suppression import Silence, suppressions
from app.domain.model import Design
from app.domain.text import Position


@dataclass(frozen=True, slots=True)
class Fixed:
    """A text with its fixes, and how many there are."""

    text: str
    count: int


def fixed(design: Design, policy: Policy = EVERYTHING) -> Fixed:
    """The text with every fix of rules that are neither switched off nor silenced; all else stays byte for byte."""
    silence = Silence(suppressions(design))
    wanted: list[Edit] = []
    for rule in all_rules():
        if isinstance(rule, FixingRule) and policy.severity(rule.name, rule.severity, {}) is not None:
            wanted.extend(edit for edit in rule.fix(design) if not silence.covers(rule.name, edit.span.start.line))
    pieces: list[str] = []
    at = count = 0
    for edit in sorted(wanted, key=lambda edit: edit.span):
        start, end = _offset(design, edit.span.start), _offset(design, edit.span.end)
        if start < at:  # two rules want the same place; the next run sees what is left
            continue
        pieces += [design.text[at:start], edit.text]
        at, count = end, count + 1
    return Fixed("".join([*pieces, design.text[at:]]), count)


def _offset(design: Design, position: Position) -> int:
    """In code points of the text."""
    index = design.source.index
    return index.characters(index.line_start(position.line)) + position.column
