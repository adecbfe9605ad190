"""The source view of a comparison of texts as HTML: unified, or side by side. The rendered view is not here.

Everything from the texts is escaped; there are no ids, styles or scripts. Classes, for style sheets:
`diff` (around all) with `diff-unified` or `diff-split`; `diff-section` with `diff-section-{kept,moved,renamed,added,
removed}`; `diff-title`, `diff-fate` (also where nothing that matters changed) and `diff-count` in its heading;
`diff-fold` (a `details`: unchanged lines, or unchanged sections); `diff-table`; `diff-line` (a row) with `diff-same`,
`diff-add`, `diff-del`, `diff-change` (side by side: both cells changed) or `diff-layout` (white space or line end
alone); cells `diff-no`, `diff-sign`, `diff-text`, and `diff-none` (nothing on this side); in cells `diff-mark` (an
`ins` or `del` around words) with `diff-space` where blanks are written as signs; `diff-empty` where nothing differs.
Words for the ear are `visually-hidden`.
"""

from collections.abc import Callable, Iterable, Iterator, Set
from itertools import groupby

from app.domain.diff.sections import Fate
from app.domain.diff.text import Line, Row, RowKind, SectionDiff, Stretch, TextDiff
from app.domain.render.escape import text

_Rows = Callable[[Iterable[Row]], Iterator[str]]
_MOST_NAMED = 6
_SPACES = str.maketrans({" ": "·", "\t": "→\t", "\r": "␍", "\n": "␊"})


def unified(diff: TextDiff, unaltered: Set[str] = frozenset()) -> str:
    """One column: removed lines above the added ones they became. `unaltered` are the ids of sections that say the
    same by their fingerprint: nothing that matters changed there.
    """
    head = _head("Old line", "New line", "Change", "Text")
    return _page(diff, "diff-unified", lambda rows: _unified_table(head, rows), unaltered)


def side_by_side(diff: TextDiff, unaltered: Set[str] = frozenset()) -> str:
    """Two columns: the old text on the left, the new one on the right; `unaltered` as for `unified`."""
    head = _head("Old line", "Old text", "New line", "New text")
    return _page(diff, "diff-split", lambda rows: _split_table(head, rows), unaltered)


