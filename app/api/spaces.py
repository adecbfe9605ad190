"""Spaces, their documents, and who is in them."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.api.conditions import revision_of, tag
from app.api.failures import errors
from app.api.parameters import GroupId, IdempotencyKey, IfMatch, Key, UserId
from app.gateway.context import actor, viewer
from app.schemas.documents import DocumentPage, FindDocuments
from app.schemas.members import GiveRole, MembersView, MemberView
from app.schemas.spaces import ChangeSpace, CreateSpace, SpaceView
from app.services import documents, members, spaces

router = APIRouter(prefix="/api/v1/spaces", tags=["spaces"])
_CHANGING = errors("FORBIDDEN", "NOT_FOUND", "BAD_REQUEST", "REVISION_CONFLICT", "PRECONDITION_REQUIRED")
_MAKING = errors("FORBIDDEN", "CONFLICT", "IDEMPOTENCY_KEY_REUSED")
_PEOPLE = errors("FORBIDDEN", "NOT_FOUND", "CONFLICT")


@router.get("", summary="List the spaces that you may read", responses=errors("FORBIDDEN"))
async def find() -> tuple[SpaceView, ...]:
    return await spaces.list_for(viewer())


@router.post("", status_code=201, summary="Make a space", responses=_MAKING)
async def create(command: CreateSpace, idempotency_key: IdempotencyKey = "") -> SpaceView:
    return await spaces.create(actor(), command, idempotency_key)


@router.get("/{key}", summary="Read a space's head", responses=errors("NOT_FOUND"))
async def view(key: Key, response: Response) -> SpaceView:
    found = await spaces.view(viewer(), key)
    response.headers["etag"] = tag(found.version, found)
    return found


@router.patch("/{key}", summary="Rename, describe, open or close a space", responses=_CHANGING)
async def change(key: Key, command: ChangeSpace, response: Response, if_match: IfMatch = "") -> SpaceView:
    found = await spaces.change(actor(), key, revision_of(if_match), command)
    response.headers["etag"] = tag(found.version, found)
    return found


@router.post("/{key}/archive", summary="Archive a space", responses=_PEOPLE)
async def archive(key: Key) -> SpaceView:
    return await spaces.archive(actor(), key)


@router.post("/{key}/reopen", summary="Take an archived space back into use", responses=_PEOPLE)
async def reopen(key: Key) -> SpaceView:
    return await spaces.reopen(actor(), key)


@router.get("/{key}/documents", summary="List the documents of a space", responses=errors("NOT_FOUND"))
async def its_documents(key: Key, query: Annotated[FindDocuments, Query()]) -> DocumentPage:
    return await documents.page_of(viewer(), key, query)


@router.get("/{key}/members", summary="List who is in a space", responses=errors("FORBIDDEN", "NOT_FOUND"))
async def its_members(key: Key) -> MembersView:
    return await members.view(actor(), key)


@router.put("/{key}/members/{user_id}", summary="Add somebody, or change their role", responses=_PEOPLE)
async def put_member(key: Key, user_id: UserId, command: GiveRole) -> MemberView:
    return await members.put(actor(), key, user_id, command)


@router.delete(
    "/{key}/members/{user_id}",
    status_code=204,
    response_class=Response,
    summary="Take somebody out of a space",
    responses=_PEOPLE,
)
async def remove_member(key: Key, user_id: UserId) -> None:
    await members.remove(actor(), key, user_id)


@router.put(
    "/{key}/groups/{group_id}",
    status_code=204,
    response_class=Response,
    summary="Add a group, or change its role",
    responses=_PEOPLE,
)
async def put_group(key: Key, group_id: GroupId, command: GiveRole) -> None:
    await members.put_group(actor(), key, group_id, command)


@router.delete(
    "/{key}/groups/{group_id}",
    status_code=204,
    response_class=Response,
    summary="Take a group out of a space",
    responses=_PEOPLE,
)
async def remove_group(key: Key, group_id: GroupId) -> None:
    await members.remove_group(actor(), key, group_id)


@router.post("/{key}/leave", status_code=204, response_class=Response, summary="Leave a space", responses=_PEOPLE)
async def leave(key: Key) -> None:
    await members.leave(actor(), key)
