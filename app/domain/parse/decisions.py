"""What was decided and what is still open."""

import re
from collections.abc import Iterator, Sequence

from app.domain.blocks import Block
from app.domain.model import Decision, Question, Section
from app.domain.parse.ids import Ids
from app.domain.parse.inlines import Flat, first_paragraph, flatten, headers, item_text, items, labelled, rows
from app.domain.roles import Role, normal_title
from app.domain.source import Source
from app.domain.text import Span

_CHOSEN = re.compile(
    r"chosen (?:option|alternative)\s?:\s?[\"“']?(?P<title>[^\"”'\n]{1,200}?)[\"”']?(?:,|\.?\s|\.?$)", re.IGNORECASE
)
_QUOTED = re.compile(r"chosen (?:option|alternative)\s?:\s?[\"“'](?P<title>[^\"”'\n]{1,200})[\"”']", re.IGNORECASE)
_ANSWERED = re.compile(r"(?:\[)?(?:resolved|answered|closed|decided)\b", re.IGNORECASE)
_CUT = re.compile(r":\s|\s[-–—]\s|\.\s|\n|\.$")
_LONGEST = 4_000


def read_decisions(source: Source, sections: Sequence[Section]) -> tuple[Decision, ...]:
    """Deeper headings, bullets or rows under `Decisions`; what stands under `Decision` is one, whatever its form."""
    ids = Ids("decision")
    found: list[Decision] = []
    parents = {section.id: section for section in sections}
    grouping = {section.parent for section in sections if section.role is None}
    for section in sections:
        parent = parents.get(section.parent or "")
        if section.role is None and parent is not None and _is_list(parent):
            text = _first_text(source, section)
            found.append(Decision(ids.take(section.title), section.title, text, section.heading_span))
        elif section.role is Role.decisions:
            listed = list(_listed(source, section, ids)) if _is_list(section) else []
            if not listed and not (_is_list(section) and section.id in grouping):
                listed = list(_whole(source, section, ids))
            found.extend(listed)
    return tuple(found)


def read_questions(source: Source, sections: Sequence[Section]) -> tuple[Question, ...]:
    """Items and deeper headings of a questions section; paragraphs only when they end in a question mark."""
    ids = Ids("question")
    found: list[Question] = []
    parents = {section.id: section for section in sections}
    for section in sections:
        parent = parents.get(section.parent or "")
        if section.role is None and parent is not None and parent.role is Role.questions:
            answered = bool(_ANSWERED.search(section.heading))
            found.append(Question(ids.take(section.title), section.title, answered, section.heading_span))
        elif section.role is Role.questions:
            for block, item in _candidates(section):
                flat = flatten(source, block.inlines)
                text = " ".join(flat.text[:_LONGEST].split())
                if text and (item or text.endswith("?")):
                    span = flat.span(0, len(flat.text))
                    found.append(Question(ids.take(text), text, _is_answered(block, text), span))
    return tuple(found)


def _is_list(section: Section) -> bool:
    return section.role is Role.decisions and normal_title(section.title).endswith("decisions")


def _candidates(section: Section) -> Iterator[tuple[Block, bool]]:
    for block in section.blocks:
        if block.kind == "Paragraph":
            yield block, False
        for item in items([block]):
            paragraph = first_paragraph(item)
            if paragraph:
                yield paragraph, True


def _is_answered(block: Block, text: str) -> bool:
    """A ticked box, a text struck through from its beginning, or one that says so."""
    _, kind, data, _, _ = block.inlines[0]
    ticked = kind == "TaskListMarker" and bool(data)
    return ticked or kind == "Strikethrough" or bool(_ANSWERED.match(text))


def _first_text(source: Source, section: Section) -> str:
    paragraph = next((block for block in section.blocks if block.kind == "Paragraph"), None)
    return flatten(source, paragraph.inlines).text.strip() if paragraph else ""


def _listed(source: Source, section: Section, ids: Ids) -> Iterator[Decision]:
    for item in items(section.blocks):
        flat, paragraph = item_text(source, item), first_paragraph(item)
        if flat is None or paragraph is None:
            continue
        said = labelled(source, paragraph)
        title = said.label if said else _title(flat)
        text = said.value if said else flat.text.strip()
        yield Decision(ids.take(title), title, text, flat.span(0, len(flat.text)))
    for table in (block for block in section.blocks if block.kind == "Table" and "decision" in headers(block)):
        for row in rows(source, table):
            title = row.text("decision")
            yield Decision(
                ids.take(title), title, row.text("rationale", "reason", "why"), source.span(row.start, row.end)
            )


def _title(flat: Flat) -> str:
    return _CUT.split(flat.text.strip(), maxsplit=1)[0][:200]


def _whole(source: Source, section: Section, ids: Ids) -> Iterator[Decision]:
    """`Chosen option: "X", because …` is called X; any other text is called as its section."""
    blocks = [block for block in section.blocks if block.kind == "Paragraph"]
    if not blocks:
        return
    text = flatten(source, blocks[0].inlines).text.strip()
    chosen = _QUOTED.search(text[:_LONGEST]) or _CHOSEN.search(text[:_LONGEST])
    title = chosen["title"].strip() if chosen else section.title
    start = source.index.position(blocks[0].start)
    yield Decision(ids.take(title), title, text, Span(start, source.span(blocks[0].start, blocks[-1].end).end))
