"""Headings to sections: nesting, roles, spans. The elements in the sections are read elsewhere."""

from collections.abc import Sequence

from app.domain.blocks import Block
from app.domain.model import Field, Section, Tense
from app.domain.parse.targets import measurable
from app.domain.parse.tense import tense_of
from app.domain.roles import NARRATIVE, Role, bare_title, role_of
from app.domain.source import Source
from app.domain.text import Position, Span


def read_sections(source: Source) -> tuple[Section, ...]:
    """Every heading outside quotes and lists opens a section; what stands before the first belongs to none."""
    heads = [(at, block.level) for at, block in enumerate(source.blocks) if block.kind == "Heading"]
    ends = _ends(source, heads)
    found: list[Section] = []
    around: list[Section] = []
    afters = [*(at for at, _ in heads[1:]), len(source.blocks)]
    for (at, level), after, end in zip(heads, afters, ends, strict=False):
        while around and around[-1].level >= level:
            around.pop()
        own = source.blocks[at + 1 : after]
        section = _section(source, source.blocks[at], own, end, around[-1] if around else None)
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


def _ends(source: Source, heads: list[tuple[int, int]]) -> list[Position]:
    """For every heading the place where its section ends; one pass from the back."""
    ends: list[Position] = []
    behind = [(0, source.end_position(len(source.data)))]  # levels of what follows, and where it makes others end
    for at, level in reversed(heads):
        while behind[-1][0] > level:
            behind.pop()
        ends.append(behind[-1][1])
        behind.append((level, source.end_position(source.blocks[at].start)))
    return ends[::-1]


def _section(source: Source, heading: Block, own: tuple[Block, ...], end: Position, parent: Section | None) -> Section:
    written = " ".join(source.titles[heading.start].split())
    role = role_of(written)
    if role is Role.goals and measurable(source, own):
        role = Role.targets
    if role in NARRATIVE and parent and parent.context is Role.components:
        role = None
    own_span = source.span(heading.start, heading.end)
    return Section(
        id=source.anchors[heading.start],
        title=bare_title(written),
        heading=written,
        level=heading.level,
        role=role,
        context=role or (parent.context if parent else None),
        span=Span(own_span.start, end),
        heading_span=own_span,
        parent=parent.id if parent else None,
        tense=tense_of(written, parent.tense if parent else Tense.implemented),
        blocks=own,
    )
