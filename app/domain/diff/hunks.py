"""The lines of two texts as a unified diff that `patch` and `git apply` understand. Not by section."""

import re
from collections.abc import Iterator, Sequence

from app.domain.diff.matching import Run, common_ends, runs

_LINE = re.compile(r"[^\n]*\n|[^\n]+")  # as those programs count them
_CONTEXT = 3
_MOST_LINES = 100_000
_NO_END = "\\ No newline at end of file\n"


def hunks(old: str, new: str, names: tuple[str, str]) -> Iterator[str]:
    """Lines with their ends; nothing where the texts are the same."""
    if old == new:
        return
    before, after = _LINE.findall(old), _LINE.findall(new)
    yield f"--- {_name(names[0])}\n"
    yield f"+++ {_name(names[1])}\n"
    for group in _groups([run for run in _runs(before, after) if not run.same]):
        yield from _hunk(group, before, after)


def _name(name: str) -> str:
    """With a tab behind it where it has blanks, as `diff` does, or they would end it."""
    return f"{name}\t" if " " in name else name


def _runs(old: Sequence[str], new: Sequence[str]) -> Sequence[Run]:
    if len(old) + len(new) <= _MOST_LINES:
        return runs(old, new)
    head, tail = common_ends(old, new)
    return [Run(head, len(old) - tail, head, len(new) - tail, same=False)]


def _groups(changed: list[Run]) -> Iterator[list[Run]]:
    """Changes so near to each other that their context would meet stand in one hunk. There is at least one."""
    group: list[Run] = []
    for run in changed:
        if group and run.old_start - group[-1].old_end > 2 * _CONTEXT:
            yield group
            group = []
        group.append(run)
    yield group


def _hunk(group: list[Run], old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    first, last = group[0], group[-1]
    before = min(_CONTEXT, first.old_start)
    after = min(_CONTEXT, len(old) - last.old_end)
    left = _range(first.old_start - before, last.old_end + after)
    right = _range(first.new_start - before, last.new_end + after)
    yield f"@@ -{left} +{right} @@\n"
    at = first.old_start - before
    for run in group:
        yield from _signed(" ", old[at : run.old_start])
        yield from _signed("-", old[run.old_start : run.old_end])
        yield from _signed("+", new[run.new_start : run.new_end])
        at = run.old_end
    yield from _signed(" ", old[at : at + after])


def _range(start: int, end: int) -> str:
    """First line from 1 and count; an empty range names the line before it."""
    return f"{start + 1 if end > start else start},{end - start}"


def _signed(sign: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}\n{_NO_END}"
