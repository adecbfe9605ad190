"""What our own forms are told: where to go next, and what to say there."""

from typing import Self

from pydantic import BaseModel
from starlette.responses import JSONResponse

from app.core.settings import settings
from app.gateway import cookies
from app.gateway.context import caller
from app.schemas.revisions import RevisionView


class Next(BaseModel):
    """`location` is a path of this site, or the address of an identity provider that somebody chose."""

    location: str
    notice: str = ""


class Saved(Next):
    """The same, and the revision for programs."""

    revision: RevisionView

    @classmethod
    def of(cls, number: str, saved: RevisionView) -> Self:
        return cls(location=f"/d/{number}", notice=f"Revision {saved.number} saved.", revision=saved)


def signed_in(token: str, location: str, notice: str = "") -> JSONResponse:
    """Go on with a session; an empty token ends the cookie."""
    answer = JSONResponse(Next(location=location, notice=notice).model_dump())
    lifetime = settings().session_absolute_days * 86_400
    answer.headers["set-cookie"] = cookies.issue(caller(), token, lifetime)
    return answer
