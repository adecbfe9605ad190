"""How `plumbline diff` prints two texts: `text` for people, `json` for programs, `html` as a page of its own."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from app.domain.diff.change import Change, Comparison, Weight
from app.domain.diff.fingerprint import fingerprints, unaltered
from app.domain.diff.html import side_by_side
from app.domain.diff.hunks import hunks
from app.domain.diff.semantic import compare
from app.domain.diff.text import Line, Row, SectionDiff, compare_texts
from app.domain.parse import parse
from app.domain.render.escape import text as escaped
from app.domain.text import Span

Pair = tuple[str, str]

_STYLE = """
:root { color-scheme: light dark; --add: light-dark(#e3f4e6, #12331b); --del: light-dark(#fbe6e4, #401b18);
  --mark-add: light-dark(#a9dfb4, #1f6b34); --mark-del: light-dark(#f3b8b2, #8a2f27); --faint: light-dark(#667, #99a); }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1400px; margin: 24px auto; padding: 0 16px; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; font: 13px/1.5 ui-monospace, monospace; }
td { vertical-align: top; padding: 0 8px; white-space: pre-wrap; overflow-wrap: anywhere; }
.diff-no { width: 4em; text-align: right; color: var(--faint); user-select: none; }
td.diff-add { background: var(--add); } td.diff-del { background: var(--del); }
ins, del { text-decoration: none; } ins.diff-mark { background: var(--mark-add); }
del.diff-mark { background: var(--mark-del); text-decoration: line-through; }
.diff-count, .diff-fate, summary { color: var(--faint); font-weight: 400; font-size: 13px; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
"""


def as_text(texts: Pair, names: Pair) -> str:
    """What changed in meaning, then a unified diff; nothing where nothing differs."""
    if texts[0] == texts[1]:
        return ""
    comparison = compare(*(parse(text) for text in texts))
    return "".join([*_sentences(comparison), *hunks(*texts, names)])


def _sentences(comparison: Comparison) -> Iterator[str]:
    for title, changes in _groups(comparison):
        yield f"{title}:\n"
        yield from (f"  {change.sentence}{_place(change)}\n" for change in changes)
        yield "\n"


def _groups(comparison: Comparison) -> Iterator[tuple[str, list[Change]]]:
    for weight in sorted(Weight, key=lambda weight: -weight.rank):
        if found := [change for change in comparison.changes if change.weight is weight]:
            yield weight.capitalize(), found
    if comparison.workflow:
        yield "Workflow", list(comparison.workflow)


def _place(change: Change) -> str:
    if change.new:
        return f" (line {change.new.first_line})"
    return f" (old line {change.old.first_line})" if change.old else ""


def as_json(texts: Pair, names: Pair) -> str:
    """Everything; `docs/diff.md` describes it."""
    old, new = (parse(text) for text in texts)
    comparison, diff = compare(old, new), compare_texts(old, new)
    prints = fingerprints(old), fingerprints(new)
    found = {
        "version": 1,
        "old": names[0],
        "new": names[1],
        "same": texts[0] == texts[1],
        "weight": comparison.weight,
        "changes": [_change(change) for change in comparison.changes],
        "workflow": [_change(change) for change in comparison.workflow],
        "added": diff.added,
        "removed": diff.removed,
        "sections": [_section(section, prints) for section in diff.sections if section.changed],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "weight": change.weight,
        "sentence": change.sentence,
        "noun": change.noun,
        "element": change.element_id,
        "sections": change.sections,
        "roles": change.roles,
        "old": _span(change.old),
        "new": _span(change.new),
    }


def _span(span: Span | None) -> dict[str, int] | None:
    if span is None:
        return None
    start, end = span.start, span.end
    return {"line": start.line + 1, "column": start.column + 1, "end_line": end.line + 1, "end_column": end.column + 1}


def _section(section: SectionDiff, prints: tuple[dict[str, str], dict[str, str]]) -> dict[str, Any]:
    return {
        "fate": section.fate,
        "title": section.title,
        "old_title": section.old_title,
        "id": section.section_id,
        "fingerprint": {"old": prints[0].get(section.old_id), "new": prints[1].get(section.new_id)},
        "added": section.added,
        "removed": section.removed,
        "rows": [_row(row) for stretch in section.stretches if not stretch.folded for row in stretch.rows],
    }


def _row(row: Row) -> dict[str, Any]:
    return {"kind": row.kind, "old": _line(row.old), "new": _line(row.new)}


def _line(line: Line | None) -> dict[str, Any] | None:
    if line is None:
        return None
    pieces = [{"text": piece.text, "marked": piece.marked} for piece in line.pieces]
    return {"number": line.number, "count": line.count, "pieces": pieces}


def as_html(texts: Pair, names: Pair) -> str:
    """A page that needs nothing else."""
    old, new = (parse(text) for text in texts)
    comparison, diff = compare(old, new), compare_texts(old, new)
    title = f"{escaped(names[0])} → {escaped(names[1])}"
    lists = "".join(f"<h2>{name}</h2><ul>{''.join(map(_item, found))}</ul>" for name, found in _groups(comparison))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>'
        f"<body><h1>{title}</h1>{lists}<h2>Text</h2>{side_by_side(diff, unaltered(old, new, diff))}</body></html>\n"
    )


def _item(change: Change) -> str:
    return f"<li>{escaped(change.sentence)}{_place(change)}</li>"


FORMATS: dict[str, Callable[[Pair, Pair], str]] = {"text": as_text, "json": as_json, "html": as_html}
