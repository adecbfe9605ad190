"""Everybody's personal access tokens, for those who run the site."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.api.failures import errors
from app.api.parameters import TokenId
from app.gateway.context import actor
from app.schemas.listing import Listed
from app.schemas.tokens import FindTokens, IssuedTokenView
from app.services import issued_tokens

router = APIRouter(prefix="/api/v1/tokens", tags=["admin"])


@router.get("", summary="List personal tokens of everybody", responses=errors("FORBIDDEN"))
async def find(query: Annotated[FindTokens, Query()]) -> Listed[IssuedTokenView]:
    return await issued_tokens.find(actor(), query)


@router.delete(
    "/{token_id}",
    summary="Revoke anybody's token",
    status_code=204,
    response_class=Response,
    responses=errors("FORBIDDEN", "NOT_FOUND"),
)
async def revoke(token_id: TokenId) -> None:
    await issued_tokens.revoke(actor(), token_id)
