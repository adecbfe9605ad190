"""What our own forms are told: where to go next, and what to say there."""

from pydantic import BaseModel
from starlette.responses import JSONResponse

from app.core.settings import settings
from app.gateway import cookies
from app.gateway.context import caller


class Next(BaseModel):
    """`location` is a path of this site."""

    location: str
    notice: str = ""


def signed_in(token: str, location: str) -> JSONResponse:
    """Go on with a session; an empty token ends the cookie."""
    answer = JSONResponse(Next(location=location).model_dump())
    lifetime = settings().session_absolute_days * 86_400
    answer.headers["set-cookie"] = cookies.issue(caller(), token, lifetime)
    return answer
