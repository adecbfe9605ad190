"""Documents shared beyond their space: people by name, links, and the address that a link is."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from starlette.responses import RedirectResponse

from app.api.failures import errors
from app.api.parameters import IdempotencyKey, LinkId, Number, UserId
from app.gateway import cookies
from app.gateway.context import actor, caller
from app.schemas.sharing import Invite, MakeLink, NewLink, SharedWith, SharingView
from app.services import sharing

router = APIRouter(tags=["sharing"])
_OF = "/api/v1/documents/{number}"
_SHARING = errors("FORBIDDEN", "NOT_FOUND")


@router.get(f"{_OF}/sharing", summary="See with whom a document is shared", responses=_SHARING)
async def view(number: Number) -> SharingView:
    return await sharing.view(actor(), number)


@router.put(f"{_OF}/sharing/people/{{user_id}}", summary="Invite somebody to a document", responses=_SHARING)
async def invite(number: Number, user_id: UserId, command: Invite) -> SharedWith:
    return await sharing.invite(actor(), number, user_id, command)


@router.delete(
    f"{_OF}/sharing/people/{{user_id}}",
    status_code=204,
    response_class=Response,
    summary="Take an invitation back",
    responses=_SHARING,
)
async def uninvite(number: Number, user_id: UserId) -> None:
    await sharing.uninvite(actor(), number, user_id)


@router.post(
    f"{_OF}/sharing/links",
    status_code=201,
    summary="Make a link to a document",
    responses=errors("FORBIDDEN", "NOT_FOUND", "CONFLICT", "IDEMPOTENCY_KEY_REUSED"),
)
async def make_link(number: Number, command: MakeLink, idempotency_key: IdempotencyKey = "") -> NewLink:
    return await sharing.make_link(actor(), number, command, idempotency_key)


@router.delete(
    f"{_OF}/sharing/links/{{link_id}}",
    status_code=204,
    response_class=Response,
    summary="Revoke a link",
    responses=_SHARING,
)
async def revoke_link(number: Number, link_id: LinkId) -> None:
    await sharing.revoke_link(actor(), number, link_id)


@router.get(
    "/auth/share/{secret}",
    status_code=303,
    response_class=RedirectResponse,
    summary="Follow a link to a document",
)
async def follow(secret: Annotated[str, Path(max_length=100)], request: Request) -> RedirectResponse:
    location = await sharing.follow(secret)
    headers = {"set-cookie": cookies.with_link(request.scope, caller(), secret)} if "/d/" in location else {}
    return RedirectResponse(location, 303, headers)
