"""What changed within two paired parts besides what sentences about model elements tell: words, code, HTML, layout."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from app.domain.diff.change import Weight
from app.domain.diff.facts import pieces
from app.domain.diff.matching import runs
from app.domain.diff.parts import Part
from app.domain.diff.sentences import short
from app.domain.diff.stretches import Stretches, Tokens
from app.domain.diff.telling import Telling
from app.domain.diff.tokens import Token
from app.domain.diff.weight import weigh

_SIMPLE_FIELD = re.compile(r"[\w-]+:[ \t]+[^\s&*|>\[{].*\Z")
_LETTERS = re.compile(r"\w")
_FEW = 3


@dataclass(slots=True)
class Rest:
    """What is left to tell of one noun in a pair of parts."""

    weight: Weight
    noun: str
    runs: list[tuple[list[Token], list[Token]]] = field(default_factory=list)

    @property
    def old(self) -> list[Token]:
        return [token for run in self.runs for token in run[0]]

    @property
    def new(self) -> list[Token]:
        return [token for run in self.runs for token in run[1]]

    def sentence(self, place: str) -> str:
        """A short replacement is quoted, anything else counted."""
        if self.noun == "words":
            return self._words(place)
        return {
            "structure": f"structure of {place} changed",
            "layout": f"layout of {place} changed",
            "text": f"text of {place} changed",
            "field": "front matter changed",
        }.get(self.noun, f"{self.noun} changed in {place}")

    def _words(self, place: str) -> str:
        old, new = (" ".join(token.key for token in side) for side in (self.old, self.new))
        count = sum(max(_count(old), _count(new)) for old, new in self.runs)
        few = len(self.runs) == 1 and old and new and max(len(self.old), len(self.new)) <= _FEW
        if few and count and short(old) != short(new):
            return f"“{short(old)}” → “{short(new)}” in {place}"
        if not count:
            return f"punctuation changed in {place}"
        return f"{count} word{'' if count == 1 else 's'} changed in {place}"


def rest(
    parts: tuple[Part, Part], stretches: Stretches, telling: tuple[Telling, Telling], names: frozenset[str]
) -> list[Rest]:
    """At most one for each noun. Something, when nothing else tells what differs between the parts."""
    found: dict[str, Rest] = {}
    if stretches.elsewhere:
        found["structure"] = Rest(Weight.material, "structure", [([old], [new]) for old, new in stretches.elsewhere])
    any_told = False
    for old, new in _without_shuffled_fields(parts, stretches.pairs):
        for run in runs([token.key for token in old], [token.key for token in new]):
            left, right = old[run.old_start : run.old_end], new[run.new_start : run.new_end]
            if run.same:
                if any(a.around != b.around or a.noun != b.noun for a, b in zip(left, right, strict=True)):
                    found.setdefault("structure", Rest(Weight.material, "structure")).runs.append((left, right))
                continue
            untold = _untold(left, right, telling)
            any_told = any_told or untold != (left, right)
            before = old[run.old_start - 1].key if run.old_start else ""
            _add(found, untold, names, before)
    if not found and not any_told:
        found["layout"] = Rest(Weight.editorial, "layout", _all(parts, stretches.pairs))
    return list(found.values())


def unread(parts: tuple[Part, Part]) -> Rest:
    """Of parts that differ and that nobody read."""
    return Rest(Weight.material, "text", _all(parts, []))


def _all(parts: tuple[Part, Part], pairs: Sequence[Tokens]) -> list[Tokens]:
    """What was read, or else the first and the last line."""
    if any(old or new for old, new in pairs):
        return list(pairs)
    ends = ({part.first_line, part.first_line + len(part.lines) - 1} if part.lines else () for part in parts)
    old, new = ([Token("", "words", 0, line, 0) for line in sorted(some)] for some in ends)
    return [(old, new)]


def _add(found: dict[str, Rest], run: tuple[list[Token], list[Token]], names: frozenset[str], before: str) -> None:
    by_noun: defaultdict[str, tuple[list[Token], list[Token]]] = defaultdict(lambda: ([], []))
    for side, tokens in enumerate(run):
        for token in tokens:
            by_noun[token.noun][side].append(token)
    for noun, (left, right) in by_noun.items():
        weight = Weight.material
        if noun == "words":
            weight = weigh([token.key for token in left], [token.key for token in right], names, before)
        one = found.setdefault(noun, Rest(weight, noun))
        one.runs.append((left, right))
        one.weight = max(one.weight, weight, key=lambda known: known.rank)


def _untold(left: list[Token], right: list[Token], telling: tuple[Telling, Telling]) -> tuple[list[Token], list[Token]]:
    """The tokens that nothing tells. Signs go with the words of their run."""
    words = [[pieces(token.key) for token in side] for side in (left, right)]
    kept_pieces = Counter(chain.from_iterable(words[0])) & Counter(chain.from_iterable(words[1]))
    told = telling[0].tell(left, words[0], kept_pieces), telling[1].tell(right, words[1], kept_pieces)
    some = any(told[0]) or any(told[1])
    if not some:
        return left, right
    kept = (
        [token for token, is_told in zip(tokens, flags, strict=True) if not is_told and _LETTERS.search(token.key)]
        for tokens, flags in zip((left, right), told, strict=True)
    )
    return next(kept), next(kept)


def _without_shuffled_fields(parts: tuple[Part, Part], pairs: Sequence[Tokens]) -> Sequence[Tokens]:
    """Without the front matter where it has the same simple lines in another order."""
    lines: list[list[str]] = []
    for side, part in enumerate(parts):
        fields = {token.line - part.first_line for pair in pairs for token in pair[side] if token.noun == "field"}
        lines.append([part.lines[number].strip("\r\n") for number in sorted(fields)])
    names = [line.split(":")[0] for line in lines[0]]
    simple = all(_SIMPLE_FIELD.match(line) for line in lines[0]) and len(set(names)) == len(names)
    if not lines[0] or not simple or sorted(lines[0]) != sorted(lines[1]):
        return pairs
    return [(_no_fields(old), _no_fields(new)) for old, new in pairs]


def _no_fields(tokens: list[Token]) -> list[Token]:
    return [token for token in tokens if token.noun != "field"]


def _count(tokens: Sequence[Token]) -> int:
    return sum(1 for token in tokens if _LETTERS.search(token.key))
