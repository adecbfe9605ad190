"""What the blocks become: paragraphs, headings, lists, quotes, tables, code, raw HTML, footnotes."""

from collections.abc import Collection, Sequence

from app.domain.blocks import Block, Event
from app.domain.lint.rule import Finding
from app.domain.model import Design
from app.domain.render import highlight
from app.domain.render.escape import attributes, text
from app.domain.render.inline import InlineWriter
from app.domain.render.places import Places
from app.domain.render.raw_html import phrases_only, read_html
from app.domain.render.sanitise import sanitise


def render_body(design: Design, findings: Sequence[Finding] = ()) -> str:
    """The prose of a document, safe to put into a page."""
    return render_with(design, Places(design.source, findings), ())


def render_with(design: Design, places: Places, figures: Collection[int]) -> str:
    """With a `figure_place` behind every heading whose first byte is in `figures`, for the caller to fill."""
    return sanitise(_Body(design, places, figures).render())


def figure_place(heading: int) -> str:
    """Survives the sanitiser, which no drawing would."""
    return f'<div class="figure-place-{heading}"></div>'


class _Body(InlineWriter):
    """Handlers of the block kinds."""

    def __init__(self, design: Design, places: Places, figures: Collection[int]) -> None:
        super().__init__(design, places)
        self._figures = figures
        self._block = Block("", None, 0, 0)
        self._heading = ""
        self._cell, self._rows, self._tables = "td", 0, 0
        self._column, self._aligned = 0, ()
        self._row_bob = ""
        self._highlighted = 0
        self._outer: list[tuple[str, list[str]]] = []
        self._notes: list[tuple[str, str]] = []

    def render(self) -> str:
        self.walk()
        return "".join([*self.out, self._footnotes()])

    def on_start_paragraph(self, event: Event) -> None:
        self.open_block(event, "p")

    def on_end_paragraph(self, _event: Event) -> None:
        self.close_block("p")

    def on_start_heading(self, event: Event) -> None:
        self.open_block(event, event.data["level"].lower())

    def on_end_heading(self, event: Event) -> None:
        self.close_block(event.data.lower())
        if event.start in self._figures:
            self.out.append(figure_place(event.start))

    def on_rule(self, event: Event) -> None:
        self.out.append(f"<hr{self.mark(event)}>\n")

    def on_start_block_quote(self, event: Event) -> None:
        if self._as_written(event):
            return
        kind = event.data
        tag = "div" if kind else "blockquote"
        self.open_block(event, tag, f"callout callout-{kind.lower()}" if kind else None)
        if kind:
            self.out.append(f'<p class="callout-title">{kind}</p>')

    def on_end_block_quote(self, event: Event) -> None:
        self.close_block("div" if event.data else "blockquote")

    def on_start_list(self, event: Event) -> None:
        if self._as_written(event):
            return
        first = attributes({"start": str(event.data) if event.data not in (None, 1) else None})
        tag = "ul" if event.data is None else "ol"
        self.out.append(f"<{tag}{first}{self.mark(event)}>\n")

    def on_end_list(self, event: Event) -> None:
        self.out.append("</ol>\n" if event.data else "</ul>\n")

    def _as_written(self, event: Event) -> bool:
        """Of what is nested too deep the text, instead of all that is in it."""
        end = self.source.too_deep.get(event.start)
        if end is None:
            return False
        raw = text(self.source.slice(event.start, end).rstrip())
        self.out.append(f'<div class="code"{self.mark(event)}>{self.places.bob(self.at)}')
        self.out.append(f'<pre tabindex="0"><code>{raw}</code></pre></div>\n')
        for _, inner in self.rest:
            if inner.phase == "end" and inner.start == event.start and inner.kind == event.kind:
                break
        return True

    def on_start_item(self, event: Event) -> None:
        self.open_block(event, "li")

    def on_end_item(self, _event: Event) -> None:
        self.close_block("li")

    # Tables: the bob of a row goes into its first cell.

    def on_start_table(self, event: Event) -> None:
        self._tables += 1
        self._aligned = tuple(event.data)
        label = f"Table {self._tables}"
        self.out.append(f'<div class="table-scroll" tabindex="0" role="region" aria-label="{label}"{self.mark(event)}>')
        self.out.append("<table>")

    def on_end_table(self, _event: Event) -> None:
        self.out.append("</tbody></table></div>\n")

    def on_start_table_head(self, event: Event) -> None:
        self.out.append("<thead>")
        self._start_row(event, "th")

    def on_end_table_head(self, _event: Event) -> None:
        self.out.append("</tr></thead><tbody>\n")

    def on_start_table_row(self, event: Event) -> None:
        self._start_row(event, "td")

    def on_end_table_row(self, _event: Event) -> None:
        self.out.append("</tr>\n")

    def _start_row(self, event: Event, cell: str) -> None:
        self._cell, self._column = cell, 0
        self._row_bob = self.places.bob(self.at)
        self.out.append(f"<tr{self.mark(event)}>")

    def on_start_table_cell(self, _event: Event) -> None:
        side = self._aligned[self._column] if self._column < len(self._aligned) else "None"
        css = f' class="align-{side.lower()}"' if side in ("Center", "Right") else ""
        self._column += 1
        self.frames.append([])
        scope = ' scope="col"' if self._cell == "th" else ""
        self.out.append(f"<{self._cell}{scope}{css}>{self._row_bob}")
        self._row_bob = ""

    def on_end_table_cell(self, _event: Event) -> None:
        self.close_block(self._cell)

    # Code and raw HTML: the text is collected first.

    def on_start_code_block(self, event: Event) -> None:
        self.code = []
        self._block = Block(event.kind, event.data, event.start, event.end)
        self.out.append(f'<div class="code"{self.mark(event)}>{self.places.bob(self.at)}')

    def on_end_code_block(self, _event: Event) -> None:
        code, self.code = "".join(self.code or ()), None
        language = self._block.language
        html = None
        if self._highlighted + len(code) <= highlight.LONGEST_DOCUMENT:
            html = highlight.highlight(code, language)
            self._highlighted += len(code) if html else 0
        shown = attributes({"class": f"language-{language[:30]}" if language else None})
        self.out.append(f'<pre tabindex="0"><code{shown}>{text(code) if html is None else html}</code></pre></div>\n')

    def on_start_html_block(self, _event: Event) -> None:
        self.code = []
        self.out.append(self.places.bob(self.at))

    def on_end_html_block(self, _event: Event) -> None:
        html, self.code = "".join(self.code or ()), None
        frame = self.frames[-1]
        since = len(frame)
        self.out.append(read_html(html, frame, self.links))
        self.close(phrases_only(frame, since))

    # Footnotes: written where they stand, shown at the end, in the order in which they are referred to.

    def on_start_footnote_definition(self, event: Event) -> None:
        self._outer.append((event.data, self.out))
        self.out = []
        self.frames.append([])

    def on_end_footnote_definition(self, _event: Event) -> None:
        self.close(self.frames.pop())
        html = "".join(self.out)
        label, self.out = self._outer.pop()
        self._notes.append((label, html))

    def _footnotes(self) -> str:
        if not self._notes:
            return ""
        numbers = self.note_numbers
        for label, _ in self._notes:
            numbers.setdefault(label, len(numbers) + 1)
        items = "".join(
            f'<li id="fn:{numbers[label]}">{_with_way_back(html, numbers[label])}</li>'
            for label, html in sorted(self._notes, key=lambda note: numbers[note[0]])
        )
        return f'<section class="footnotes" aria-label="Footnotes"><ol>{items}</ol></section>'


def _with_way_back(html: str, number: int) -> str:
    """The footnote with a link to its place, at the end of its last paragraph."""
    back = f'<a href="#fnref:{number}" class="footnote-back" aria-label="Back to the text">↩</a>'
    body = html.rstrip()
    return f"{body[:-4]} {back}</p>" if body.endswith("</p>") else f"{html}{back}"
