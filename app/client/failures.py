"""What can go wrong between a program and a server, by what the program can do about it."""

from collections.abc import Mapping
from typing import Any

import httpx2


class Failure(Exception):
    """The base of all; its text is a sentence for people."""


class Unreachable(Failure):
    """No answer, or one that no Plumbline server gives."""


class Refused(Failure):
    """The server said no. `code` is one of docs/errors.md; programs go by it, or by the class."""

    def __init__(self, status: int, code: str, message: str, details: Mapping[str, Any], request_id: str = "") -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.details = status, code, message, dict(details)
        self.request_id = request_id


class Unknown(Refused):
    """The token or the password is not good, or there is none: sign in."""


class SecondStepNeeded(Unknown):
    """The password was right; `ticket` goes into `Client.second_step` with a code."""

    @property
    def ticket(self) -> str:
        return str(self.details.get("ticket", ""))


class Absent(Refused):
    """There is no such thing, or it is not shared with whoever asks."""


class Stale(Refused):
    """Somebody saved meanwhile: `current` is the newest revision."""

    @property
    def current(self) -> int:
        return int(self.details.get("current_revision", 0))


class Contradicts(Stale):
    """Two texts cannot be merged without a decision; `text` has both sides between markers."""

    @property
    def text(self) -> str:
        return str(self.details.get("text", ""))


_BY_CODE: dict[str, type[Refused]] = {
    "SECOND_FACTOR_REQUIRED": SecondStepNeeded,
    "REVISION_CONFLICT": Stale,
    "MERGE_CONFLICT": Contradicts,
}
_BY_STATUS: dict[int, type[Refused]] = {401: Unknown, 404: Absent}


def refusal(answer: httpx2.Response) -> Failure:
    """What an answer of 300 and above means; something that is no server of ours has no envelope."""
    try:
        error = answer.json()["error"]
        code, message, details = str(error["code"]), str(error["message"]), dict(error["details"])
    except (ValueError, KeyError, TypeError):
        return Unreachable(f"This is not the API of a Plumbline server: it answers {answer.status_code}.")
    kind = _BY_CODE.get(code) or _BY_STATUS.get(answer.status_code, Refused)
    return kind(answer.status_code, code, message, details, answer.headers.get("x-request-id", ""))
