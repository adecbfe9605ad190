"""How much a difference of words matters. What the words belong to is not known here; doubt weighs more.

Editorial: white space and typographic marks. Wording: words of letters alone that are neither normative nor a name.
Material: everything else.
"""

import re
from collections.abc import Iterable, Sequence

from app.domain.diff.change import Weight
from app.domain.diff.matching import changed

_MARKS = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\ufeff": None})
_BULLET = re.compile(r"^([ \t]*)[*+](?=[ \t])", re.MULTILINE)
_PLAIN = re.compile(r"[(\"']*([A-Z]?[a-z]+(?:-[a-z]+)*)[.,;:)\"']*\Z")
_LISTED = (
    "must shall may might should can could will would need needs required optional recommended never only not no none"
    " neither nor nothing nobody nowhere cannot without and or unless except until till before after all any every each"
    " both either always least most if when more less fewer than at once twice hardly rarely but zero one two three"
    " four five six seven eight nine ten hundred thousand million first second third half double"
    " ms s sec seconds minutes hours days weeks months years milliseconds b kb mb gb tb percent"
)
_NORMATIVE = frozenset(_LISTED.split())


def fold(text: str) -> str:
    """The text as it is read: runs of white space are one blank, typographic marks and bullets are plain ones."""
    return " ".join(_BULLET.sub(r"\1-", text.translate(_MARKS)).split())


def words(text: str) -> list[str]:
    """What stands between white space, folded."""
    return fold(text).split(" ") if text.split() else []


def weigh(old: Sequence[str], new: Sequence[str], names: frozenset[str]) -> tuple[Weight, int]:
    """The weight of two lists of words and how many differ; `names` are words of names, in lower case."""
    differing = [[*old[run.old_start : run.old_end], *new[run.new_start : run.new_end]] for run in changed(old, new)]
    count = sum(max(run.old_end - run.old_start, run.new_end - run.new_start) for run in changed(old, new))
    if not differing:
        return Weight.editorial, 0
    return (Weight.wording if all(_plain(run, names) for run in differing) else Weight.material), count


def _plain(run: Iterable[str], names: frozenset[str]) -> bool:
    found = [_PLAIN.match(word) for word in run]
    return all(one is not None and one[1].lower() not in _NORMATIVE | names for one in found)
