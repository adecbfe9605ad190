"""A text cut at its headings: every line of it stands in exactly one part."""

import re
from dataclasses import dataclass

from app.domain.model import Design
from app.domain.roles import Role

# As CommonMark and the model's spans count them; `str.splitlines` knows more ends.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what follows up to the next one. `lines` keep their ends; `first_line` is from 0.

    What stands before the first heading, front matter included, is a part without an id, and there always is one.
    """

    section_id: str
    title: str
    level: int
    role: Role | None
    first_line: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(self.lines)


def split_lines(text: str) -> list[str]:
    """The lines with their ends; joined they are the text again."""
    return _LINE.findall(text)


def parts(design: Design) -> tuple[Part, ...]:
    """The parts in the order of the text."""
    lines = split_lines(design.text)
    starts = [section.heading_span.start.line for section in design.sections]
    first, *ends = [*starts, len(lines)]
    before = Part("", "", 0, None, 0, tuple(lines[:first]))
    return (
        before,
        *(
            Part(section.id, section.title, section.level, section.context, start, tuple(lines[start:end]))
            for section, start, end in zip(design.sections, starts, ends, strict=True)
        ),
    )
