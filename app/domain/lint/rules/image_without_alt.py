"""Rule `image-without-alt`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design


class ImageWithoutAlt(Rule):
    """An image has no text that stands for it.

    Why: Whoever reads with a screen reader, or where the image does not load, learns nothing of what it shows.

    Bad:
        ![](architecture.png)

    Good:
        ![The gateway calls the ledger](architecture.png)
    """

    code = "PL114"
    name = "image-without-alt"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        for link in design.links:
            if link.image and not link.text.strip():
                yield self.finding("The image has no describing text: write it between the square brackets.", link.span)
