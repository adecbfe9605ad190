"""Mails, for those who run the site."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.failures import errors
from app.api.parameters import MailId
from app.gateway.context import actor
from app.schemas.listing import Listed
from app.schemas.mails import FindMails, MailText, MailView
from app.services import mails

router = APIRouter(prefix="/api/v1/mails", tags=["admin"])


@router.get("", summary="List mails", responses=errors("FORBIDDEN"))
async def find(query: Annotated[FindMails, Query()]) -> Listed[MailView]:
    return await mails.find(actor(), query)


@router.get(
    "/{mail_id}",
    summary="Read a mail",
    description="Audited. A mail that was sent by a mail server is not kept.",
    responses=errors("FORBIDDEN", "REAUTHENTICATION_REQUIRED", "NOT_FOUND"),
)
async def read(mail_id: MailId) -> MailText:
    return await mails.read(actor(), mail_id)
