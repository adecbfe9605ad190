"""Text with emphasis, links and code in it: words that are new or gone are marked, and every tag stays closed."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.domain.diff.marks import without_islands
from app.domain.diff.markup import TAG, VOID, bare
from app.domain.diff.matching import runs

_WORD = re.compile(r"&#?\w+;|[^\W\d_]+|\d+|\s+|.", re.DOTALL)
# Longer ones are gone and new as a whole.
_LONGEST = 50_000

# Numbers for tags in tags: (number around, tag) -> number.
_Around = dict[tuple[int, str], int]


class _Word(NamedTuple):
    """A word, sign, run of blanks or void tag as HTML, the number of the tags around it, tags before and behind it."""

    html: str
    around: int
    before: str
    behind: str = ""

    @property
    def key(self) -> tuple[str, int]:
        return " " if self.html.isspace() else self.html, self.around


def phrases(old: str, new: str) -> str:
    """The new phrases with words that are new in `ins` and, where they stood, those that are gone in `del`, as text."""
    if max(len(old), len(new)) > _LONGEST:
        return f"{_gone([_without_ids(old)])}{_new(new)}"
    around: _Around = {}
    left, (right, rest) = _words(old, around)[0], _words(new, around)
    found = without_islands(
        runs([word.key for word in left], [word.key for word in right]), [word.html for word in left]
    )
    pieces: list[str] = []
    for run in found:
        words = right[run.new_start : run.new_end]
        if run.same:
            pieces.extend(f"{word.before}{word.html}{word.behind}" for word in words)
        else:
            pieces.append(_gone([word.html for word in left[run.old_start : run.old_end]]))
            pieces.extend(_marked(words))
    return "".join([*pieces, rest])


def _without_ids(html: str) -> str:
    return TAG.sub(lambda tag: bare(tag[0]), html)


def _gone(words: Sequence[str]) -> str:
    return f'<del class="diff-del">{"".join(words)}</del>' if words else ""


def _new(html: str) -> str:
    return f'<ins class="diff-add">{html}</ins>' if html else ""


def _marked(words: Sequence[_Word]) -> Iterator[str]:
    """A mark never reaches over a tag of the page."""
    waiting: list[str] = []
    for word in words:
        if word.before:
            yield _new("".join(waiting))
            yield word.before
            waiting = []
        waiting.append(word.html)
        if word.behind:
            yield _new("".join(waiting))
            yield word.behind
            waiting = []
    yield _new("".join(waiting))


def _words(html: str, numbers: _Around) -> tuple[list[_Word], str]:
    """The words, and the tags behind the last of them that belong to none."""
    found: list[_Word] = []
    around = [0]
    before, at = "", 0
    for tag in [*TAG.finditer(html), None]:
        for word in _WORD.findall(html[at : tag.start() if tag else len(html)]):
            found.append(_Word(word, around[-1], before))
            before = ""
        if tag is None:
            break
        at = tag.end()
        if tag[2] in VOID:
            found.append(_Word(bare(tag[0]), around[-1], before))
            before = ""
        elif not tag[1]:
            around.append(numbers.setdefault((around[-1], bare(tag[0])), len(numbers) + 1))
            before += tag[0]
        else:
            if len(around) > 1:  # an end may stand alone: HTML lets phrases begin in one block and end in another
                around.pop()
            before = _close(found, before, tag[0])
    return found, before


def _close(found: list[_Word], before: str, tag: str) -> str:
    """An end belongs to the word before it, unless something opened since; what still waits for the next word."""
    if before or not found:
        return before + tag
    last = found[-1]
    found[-1] = _Word(last.html, last.around, last.before, last.behind + tag)
    return ""
