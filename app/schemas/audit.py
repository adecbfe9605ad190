"""The audit log as it is asked for and shown."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import Field

from app.schemas.base import View
from app.schemas.listing import Listing, Words


class Outcome(StrEnum):
    ok = "ok"
    refused = "refused"


class FindEvents(Listing):
    """`actor` is an id, or a part of a name. Days are in UTC, both included."""

    actor: Words = ""
    action: str = Field(
        "", max_length=60, pattern="^[a-z_:]*$", description="A whole tag, or its beginning up to a colon"
    )
    result: Outcome | None = None
    since: date | None = None
    until: date | None = None


class FindAudit(FindEvents):
    """`actor` may be a part of an address, too. `object` is an id, a document's number, a space's key, or a part of a
    name or an address.
    """

    object: Words = ""


class ExportFormat(StrEnum):
    csv = "csv"
    json = "json"


class ExportAudit(FindAudit):
    format: ExportFormat = ExportFormat.csv


class EventView(View):
    """`actor` and `object` are what they are called today, empty where that is not known any more."""

    id: str
    at: datetime
    actor_id: str | None
    actor: str
    action: str
    label: str
    object_type: str
    object_id: str
    object: str
    result: str
    details: dict[str, Any]


class AuditView(EventView):
    """With where it came from, which is for those who run the site."""

    address: str
    request_id: str
