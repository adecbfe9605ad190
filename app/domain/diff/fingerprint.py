"""One digest for each section: it stays under editorial changes, and under those alone. What changed is not here."""

from collections.abc import Set
from hashlib import sha256

from app.domain.diff.elements import is_workflow
from app.domain.diff.parts import parts
from app.domain.diff.text import TextDiff
from app.domain.diff.tokens import ground, tokens
from app.domain.model import Design


def fingerprints(design: Design, only: Set[str] | None = None) -> dict[str, str]:
    """Hex digests by section id, each of the section's own text without deeper sections: its level, its words, code and
    HTML as `app.domain.diff.tokens` reads them, and the blocks they stand in. Every model element stands in those.
    Lines of the workflow's fields are left out. `only` are the ids of those that are wanted, where not all are.
    """
    on = ground(design)
    left_out = {
        line
        for field in design.fields
        if is_workflow(field.name)
        for line in range(field.span.start.line, field.span.end.line + 1)
    }
    found: dict[str, str] = {}
    for part in parts(design)[1:]:
        if only is not None and part.section_id not in only:
            continue
        digest = sha256(f"{part.level}\0".encode())
        for token in tokens(part, on):
            if token.line not in left_out:
                digest.update(f"{token.noun}\0{token.around}\0{token.key}\0".encode("utf-8", "replace"))
        found[part.section_id] = digest.hexdigest()
    return found


def unaltered(old: Design, new: Design, diff: TextDiff) -> frozenset[str]:
    """The ids, in the new text, of sections whose text changed and whose fingerprint did not."""
    changed = [section for section in diff.sections if section.changed and section.old_id and section.new_id]
    before = fingerprints(old, {section.old_id for section in changed})
    after = fingerprints(new, {section.new_id for section in changed})
    return frozenset(one.new_id for one in changed if before[one.old_id] == after[one.new_id])
