"""How much a difference of words matters. What the words belong to is not known here; doubt weighs more.

Editorial is what folding takes away. Wording are words of plain letters (with the points, commas, quotes, parentheses
and emphasis around them) of which none is listed below, is a word of a name that the model knows, stands behind a
number, or is the opposite of the word it replaces (`safe`, `unsafe`). Listed are the words that bind, negate, join,
count, compare or measure: must, should, not, without, or, unless, until, every, only, at least, more, two, ms.
Everything else is material: digits, contractions with n't, signs, links, code, letters beyond ASCII, capitals within
a word.
"""

import re
from collections.abc import Sequence

from app.domain.diff.change import Weight

_MARKS = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\ufeff": None})
_PLAIN = re.compile(r"[(\"'*]*([A-Z]?[a-z]+(?:-[a-z]+)*|[AI])(?:'(?:s|re|ve|m))?[.,;:)\"'*]*\Z")
_SIGN = re.compile(r"[.,;:()\"*-]+\Z")
_LISTED = (
    "must shall may might should can could will would ought need needs required requires optional recommended mandatory"
    " forbidden prohibited allowed permitted never only not no none neither nor nothing nobody nowhere cannot without"
    " and or unless except until till before after during while all any every each both either always least most if"
    " then else when whenever more less fewer greater lower higher larger smaller longer shorter than above below over"
    " under at once twice hardly rarely but zero one two three four five six seven eight nine ten eleven twelve twenty"
    " thirty sixty hundred thousand million billion first second third half double triple maximum minimum max min"
    " exactly about up within between per ms s sec second seconds minute minutes hour hours day days week weeks month"
    " months year years milliseconds bytes b kb mb gb tb percent true false yes null enabled disabled synchronous"
    " asynchronous dont cant wont isnt"
)
_NORMATIVE = frozenset(_LISTED.split())
_OPPOSITE = ("un", "in", "im", "ir", "il", "non", "non-", "dis", "de", "a", "anti", "mis")


def fold(text: str) -> str:
    """The text as it is read: a run of white space is one blank, typographic marks are plain ones."""
    return " ".join(text.translate(_MARKS).split())


def weigh(old: Sequence[str], new: Sequence[str], names: frozenset[str], before: str = "") -> Weight:
    """The weight of words that replace others; `names` are their words in lower case, `before` stands before them."""
    left, right = [_core(word) for word in old], [_core(word) for word in new]
    if None in left or None in right or any(sign.isdigit() for sign in before):
        return Weight.material
    cores = {core for core in (*left, *right) if core}
    if cores & (_NORMATIVE | names) or any(piece in _NORMATIVE for core in cores for piece in core.split("-")):
        return Weight.material
    opposite = any(prefix + core in cores for core in cores for prefix in _OPPOSITE)
    return Weight.material if opposite else Weight.wording


def _core(word: str) -> str | None:
    """The letters of a plain word in lower case, nothing of a mere sign, `None` of anything else."""
    if _SIGN.match(word):
        return ""
    found = _PLAIN.match(word)
    return found[1].lower() if found else None
