"""Changes of the document itself: its fields, its sections, its placeholders."""

import re

import yaml

from app.domain.model import Design, Placeholder, Section
from app.domain.parse.fields import canonical, closing_blocks
from app.domain.patch.edits import Edit, NoPlace, at_bytes, at_span, line_end, one_line

_BULLET = re.compile(r"[ \t]*[-*+][ \t]+")


def fill_placeholder(design: Design, placeholder: Placeholder, text: str) -> tuple[Edit, ...]:
    """Puts a line of text where the placeholder stands; a `|` is escaped, for it may stand in a table."""
    if placeholder not in design.placeholders:
        raise NoPlace(f"There is no placeholder {placeholder.text} at this place.")
    return (at_span(design.source, placeholder.span, one_line(text).replace("|", "\\|")),)


def add_field(design: Design, label: str, value: str) -> tuple[Edit, ...]:
    """Adds a field of the document where the others stand: to the front matter, behind the last label, else below the
    title.
    """
    label, value = one_line(label), one_line(value)
    source, end = design.source, line_end(design.source)
    if design.field(canonical(label)):
        raise NoPlace(f"The document has a field {label} already.")
    if source.front_matter is not None:
        line = yaml.safe_dump({label: value}, allow_unicode=True, width=10_000).strip()
        return (at_bytes(source, source.front_matter[1], source.front_matter[1], f"{line}{end}"),)
    labels = [field for field in design.fields if field.origin == "label"]
    if labels:
        span = labels[-1].span
        written = source.text[source.index.offset(span.start) - span.start.column : source.index.offset(span.end)]
        place = _past_spaces(source.text, source.index.offset(span.end))
        return (Edit(place, place, f"{end}{_like(written, label, value)}"),)
    top = next((section for section in design.sections if section.level == 1), None)
    place = source.index.offset(top.heading_span.end) if top else 0
    line = f"**{label}**: {value}"
    return (Edit(place, place, f"{end}{end}{line}" if top else f"{line}{end}{end}"),)


def _past_spaces(text: str, place: int) -> int:
    """Two spaces at the end of a line are a hard break, which belongs to that line."""
    return place + len(text[place:]) - len(text[place:].lstrip(" \t"))


def _like(written: str, label: str, value: str) -> str:
    """The line in the notation of its neighbour."""
    bullet = _BULLET.match(written)
    mark = bullet[0] if bullet else ""
    rest = written[len(mark) :]
    if rest.startswith("**"):
        inside = rest[2:].split("**")[0].rstrip().endswith(":")
        return f"{mark}**{label}:** {value}" if inside else f"{mark}**{label}**: {value}"
    return f"{mark}{label}: {value}"


def add_section(design: Design, title: str, *, after: str, body: str = "") -> tuple[Edit, ...]:
    """Adds a section of the same level behind another one and all that is in it, before the fields at the end."""
    section = design.section(after)
    if section is None:
        raise NoPlace(f"There is no section {after}.")
    source, end = design.source, line_end(design.source)
    place = _end_of(design, section)
    before = source.text[:place]
    lead = "" if not before or before.endswith((end + end, "\n\n")) else end if before.endswith(end) else end + end
    text = "".join([lead, "#" * section.level, " ", one_line(title), end])
    if body.strip():
        text += end + end.join(body.strip().splitlines()) + end
    return (Edit(place, place, text + (end if place < len(source.text) else "")),)


def _end_of(design: Design, section: Section) -> int:
    source = design.source
    place = source.index.offset(section.span.end)
    for other in design.sections:
        start = source.index.offset(other.heading_span.start)
        if start >= place:
            return start
    closing = closing_blocks(source)
    fields = {field.span.start.line for field in design.fields}
    if closing and any(source.index.line(block.start) in fields for block in closing):
        rule = [block for block in source.blocks if block.kind == "Rule"][-1]
        return source.index.characters(rule.start)
    return len(source.text)
