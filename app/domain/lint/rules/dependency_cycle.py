"""Rule `dependency-cycle`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Component, Design

_SHOWN = 12  # components of a circle; longer ones are cut, or many circles would cost the square of the text


class DependencyCycle(Rule):
    """Components depend on each other in a circle.

    Why: None of them can be built, tested, replaced or deployed without the others, so they are one component in
    several pieces.

    Bad:
        ## Components

        ### Ledger
        - **Dependencies**: Settlement

        ### Settlement
        - **Dependencies**: Ledger

    Good:
        ## Components

        ### Ledger
        - **Dependencies**: none

        ### Settlement
        - **Dependencies**: Ledger
    """

    code = "PL202"
    name = "dependency-cycle"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        by_key = {component.key: component for component in reversed(design.components)}
        for circle in _circles(by_key):
            first = by_key[circle[0]]
            after = circle[1] if len(circle) > 1 else circle[0]
            place = next((name.span for name in first.dependencies if name.key == after), first.name_span)
            shown = [by_key[key].name for key in circle] + ["…"] * (len(circle) == _SHOWN) + [first.name]
            names = " → ".join(shown)
            yield self.finding(f"These components depend on each other in a circle: {names}.", place, first.id)


def _circles(by_key: dict[str, Component]) -> Iterator[list[str]]:
    """The beginning of one circle for every dependency that closes one in a walk over the graph."""
    done: set[str] = set()
    for root in sorted(by_key, key=lambda key: by_key[key].span.start):
        if root in done:
            continue
        path, place = [root], {root: 0}
        rest = [iter(by_key[root].dependencies)]
        while rest:
            reference = next(rest[-1], None)
            if reference is None:
                rest.pop()
                key = path.pop()
                del place[key]
                done.add(key)
            elif reference.key in place:
                begin = place[reference.key]
                yield path[begin : begin + _SHOWN]
            elif reference.key in by_key and reference.key not in done:
                place[reference.key] = len(path)
                path.append(reference.key)
                rest.append(iter(by_key[reference.key].dependencies))
