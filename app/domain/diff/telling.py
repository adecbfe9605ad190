"""Which changed words some sentence about a model element has told already. Each word it says is told once."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from itertools import islice

from app.domain.diff.facts import Difference, pieces
from app.domain.diff.side import Side
from app.domain.diff.tokens import Token

_Budget = tuple[int, int, Counter[str]]  # first line, last line, what is left to tell
# For one word: what is beyond is told twice rather than looked for.
_MOST_LOOKED_AT = 500


class Telling:
    """What is left to tell of one of the two texts."""

    def __init__(self, side: Side, told: Sequence[tuple[Difference, bool]]) -> None:
        """`told` are the differences, each with whether this is the side of the old text."""
        self._by_piece: defaultdict[str, deque[_Budget]] = defaultdict(deque)
        for one, is_old in told:
            budget = _budget(side, one, is_old=is_old)
            if budget:
                for piece in budget[2]:
                    self._by_piece[piece].append(budget)

    def tell(self, tokens: Sequence[Token], words: Sequence[Sequence[str]], kept: Counter[str]) -> list[bool]:
        """Of each token whether what is new or gone in it is told; `words` are its pieces. `kept` are pieces on either
        side of the run.
        """
        if not any(piece in self._by_piece for some in words for piece in some):
            return [False] * len(tokens)
        kept = kept.copy()
        return [self._take(token, some, kept) for token, some in zip(tokens, words, strict=True)]

    def _take(self, token: Token, words: Sequence[str], kept: Counter[str]) -> bool:
        wanted: dict[str, int] = {}
        for piece in words:
            if kept.get(piece, 0) > 0:
                kept[piece] -= 1
            else:
                wanted[piece] = wanted.get(piece, 0) + 1
        places = [self._by_piece.get(piece) for piece in wanted]
        if not places or not all(places):
            return False
        shortest: deque[_Budget] = min((some for some in places if some), key=len)
        for first, last, left in islice(shortest, _MOST_LOOKED_AT):
            if first <= token.line <= last and all(left[piece] >= often for piece, often in wanted.items()):
                left.subtract(wanted)
                self._drop_spent(wanted)
                return True
        return False

    def _drop_spent(self, wanted: Iterable[str]) -> None:
        for piece in wanted:
            waiting = self._by_piece[piece]
            while waiting and waiting[0][2][piece] <= 0:
                waiting.popleft()


def _budget(side: Side, one: Difference, *, is_old: bool) -> _Budget | None:
    element = one.old if is_old else one.new
    if element is None:
        return None
    words = one.told_old if is_old else one.told_new
    if one.whole:
        words = Counter(pieces(side.text(element.span)))
    return (element.span.start.line, element.span.end.line, words.copy()) if words else None