def count(number: int, noun: str) -> str:
    """`1 line`, `2 lines`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _page(diff: TextDiff, css: str, table: _Rows, unaltered: Set[str]) -> str:
    if not diff.changed:
        return f'<div class="diff {css}"><p class="diff-empty">The texts are the same.</p></div>'
    shown: list[str] = []
    for changed, group in groupby(diff.sections, key=lambda section: section.changed):
        sections = list(group)
        if changed:
            shown.extend(piece for section in sections for piece in _section(section, table, unaltered))
        else:
            shown.extend(_unchanged(sections, table))
    return f'<div class="diff {css}">{"".join(shown)}</div>'


def _unchanged(sections: list[SectionDiff], table: _Rows) -> Iterator[str]:
    """Neighbours in which nothing changed, folded together."""
    rows = [row for section in sections for row in section.rows]
    what = f"{count(len(sections), 'unchanged section')}, {count(_size(rows), 'line')}"
    names = [text(section.title) for section in sections if section.title]
    named = ", ".join([*names[:_MOST_NAMED], *(["…"] if len(names) > _MOST_NAMED else [])])
    yield f'<details class="diff-fold"><summary>{what}{f": {named}" if named else ""}</summary>'
    yield from table(rows)
    yield "</details>"


def _size(rows: Iterable[Row]) -> int:
    return sum(line.count for row in rows if (line := row.new or row.old))


def _section(section: SectionDiff, table: _Rows, unaltered: Set[str]) -> Iterator[str]:
    yield f'<section class="diff-section diff-section-{section.fate}">{_heading(section, unaltered)}'
    for stretch in section.stretches:
        yield from _stretch(stretch, table)
    yield "</section>"


def _heading(section: SectionDiff, unaltered: Set[str]) -> str:
    title = text(section.title or "Before the first heading")
    if section.fate is Fate.renamed or (section.fate is Fate.moved and section.old_title != section.title):
        title = f"<del>{text(section.old_title)}</del> <ins>{title}</ins>"
    told = [section.fate.value] if section.fate is not Fate.kept else []
    told += ["nothing that matters"] if section.section_id in unaltered and (section.added or section.removed) else []
    fate = f' <span class="diff-fate">{", ".join(told)}</span>' if told else ""
    counts = (
        f'<span class="diff-count"><span aria-hidden="true">+{section.added} −{section.removed}</span>'
        f'<span class="visually-hidden">{count(section.added, "line")} added, {section.removed} removed</span></span>'
    )
    return f'<h3 class="diff-title">{title}{fate} {counts}</h3>'


def _stretch(stretch: Stretch, table: _Rows) -> Iterator[str]:
    if stretch.folded:
        yield f'<details class="diff-fold"><summary>{count(_size(stretch.rows), "unchanged line")}</summary>'
        yield from table(stretch.rows)
        yield "</details>"
    else:
        yield from table(stretch.rows)


def _head(*names: str) -> str:
    cells = "".join(f'<th scope="col">{name}</th>' for name in names)
    return f'<table class="diff-table"><thead class="visually-hidden"><tr>{cells}</tr></thead><tbody>'


def _unified_table(head: str, rows: Iterable[Row]) -> Iterator[str]:
    """Within neighbouring changes the old lines come first, so that either text can be read."""
    yield head
    for same, group in groupby(rows, key=lambda row: row.kind is RowKind.same):
        changed = list(group)
        if same:
            yield from (_one_line("same", " ", row.old, row.new) for row in changed)
            continue
        yield from (_one_line("del", "−", row.old, None, row.kind) for row in changed if row.old)
        yield from (_one_line("add", "+", None, row.new, row.kind) for row in changed if row.new)
    yield "</tbody></table>"


def _one_line(css: str, sign: str, old: Line | None, new: Line | None, kind: RowKind = RowKind.same) -> str:
    line = new or old
    words = {"same": "", "del": "removed", "add": "added"}[css]
    heard = f'<span class="visually-hidden">{words}{_why(kind)}</span>' if words else ""
    layout = " diff-layout" if kind is RowKind.layout else ""
    return (
        f'<tr class="diff-line diff-{css}{layout}">{_number(old)}{_number(new)}'
        f'<td class="diff-sign"><span aria-hidden="true">{sign}</span>{heard}</td>'
        f'<td class="diff-text">{_words(line, "ins" if css == "add" else "del")}</td></tr>'
    )


def _why(kind: RowKind) -> str:
    return ", white space only" if kind is RowKind.layout else ""


def _split_table(head: str, rows: Iterable[Row]) -> Iterator[str]:
    css = {RowKind.same: "same", RowKind.removed: "del", RowKind.added: "add", RowKind.changed: "change"}
    yield head
    for row in rows:
        name = css.get(row.kind, "change diff-layout")
        changed = row.kind is not RowKind.same
        left, right = _side(row.old, row.kind, changed=changed), _side(row.new, row.kind, new=True, changed=changed)
        yield f'<tr class="diff-line diff-{name}">{left}{right}</tr>'
    yield "</tbody></table>"


def _side(line: Line | None, kind: RowKind, *, changed: bool, new: bool = False) -> str:
    if line is None:
        return '<td class="diff-no diff-none"></td><td class="diff-text diff-none"></td>'
    word = "added" if new else "removed"
    heard = f'<span class="visually-hidden">{word}{_why(kind)}: </span>' if changed else ""
    colour = f" diff-{'add' if new else 'del'}" if changed else ""
    words = _words(line, "ins" if new else "del")
    return f'{_number(line)}<td class="diff-text{colour}">{heard}{words}</td>'


def _number(line: Line | None) -> str:
    if line is None:
        return '<td class="diff-no"></td>'
    last = f"–{line.number + line.count - 1}" if line.count > 1 else ""
    return f'<td class="diff-no">{line.number}{last}</td>'


def _words(line: Line | None, tag: str) -> str:
    """The line without its end, unless the end is what differs."""
    pieces = line.pieces if line else ()
    shown = [_mark(value, tag) if marked else text(value.rstrip("\r\n")) for value, marked in pieces]
    return "".join(shown)


def _mark(value: str, tag: str) -> str:
    if value.isspace():
        return f'<{tag} class="diff-mark diff-space">{text(value.translate(_SPACES))}</{tag}>'
    return f'<{tag} class="diff-mark">{text(value.rstrip(chr(13) + chr(10)))}</{tag}>'
