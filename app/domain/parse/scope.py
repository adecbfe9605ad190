"""What a document or a section speaks for: `Scope: schema billing_*, code shop/billing/**`."""

import re
from collections.abc import Iterable, Iterator, Sequence

from app.domain.blocks import Block
from app.domain.model import Field, Scope, ScopeKind, Section
from app.domain.parse.inlines import Flat, first_paragraph, flatten, items
from app.domain.source import Source

_LINE = re.compile(r"^[ \t]*scope[ \t]*:[ \t]*(?P<said>\S.*)$", re.IGNORECASE | re.MULTILINE)
# Most texts speak of no scope: this is asked once, before any paragraph is looked at.
_HINT = re.compile(rb"scope[\s*_`]*:")
_CLAIM = re.compile(r"\b(schema|code|api)\s(?:\s{0,3})([^\s,;]+)", re.IGNORECASE)


def read_scopes(source: Source, sections: Sequence[Section], fields: Sequence[Field]) -> tuple[Scope, ...]:
    """Those of the document have no section. Prose behind `Scope:` claims nothing."""
    found: list[Scope] = []
    own = [field for field in fields if field.name == "scope"]
    for field in own:
        if field.origin != "label":
            said = _CLAIM.findall(" , ".join(field.values))
            found.extend(Scope(ScopeKind(kind.lower()), pattern, "", field.span) for kind, pattern in said)
    document = {line for field in own for line in range(field.span.start.line, field.span.end.line + 1)}
    first = next((at for at, block in enumerate(source.blocks) if block.kind == "Heading"), len(source.blocks))
    places = [("", source.blocks[:first]), *((section.id, section.blocks) for section in sections)]
    for section_id, blocks in places if _HINT.search(source.data.lower()) else ():
        for scope in _in_blocks(source, section_id, blocks):
            header = scope.span.start.line in document
            found.append(Scope(scope.kind, scope.pattern, "" if header else section_id, scope.span))
    return tuple(found)


def _in_blocks(source: Source, section_id: str, blocks: Iterable[Block]) -> Iterator[Scope]:
    for flat in _texts(source, blocks):
        for line in _LINE.finditer(flat.text):
            for claim in _CLAIM.finditer(flat.text, line.start("said"), line.end("said")):
                span = flat.span(claim.start(), claim.end())
                yield Scope(ScopeKind(claim[1].lower()), claim[2], section_id, span)


def _texts(source: Source, blocks: Iterable[Block]) -> Iterator[Flat]:
    """Paragraphs and the first paragraphs of bullets that speak of a scope at all."""
    for block in blocks:
        paragraphs = [block] if block.kind == "Paragraph" else [first_paragraph(item) for item in items([block])]
        for paragraph in paragraphs:
            if paragraph and b"cope" in source.data[paragraph.start : paragraph.end].lower():
                yield flatten(source, paragraph.inlines)
