"""What of two paired sections is read word by word: all of it, or in a large comparison only the lines that differ.

Reading bounds the whole comparison: what is beyond is not read, and nobody knows then how much it weighs.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.domain.diff.matching import Run, runs
from app.domain.diff.parts import Part
from app.domain.diff.side import Side
from app.domain.diff.tokens import Token

# Code points of both texts: beyond the first, lines are compared before words; beyond the second, nothing is read.
_LARGE, _MOST = 200_000, 2_000_000
_MOST_SECTIONS = 4_000

Tokens = tuple[list[Token], list[Token]]


@dataclass(slots=True)
class Stretches:
    """Tokens to be compared, stretch by stretch; between them everything is the same, but for `elsewhere`: lines that
    stand in other blocks than before, the first token of each on either side.
    """

    pairs: list[Tokens]
    elsewhere: list[tuple[Token, Token]] = field(default_factory=list)

    def without_headings(self, parts: tuple[Part, Part]) -> "Stretches":
        """For sections that were renamed: the sentence about the new title tells those."""
        first = parts[0].first_line, parts[1].first_line
        pairs = [
            ([one for one in old if one.line != first[0]], [one for one in new if one.line != first[1]])
            for old, new in self.pairs
        ]
        return Stretches(pairs, self.elsewhere)

    @property
    def same(self) -> bool:
        """Whether nothing differs but layout."""
        return not self.elsewhere and all(
            [(one.key, one.around) for one in old] == [(one.key, one.around) for one in new] for old, new in self.pairs
        )


class Reading:
    """Of two texts. `size` is about how long what differs is, in code points, on both sides together."""

    def __init__(self, old: Side, new: Side, size: int) -> None:
        self._old, self._new = old, new
        self._by_line = size > _LARGE
        self._left, self._sections = _MOST, _MOST_SECTIONS

    def of(self, parts: tuple[Part, Part]) -> Stretches | None:
        """None when too much was read already."""
        self._sections -= 1
        if self._sections < 0:
            return None
        if not self._by_line:
            old, new = parts
            return Stretches([(self._old.tokens(old), self._new.tokens(new))])
        changed = [run for run in _line_runs(parts) if not run.same]
        self._left -= sum(_size(parts, run) for run in changed)
        if self._left < 0:
            return None
        return Stretches([self._tokens(parts, run) for run in changed], list(self._elsewhere(parts, changed)))

    def _tokens(self, parts: tuple[Part, Part], run: Run) -> Tokens:
        """With the line before, in which a number may stand that the first word belongs to."""
        old, new = parts
        back = 1 if run.old_start and run.new_start else 0
        return (
            self._old.tokens(old, run.old_start - back, run.old_end),
            self._new.tokens(new, run.new_start - back, run.new_end),
        )

    def _elsewhere(self, parts: tuple[Part, Part], changed: list[Run]) -> Iterator[tuple[Token, Token]]:
        """Lines that are the same and stand elsewhere: in a list, a quotation, code, where they did not."""
        old, new = parts
        at_old, at_new = old.first_line, new.first_line
        end = Run(len(old.lines), len(old.lines), len(new.lines), len(new.lines), same=False)
        for run in [*changed, end]:
            until = old.first_line + run.old_start
            for line in range(at_old, until):
                there = line - at_old + at_new
                if old.lines[line - old.first_line].strip() and self._old.stands(line) != self._new.stands(there):
                    yield Token("", "words", 0, line, 0), Token("", "words", 0, there, 0)
            at_old, at_new = old.first_line + run.old_end, new.first_line + run.new_end


def _line_runs(parts: tuple[Part, Part]) -> list[Run]:
    """Whatever the lines end with."""
    old, new = ([line.rstrip("\r\n") for line in part.lines] for part in parts)
    return runs(old, new)


def _size(parts: tuple[Part, Part], run: Run) -> int:
    old, new = parts
    return sum(map(len, old.lines[run.old_start : run.old_end])) + sum(map(len, new.lines[run.new_start : run.new_end]))
