"""Accounts of others: who there is, and what those who look after accounts do with them."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.api.failures import errors
from app.api.parameters import UserId
from app.gateway.context import actor
from app.schemas.listing import Listed
from app.schemas.people import ChangePerson, FindPeople, HandedOver, HandOver, PersonView
from app.services import leaving, people, second_factors

router = APIRouter(prefix="/api/v1/users", tags=["people"])
_ACTING = errors("FORBIDDEN", "NOT_FOUND", "CONFLICT")
_GRAVE = errors("FORBIDDEN", "REAUTHENTICATION_REQUIRED", "NOT_FOUND", "CONFLICT")


@router.get("", summary="List people", responses=errors("FORBIDDEN"))
async def find(query: Annotated[FindPeople, Query()]) -> Listed[PersonView]:
    return await people.find(actor(), query)


@router.patch("/{user_id}", summary="Change somebody's role on the site", responses=_GRAVE)
async def change(user_id: UserId, command: ChangePerson) -> PersonView:
    return await people.set_role(actor(), user_id, command)


@router.post(
    "/{user_id}/disable", status_code=204, response_class=Response, summary="Close an account", responses=_ACTING
)
async def disable(user_id: UserId) -> None:
    await people.disable(actor(), user_id)


@router.post(
    "/{user_id}/enable", status_code=204, response_class=Response, summary="Open an account again", responses=_ACTING
)
async def enable(user_id: UserId) -> None:
    await people.enable(actor(), user_id)


@router.delete(
    "/{user_id}/second-factor",
    status_code=204,
    response_class=Response,
    summary="Turn somebody's second factor off",
    responses=_GRAVE,
)
async def turn_second_factor_off(user_id: UserId) -> None:
    await second_factors.remove_for(actor(), user_id)


@router.post("/{user_id}/hand-over", summary="Hand over all that is somebody's", responses=_GRAVE)
async def hand_over(user_id: UserId, command: HandOver) -> HandedOver:
    return await leaving.hand_over(actor(), user_id, command)


@router.delete(
    "/{user_id}", status_code=204, response_class=Response, summary="Forget who somebody was", responses=_GRAVE
)
async def erase(user_id: UserId) -> None:
    await leaving.erase(actor(), user_id)
