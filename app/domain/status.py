"""The statuses of a document, and what other worlds call them. What a text says here is a claim, not a record."""

import re
from enum import StrEnum


class Status(StrEnum):
    """The lifecycle's states, in its order."""

    draft = "draft"
    in_review = "in_review"
    approved = "approved"
    implemented = "implemented"
    rejected = "rejected"
    superseded = "superseded"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


_NAMES: dict[Status, str] = {
    Status.draft: "draft proposed proposal provisional wip work-in-progress pending deferred",
    Status.in_review: "in-review review reviewing discussion under-discussion active-review under-review",
    Status.approved: "approved accepted implementable committed agreed",
    Status.implemented: "implemented final active completed complete done released shipped stable",
    Status.rejected: "rejected withdrawn abandoned declined closed",
    Status.superseded: "superseded deprecated replaced obsolete",
}
_BY_NAME = {name.replace("-", " "): status for status, names in _NAMES.items() for name in names.split()}
_WORD = re.compile(r"[a-z]+")


def read_status(text: str) -> Status | None:
    """The status a text claims, `None` for words that are no status; `Implemented (Swift 5.5)` reads by its start.

    A list of choices (`Draft / In Review / Approved`) claims nothing.
    """
    if "/" in text or "|" in text:
        return None
    words = _WORD.findall(text.lower())
    for count in (2, 1, 3):
        found = _BY_NAME.get(" ".join(words[:count]))
        if found is not None:
            return found
    return None
