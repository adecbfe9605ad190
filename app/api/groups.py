"""Groups of people, and roles that an installation makes itself."""

from fastapi import APIRouter, Response

from app.api.conditions import revision_of
from app.api.failures import errors
from app.api.parameters import GroupId, IdempotencyKey, IfMatch, RoleId, UserId
from app.gateway.context import actor
from app.schemas.members import (
    ChangeGroup,
    ChangeRole,
    GroupView,
    GroupWithPeople,
    MakeGroup,
    MakeRole,
    RoleView,
)
from app.services import groups, roles

router = APIRouter(prefix="/api/v1", tags=["groups and roles"])
_MAKING = errors("FORBIDDEN", "CONFLICT", "IDEMPOTENCY_KEY_REUSED")
_CHANGING = errors("FORBIDDEN", "NOT_FOUND", "BAD_REQUEST", "CONFLICT", "REVISION_CONFLICT", "PRECONDITION_REQUIRED")
_ADMITTING = errors("FORBIDDEN", "NOT_FOUND")


@router.get("/groups", summary="List groups", responses=errors("FORBIDDEN"))
async def find() -> tuple[GroupView, ...]:
    return await groups.find(actor())


@router.post("/groups", status_code=201, summary="Make a group", responses=_MAKING)
async def make(command: MakeGroup, idempotency_key: IdempotencyKey = "") -> GroupWithPeople:
    return await groups.make(actor(), command, idempotency_key)


@router.get("/groups/{group_id}", summary="Read a group with its people", responses=_ADMITTING)
async def view(group_id: GroupId) -> GroupWithPeople:
    return await groups.view(actor(), group_id)


@router.patch("/groups/{group_id}", summary="Change a group", responses=_CHANGING)
async def change(group_id: GroupId, command: ChangeGroup, if_match: IfMatch = "") -> GroupWithPeople:
    return await groups.change(actor(), group_id, revision_of(if_match), command)


@router.delete(
    "/groups/{group_id}", status_code=204, response_class=Response, summary="Delete a group", responses=_CHANGING
)
async def delete(group_id: GroupId, if_match: IfMatch = "") -> None:
    await groups.delete(actor(), group_id, revision_of(if_match))


@router.put(
    "/groups/{group_id}/members/{user_id}",
    status_code=204,
    response_class=Response,
    summary="Put somebody into a group",
    responses=_ADMITTING,
)
async def put(group_id: GroupId, user_id: UserId) -> None:
    await groups.put(actor(), group_id, user_id)


@router.delete(
    "/groups/{group_id}/members/{user_id}",
    status_code=204,
    response_class=Response,
    summary="Take somebody out of a group",
    responses=errors("FORBIDDEN", "NOT_FOUND", "CONFLICT"),
)
async def take_out(group_id: GroupId, user_id: UserId) -> None:
    await groups.take_out(actor(), group_id, user_id)


@router.get("/roles", summary="List roles with their permissions", responses=errors("FORBIDDEN"))
async def every_role() -> tuple[RoleView, ...]:
    return await roles.find(actor())


@router.post("/roles", status_code=201, summary="Make a role", responses=_MAKING)
async def make_role(command: MakeRole, idempotency_key: IdempotencyKey = "") -> RoleView:
    return await roles.make(actor(), command, idempotency_key)


@router.patch("/roles/{role_id}", summary="Change a custom role", responses=_CHANGING)
async def change_role(role_id: RoleId, command: ChangeRole, if_match: IfMatch = "") -> RoleView:
    return await roles.change(actor(), role_id, revision_of(if_match), command)


@router.delete(
    "/roles/{role_id}", status_code=204, response_class=Response, summary="Delete a custom role", responses=_CHANGING
)
async def delete_role(role_id: RoleId, if_match: IfMatch = "") -> None:
    await roles.delete(actor(), role_id, revision_of(if_match))
