"""Which changed words some sentence about a model element has told already. Each word it says is told once."""

from collections import Counter
from collections.abc import Sequence

from app.domain.diff.facts import Difference, pieces
from app.domain.diff.side import Side
from app.domain.diff.tokens import Token

_Budget = tuple[int, int, Counter[str]]  # first line, last line, what is left to tell


class Telling:
    """What is left to tell of one of the two texts."""

    def __init__(self, side: Side, told: Sequence[tuple[Difference, bool]]) -> None:
        """`told` are the differences, each with whether this is the side of the old text."""
        self._budgets = [found for one, is_old in told if (found := _budget(side, one, is_old=is_old))]

    def tell(self, tokens: Sequence[Token], kept: Counter[str]) -> list[bool]:
        """Of each token whether what is new or gone in it is told. `kept` are pieces on either side of the run."""
        if not tokens or not self._budgets:
            return [False] * len(tokens)
        first, last = tokens[0].line, tokens[-1].line
        near = [one for one in self._budgets if one[0] <= last and one[1] >= first]
        kept = kept.copy()
        return [_take(token, near, kept) for token in tokens]


def _budget(side: Side, one: Difference, *, is_old: bool) -> _Budget | None:
    element = one.old if is_old else one.new
    if element is None:
        return None
    words = one.told_old if is_old else one.told_new
    if one.whole:
        words = Counter(pieces(side.text(element.span)))
    return (element.span.start.line, element.span.end.line, words.copy()) if words else None


def _take(token: Token, near: Sequence[_Budget], kept: Counter[str]) -> bool:
    every = Counter(pieces(token.key))
    wanted = every - kept
    kept.subtract(every & kept)
    if not wanted:
        return False
    for first, last, left in near:
        if first <= token.line <= last and wanted <= left:
            left.subtract(wanted)
            return True
    return False
