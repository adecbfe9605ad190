"""Rule `broken-internal-link`."""

from collections.abc import Iterator
from urllib.parse import unquote

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design


class BrokenInternalLink(Rule):
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
        anchors = set(design.source.anchors.values())
        known = anchors | design.source.html_ids | {"", "top"}
        for link in design.links:
            if not link.target.startswith("#") or link.image:
                continue
            wanted = unquote(link.target[1:])
            if wanted not in known and wanted.lower() not in anchors and not wanted.startswith(("L", "user-content-")):
                yield self.finding(f"The link leads to `#{wanted[:80]}`, but no heading has that anchor.", link.span)
