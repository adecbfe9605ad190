"""The tense of a claim: `(planned)`, `(proposed)`, `(deprecated)` or `(removed)` behind or in what is said."""

import re

from app.domain.model import Tense

_TENSE = re.compile(r"\s?[(\[]\s*(planned|proposed|deprecated|removed)\b[^()\[\]]{0,60}[)\]]", re.IGNORECASE)


def tense_of(text: str, around: Tense = Tense.implemented) -> Tense:
    """What the text says itself; else the tense of what stands around it."""
    found = _TENSE.search(text) if "(" in text or "[" in text else None
    return Tense(found[1].lower()) if found else around


def without_tense(text: str) -> str:
    """A name is the same before and after its claim has come true."""
    return _TENSE.sub("", text, count=1).strip() or text
