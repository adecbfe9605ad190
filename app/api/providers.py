"""The way to identity providers and back: for browsers, each ends in another document."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request, Response
from pydantic import SecretStr
from starlette.responses import JSONResponse

from app.api.answers import Next
from app.api.failures import errors
from app.api.navigation import Navigation, gone_on, to_provider, with_visit
from app.core.errors import BadRequest
from app.gateway import cookies
from app.gateway.context import actor, caller
from app.gateway.pages import local_path
from app.schemas.joining import UseLink
from app.schemas.providers import ComeBack, Left
from app.services import visits

router = APIRouter(prefix="/auth/providers/{provider}", tags=["auth"], route_class=Navigation)
_REFUSED = ("INVALID_CREDENTIALS", "FORBIDDEN", "REAUTHENTICATION_REQUIRED", "CONFLICT", "LINK_REQUIRED")
_FAILURES = ("BAD_REQUEST", "NOT_FOUND", "UNAVAILABLE", *_REFUSED)
_LEAVING = ("UNAUTHENTICATED", "FORBIDDEN", "NOT_FOUND", "UNAVAILABLE")
_LINKING = (*_LEAVING, "REAUTHENTICATION_REQUIRED")
_ACCEPTING = ("INVALID_CREDENTIALS", "NOT_FOUND", "RATE_LIMITED", "UNAVAILABLE")
Place = Annotated[str, Query(max_length=4096, alias="next")]
Field = Annotated[str, Form(max_length=4096, alias="next")]
Short = Annotated[str, Query(max_length=300)]
Long = Annotated[str, Query(max_length=4096)]
Token = Annotated[SecretStr, Form(max_length=200)]
Name = Annotated[str, Path(max_length=40)]
Reason = Annotated[str, Query(max_length=100)]


@router.get("/start", summary="Leave for a provider", status_code=303, responses=errors("NOT_FOUND", "UNAVAILABLE"))
async def start(provider: Name, back: Place = "") -> Response:
    return to_provider(await visits.leave_to_sign_in(provider, local_path(back or "/documents")))


@router.get("/callback", summary="Come back from a provider", status_code=303, responses=errors(*_FAILURES))
async def come_back(
    request: Request, provider: Name, state: Short = "", code: Long = "", iss: Short | None = None, error: Reason = ""
) -> Response:
    if len(request.query_params.multi_items()) > len(request.query_params):
        raise BadRequest("A parameter of this address stands there twice.")
    kept = cookies.read(request.scope, caller(), cookies.VISIT)
    brought = ComeBack(provider=provider, browser=kept, state=state, code=code, issuer=iss, error=error)
    return gone_on(await visits.come_back(brought, caller().actor))


@router.post("/link", summary="Leave to connect an identity", responses=errors(*_LINKING))
async def link(provider: Name, back: Field = "") -> Response:
    return _left(await visits.leave_to_link(actor(), provider, local_path(back or "/settings/identities")))


@router.post("/confirm", summary="Leave to prove again who it is", responses=errors(*_LEAVING))
async def confirm(provider: Name, back: Field = "") -> Response:
    return _left(await visits.leave_to_confirm(actor(), provider, local_path(back or "/settings/identities")))


@router.post("/invitation", summary="Leave to accept an invitation", responses=errors(*_ACCEPTING))
async def invitation(provider: Name, token: Token) -> Response:
    return _left(await visits.leave_to_accept(provider, UseLink(token=token)))


def _left(left: Left) -> Response:
    return with_visit(JSONResponse(Next(location=left.url).model_dump()), left)
