"""What the blocks become: paragraphs, headings, lists, quotes, tables, code, raw HTML, footnotes."""

from collections.abc import Callable, Collection, Iterable, Sequence

from app.domain.blocks import TIGHT, Block
from app.domain.lint.rule import Finding
from app.domain.model import Design
from app.domain.render import highlight
from app.domain.render.escape import attributes, words
from app.domain.render.places import Places
from app.domain.render.raw_html import phrases_only, read_html
from app.domain.render.sanitise import sanitise
from app.domain.render.writer import Writer


def render_body(design: Design, findings: Sequence[Finding] = ()) -> str:
    """The prose of a document, safe to put into a page."""
    return render_with(design, Places(design.source, findings), ())


def render_with(design: Design, places: Places, figures: Collection[int]) -> str:
    """With a `figure_place` behind every heading whose first byte is in `figures`, for the caller to fill."""
    return sanitise(unsanitised(design, places, figures))


def unsanitised(design: Design, places: Places, figures: Collection[int]) -> str:
    """Only for the sanitiser, and to measure what it costs."""
    return _Body(design, places, figures).render()


def figure_place(heading: int) -> str:
    """Survives the sanitiser, which no drawing would."""
    return f'<div class="figure-place-{heading}"></div>'


class _Body(Writer):
    """A method for each kind of block. Lists and quotes call each other, but only as deep as they are shown."""

    def __init__(self, design: Design, places: Places, figures: Collection[int]) -> None:
        super().__init__(design, places)
        self._figures = figures
        self._tables, self._highlighted = 0, 0
        self._notes: list[tuple[str, str]] = []
        self._kinds: dict[str, Callable[[Block], None]] = {
            "Paragraph": self._paragraph,
            "Heading": self._heading,
            "Rule": self._rule,
            "BlockQuote": self._quote,
            "List": self._list,
            "Item": self._item,
            "Table": self._table,
            "CodeBlock": self._code_block,
            "HtmlBlock": self._html_block,
            "FootnoteDefinition": self._footnote,
        }

    def render(self) -> str:
        if bob := self.places.bobs.get(None):
            self.out.append(f'<p id="L0" class="bob-line">{bob}</p>')
        self._blocks(self.source.blocks)
        self.close(self.frames[0])
        return "".join([*self.out, self._footnotes()])

    def _blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self._kinds[block.kind](block)

    def _open(self, block: Block, tag: str) -> None:
        self.frames.append([])
        self.out.append(f"<{tag}{self.places.marks[block]}>{self._bob(block)}")

    def _close(self, tag: str) -> None:
        if open_tags := self.frames.pop():
            self.close(open_tags)
        self.out.append(f"</{tag}>\n")

    def _bob(self, block: Block) -> str:
        return self.places.bobs.get(block, "")

    def _paragraph(self, block: Block) -> None:
        if block.data == TIGHT:
            self.phrases(block.inlines)
            return
        self._open(block, "p")
        self.phrases(block.inlines)
        self._close("p")

    def _heading(self, block: Block) -> None:
        tag = f"h{block.level}"
        self._open(block, tag)
        self.phrases(block.inlines)
        self._close(tag)
        if block.start in self._figures:
            self.out.append(figure_place(block.start))

    def _rule(self, block: Block) -> None:
        self.out.append(f"<hr{self.places.marks[block]}>\n")

    def _quote(self, block: Block) -> None:
        if self._as_written(block):
            return
        kind = block.data
        tag = "div" if kind else "blockquote"
        self._open(block, f'div class="callout callout-{kind.lower()}"' if kind else tag)
        if kind:
            self.out.append(f'<p class="callout-title">{kind}</p>')
        self._blocks(block.children)
        self._close(tag)

    def _list(self, block: Block) -> None:
        if self._as_written(block):
            return
        first, tag = block.data, "ul" if block.data is None else "ol"
        start = f' start="{first}"' if first not in (None, 1) else ""
        self.out.append(f"<{tag}{start}{self.places.marks[block]}>\n")
        self._blocks(block.children)
        self.out.append(f"</{tag}>\n")

    def _item(self, block: Block) -> None:
        self._open(block, "li")
        self._blocks(block.children)
        self._close("li")

    def _as_written(self, block: Block) -> bool:
        """Of what is nested too deep the text, instead of all that is in it."""
        if block.start not in self.source.too_deep:
            return False
        raw = words(self.source.slice(block.start, block.end).rstrip())
        self.out.append(f'<div class="code"{self.places.marks[block]}>{self._bob(block)}')
        self.out.append(f'<pre tabindex="0"><code>{raw}</code></pre></div>\n')
        return True

    def _table(self, block: Block) -> None:
        self._tables += 1
        mark, label = self.places.marks[block], f"Table {self._tables}"
        self.out.append(f'<div class="table-scroll" tabindex="0" role="region" aria-label="{label}"{mark}><table>')
        aligned = [f' class="align-{side.lower()}"' if side in ("Center", "Right") else "" for side in block.data]
        head, *rows = block.children
        self.out.append("<thead>")
        self._row(head, "th", [f' scope="col"{css}' for css in aligned])
        self.out.append("</tr></thead><tbody>\n")
        for row in rows:
            self._row(row, "td", aligned)
            self.out.append("</tr>\n")
        self.out.append("</tbody></table></div>\n")

    def _row(self, row: Block, tag: str, attributes: list[str]) -> None:
        """The bob of a row goes into its first cell."""
        self.out.append(f"<tr{self.places.marks[row]}>")
        bob = self._bob(row)
        for cell, own in zip(row.children, attributes, strict=True):
            self.frames.append([])
            self.out.append(f"<{tag}{own}>{bob}")
            self.phrases(cell.inlines)
            self._close(tag)
            bob = ""

    def _code_block(self, block: Block) -> None:
        code, language = block.code, block.language
        html = None
        if self._highlighted + len(code) <= highlight.LONGEST_DOCUMENT:
            html = highlight.highlight(code, language)
            self._highlighted += len(code) if html else 0
        shown = attributes({"class": f"language-{language[:30]}" if language else None})
        self.out.append(
            f'<div class="code"{self.places.marks[block]}>{self._bob(block)}'
            f'<pre tabindex="0"><code{shown}>{words(code) if html is None else html}</code></pre></div>\n'
        )

    def _html_block(self, block: Block) -> None:
        """What the author opens stays open over the blocks that follow, but for phrases."""
        self.out.append(self._bob(block))
        frame = self.frames[-1]
        since = len(frame)
        self.out.append(read_html(block.code, frame, self.links))
        self.close(phrases_only(frame, since))

    # Footnotes: written where they stand, shown at the end, in the order in which they are referred to.

    def _footnote(self, block: Block) -> None:
        outer, self.out = self.out, []
        self.frames.append([])
        self._blocks(block.children)
        self.close(self.frames.pop())
        html, self.out = "".join(self.out), outer
        self._notes.append((block.data, html))

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
