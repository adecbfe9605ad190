"""Where in a design something stands, for rules that compare neighbours. No rules here."""

from bisect import bisect_right

from app.domain.model import Design
from app.domain.text import Span


class Places:
    """Finds the innermost section around a span, and the lines of a span."""

    def __init__(self, design: Design) -> None:
        self._design = design
        self._starts = [section.heading_span.start for section in design.sections]

    def section_at(self, span: Span) -> str:
        """The id of the section with the last heading before the span; empty before the first heading."""
        at = bisect_right(self._starts, span.start) - 1
        return self._design.sections[at].id if at >= 0 else ""

    def lines(self, span: Span) -> str:
        """The whole lines in which a span stands."""
        source = self._design.source
        index, last = source.index, span.end.line + 1
        end = index.line_start(last) if last < index.line_count else len(source.data)
        return source.slice(index.line_start(span.start.line), end)

    def text(self, span: Span) -> str:
        """What the span cuts out of the text as it is written."""
        index = self._design.source.index
        start, end = (index.characters(index.line_start(at.line)) + at.column for at in (span.start, span.end))
        return self._design.text[start:end]
