"""Runs the rules over a design and takes out what the author silenced."""

from functools import cache

from app.core.registry import modules_of
from app.domain.lint import rules
from app.domain.lint.rule import Finding, Rule
from app.domain.lint.suppression import Silence, suppressions
from app.domain.model import Design

_WORST_FIRST = {"error": 0, "warning": 1, "info": 2}


@cache
def all_rules() -> tuple[Rule, ...]:
    """One of each, by name."""
    found = (value for module in modules_of(rules) for value in vars(module).values())
    kinds = {kind for kind in found if isinstance(kind, type) and issubclass(kind, Rule) and kind is not Rule}
    return tuple(sorted((kind() for kind in kinds), key=lambda rule: rule.name))


def check(design: Design) -> list[Finding]:
    """Every finding, in the order of the text, the worst first where several stand at one place."""
    silence = Silence(suppressions(design))
    found = (finding for rule in all_rules() for finding in rule.check(design))
    heard = [finding for finding in found if not silence.covers(finding.rule, finding.span.start.line)]
    return sorted(heard, key=lambda finding: (finding.span.start, _WORST_FIRST[finding.severity], finding.rule))
