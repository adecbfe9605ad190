"""Mails as those who run the site see them: to whom and about what; what one says is asked for by itself."""

from datetime import datetime

from app.schemas.base import View
from app.schemas.jobs import JobState
from app.schemas.listing import Listing, Words


class FindMails(Listing):
    """`to` is a part of the receiver's address."""

    to: Words = ""
    state: JobState | None = None


class MailView(View):
    """`is_kept` says that what it says can still be read."""

    id: str
    to: str
    subject: str
    state: JobState
    attempts: int
    created_at: datetime
    ended_at: datetime | None
    last_error: str
    is_kept: bool


class MailText(View):
    """`link` is the first link to this site in it, or empty."""

    id: str
    to: str
    subject: str
    text: str
    link: str
