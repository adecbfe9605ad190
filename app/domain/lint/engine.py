"""Runs the rules over a design and takes out what the author silenced."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from inspect import isabstract

from app.core.registry import modules_of
from app.domain.lint import rules
from app.domain.lint.policy import EVERYTHING, Policy, written_levels
from app.domain.lint.rule import Finding, Rule, TemplateRule
from app.domain.lint.suppression import Silence, suppressions
from app.domain.model import Design

_WORST_FIRST = {"error": 0, "warning": 1, "info": 2}


@cache
def all_rules() -> tuple[Rule, ...]:
    """One of each, by name."""
    found = (value for module in modules_of(rules) for value in vars(module).values())
    kinds = {kind for kind in found if isinstance(kind, type) and issubclass(kind, Rule) and not isabstract(kind)}
    return tuple(sorted((kind() for kind in kinds), key=lambda rule: rule.name))


def check(design: Design, policy: Policy = EVERYTHING) -> list[Finding]:
    """Every finding, in the order of the text, the worst first where several stand at one place."""
    silence = Silence(suppressions(design))
    heard = [finding for finding in _found(design, policy) if not silence.covers(finding.rule, finding.span.start.line)]
    return sorted(heard, key=lambda finding: (finding.span.start, _WORST_FIRST[finding.severity], finding.rule))


def _found(design: Design, policy: Policy) -> Iterator[Finding]:
    written = written_levels(design)
    for rule in all_rules():
        severity = policy.severity(rule.name, rule.severity, written)
        if severity is None:
            continue
        told = rule.check_against(design, policy.template) if isinstance(rule, TemplateRule) else rule.check(design)
        for finding in told:
            yield finding if severity is finding.severity else replace(finding, severity=severity)
