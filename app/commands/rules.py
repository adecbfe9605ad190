"""`plumbline rules`: the rules in a list, or one as its manual page."""

import textwrap
from collections.abc import Sequence

import typer

from app.commands.check import FINE, UNREADABLE
from app.domain.lint.engine import all_rules
from app.domain.lint.rule import FixingRule, Rule


def run(names: Sequence[str]) -> int:
    """Without a name all of them; with codes or names the page of each."""
    rules = {key: rule for rule in all_rules() for key in (rule.name, rule.code.lower())}
    if not names:
        typer.echo("\n".join(_line(rule) for rule in sorted(all_rules(), key=lambda rule: rule.code)))
        return FINE
    for name in names:
        rule = rules.get(name.lower())
        if rule is None:
            typer.echo(f"There is no rule “{name}”; `plumbline rules` lists them.", err=True)
            return UNREADABLE
        typer.echo(_page(rule))
    return FINE


def _line(rule: Rule) -> str:
    fixes = " (fixes)" if isinstance(rule, FixingRule) else ""
    return f"{rule.code}  {rule.severity:8}{rule.name:32}{rule.summary()}{fixes}"


def _page(rule: Rule) -> str:
    fixes = "\n`--fix` corrects what has one right answer.\n" if isinstance(rule, FixingRule) else ""
    return (
        f"{rule.name} ({rule.code}, {rule.severity}, looks at {rule.looks_at})\n\n"
        f"{textwrap.fill(rule.summary(), 100)}\n\n"
        f"Why: {textwrap.fill(rule.why(), 100)}\n{fixes}\n"
        f"Bad:\n{textwrap.indent(rule.bad(), '    ')}\nGood:\n{textwrap.indent(rule.good(), '    ')}\n"
        f"Silence it: <!-- plumbline: ignore {rule.name} because … -->"
    )
