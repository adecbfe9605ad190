"""Rule `broken-internal-link`."""

from collections.abc import Iterator
from urllib.parse import unquote

from app.domain.health import Severity
from app.domain.lint.places import Places
from app.domain.lint.rule import Edit, Finding, FixingRule
from app.domain.model import Design, Link


class BrokenInternalLink(FixingRule):
    """A link within the document leads to a heading that is not there.

    Why: The heading was renamed or removed, and the reader who follows the link stays where they are.

    Bad:
        See [the plan](#roll-out).

        ## Rollout plan

        Slowly.

    Good:
        See [the plan](#rollout-plan).

        ## Rollout plan

        Slowly.
    """

    code = "PL105"
    name = "broken-internal-link"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        for link, wanted in _broken(design):
            yield self.finding(f"The link leads to `#{wanted[:80]}`, but no heading has that anchor.", link.span)

    def fix(self, design: Design) -> Iterator[Edit]:
        """Where exactly one anchor differs in nothing but case and punctuation."""
        loose: dict[str, list[str]] = {}
        for anchor in design.source.anchors.values():
            loose.setdefault(_loose(anchor), []).append(anchor)
        places = Places(design)
        for link, wanted in _broken(design):
            near = loose.get(_loose(wanted), [])
            written = places.text(link.span)
            if len(near) == 1 and _loose(wanted) and written.count(link.target) == 1:
                yield Edit(link.span, written.replace(link.target, f"#{near[0]}"))


def _broken(design: Design) -> Iterator[tuple[Link, str]]:
    anchors = set(design.source.anchors.values())
    known = anchors | design.source.html_ids | {"", "top"}
    for link in design.links:
        if not link.target.startswith("#") or link.image:
            continue
        wanted = unquote(link.target[1:])
        if wanted not in known and wanted.lower() not in anchors and not wanted.startswith(("L", "user-content-")):
            yield link, wanted


def _loose(anchor: str) -> str:
    return "".join(filter(str.isalnum, anchor.casefold()))
