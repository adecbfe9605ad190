"""Which template a design is made from, and which sections that demands. The templates themselves stand elsewhere."""

import re
from collections.abc import Iterator
from functools import cache

from app.domain.blocks import Block
from app.domain.model import Design, Section, name_key
from app.domain.parse import parse
from app.domain.parse.inlines import bold_start, plain
from app.domain.roles import Role, normal_title
from app.domain.templates import templates

_LIKENESS = 0.7  # of its sections, and a document is taken for one made from a template
_MANY_WORDS, _SAME = 6, 0.72  # templates reword their questions from year to year
_FEWEST = 5  # sections of a template that can be recognised at all
_REPEATED = (Role.components, Role.schema)  # headings of elements in these are examples
_BRACKET = re.compile(r"[\[{<].*[\]}>]")  # a title that the author is to write


@cache
def own_templates() -> dict[str, Design]:
    """Those that come with Plumbline, by the key of their names."""
    return {name_key(name): parse(text) for name, text in templates().items()}


def template_of(design: Design, known: dict[str, Section], given: Design | None) -> Design | None:
    """The one that the document names; else the given one; else one that it is like. `known` is from `found_in`."""
    named = design.field("template")
    own = own_templates().get(name_key(named.value)) if named else None
    return own or given or next((one for one in own_templates().values() if _is_like(known, one)), None)


def obligations(template: Design) -> Iterator[Section]:
    """The sections that a document made from this template should have."""
    tops = [section for section in template.sections if section.level == 1]
    optional: set[str | None] = set()
    before: Block | None = None
    for section in template.sections:
        said = "(optional)" in section.heading.casefold() or _says_optional(before)
        before = section.blocks[-1] if section.blocks else None
        if said or section.parent in optional:
            optional.add(section.id)
            continue
        is_title = len(tops) == 1 and section.level == 1
        is_element = section.role is None and section.context in _REPEATED
        if not is_title and not is_element and section.title and not _BRACKET.search(section.title):
            yield section


def _says_optional(before: Block | None) -> bool:
    """Whether a comment straight before a heading says it of the section."""
    return before is not None and before.kind == "HtmlBlock" and "optional element" in before.code.casefold()


def found_in(design: Design) -> dict[str, Section]:
    """The sections of a design by what they can be known by: the role, the title, or a bold title in their text."""
    known: dict[str, Section] = {}
    for section in design.sections:
        for key in (f"role {section.role}" if section.role else "", normal_title(section.title)):
            known.setdefault(key, section)
    for section in design.sections:
        for block in (inner for own in section.blocks for inner in own.walk()):
            if label := bold_start(block):
                known.setdefault(normal_title(plain(label)), section)
    return known


def counterpart(section: Section, known: dict[str, Section]) -> Section | None:
    """The section of the design that stands for this one of the template, perhaps under a reworded title."""
    exact, words = _exactly(section, known), frozenset(normal_title(section.title).split())
    if exact or len(words) < _MANY_WORDS:
        return exact
    return next((there for other, there in known.items() if _same(words, frozenset(other.split()))), None)


def _exactly(section: Section, known: dict[str, Section]) -> Section | None:
    return known.get(normal_title(section.title)) or (known.get(f"role {section.role}") if section.role else None)


def speaks_of(around: Section, wanted: Section) -> bool:
    """Whether the text of a section says what a heading below it would have: `Unit tests of …` in the test plan."""
    blocks = (inner for own in around.blocks for inner in own.walk() if inner.kind != "HtmlBlock")
    return f" {normal_title(wanted.title)} " in f" {' '.join(normal_title(plain(block.inlines)) for block in blocks)} "


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two long titles are one question in two wordings."""
    return len(one & other) >= _SAME * len(one | other)


def _is_like(known: dict[str, Section], template: Design) -> bool:
    wanted = list(obligations(template))
    there = sum(_exactly(section, known) is not None for section in wanted)
    return len(wanted) >= _FEWEST and there >= _LIKENESS * len(wanted)
