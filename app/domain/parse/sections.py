"""Headings to sections: nesting, roles, spans. The elements in the sections are read elsewhere."""

from collections.abc import Sequence

from app.domain.blocks import Block
from app.domain.model import Field, Section, Tense
from app.domain.parse.inlines import plain
from app.domain.parse.targets import measurable
from app.domain.parse.tense import tense_of
from app.domain.roles import NARRATIVE, Role, bare_title, role_of
from app.domain.source import Source


def read_sections(source: Source) -> tuple[Section, ...]:
    """Every heading outside quotes and lists opens a section; what stands before the first belongs to none."""
    heads = [at for at, block in enumerate(source.blocks) if block.kind == "Heading"]
    ends = _ends(source, heads)
    found: list[Section] = []
    around: list[Section] = []
    for order, at in enumerate(heads):
        after = heads[order + 1] if order + 1 < len(heads) else len(source.blocks)
        heading, own = source.blocks[at], source.blocks[at + 1 : after]
        while around and around[-1].level >= heading.level:
            around.pop()
        section = _section(source, heading, own, ends[order], around[-1] if around else None)
        found.append(section)
        around.append(section)
    return tuple(found)


def title_of(sections: Sequence[Section], fields: Sequence[Field]) -> str:
    """The first heading of level 1; else the `title` field; else the first heading; else nothing."""
    tops = [section for section in sections if section.level == 1]
    if tops:
        return tops[0].heading
    named = next((field.value for field in fields if field.name == "title" and field.value.upper() != "N/A"), "")
    return named or (sections[0].heading if sections else "")


def _ends(source: Source, heads: list[int]) -> list[int]:
    """For every heading the byte where its section ends; one pass from the back."""
    ends: list[int] = []
    starts_by_level: list[tuple[int, int]] = []
    for at in reversed(heads):
        heading = source.blocks[at]
        while starts_by_level and starts_by_level[-1][0] > heading.level:
            starts_by_level.pop()
        ends.append(starts_by_level[-1][1] if starts_by_level else len(source.data))
        starts_by_level.append((heading.level, heading.start))
    return ends[::-1]


def _section(source: Source, heading: Block, own: Sequence[Block], end: int, parent: Section | None) -> Section:
    written = plain(heading.inlines)
    role = role_of(written)
    if role is Role.goals and measurable(source, own):
        role = Role.targets
    if role in NARRATIVE and parent and parent.context is Role.components:
        role = None
    return Section(
        id=source.anchors[heading.start],
        title=bare_title(written),
        heading=written,
        level=heading.level,
        role=role,
        context=role or (parent.context if parent else None),
        span=source.span(heading.start, end),
        heading_span=source.span(heading.start, heading.end),
        parent=parent.id if parent else None,
        tense=tense_of(written, parent.tense if parent else Tense.implemented),
        blocks=tuple(own),
    )
