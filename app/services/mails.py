"""Mails that wait, failed or were sent, for those who run the site. Without a mail server this is how a link reaches
its person: somebody reads the mail here and passes the link on, and that is audited.
"""

import re

from app.adapters import mail
from app.core import clock
from app.core.settings import settings
from app.domain.permissions import Permission, SiteRole, over_account
from app.repositories.jobs import state_of
from app.schemas.identity import Actor, Viewer
from app.schemas.jobs import JobState
from app.schemas.listing import Listed
from app.schemas.mails import FindMails, MailText, MailView
from app.services import authorize
from app.services.events import MailRead
from app.services.unit_of_work import reading, unit_of_work
from models import OutboxRow

_APPOINTED = frozenset({SiteRole.owner, SiteRole.admin})


async def find(actor: Actor, query: FindMails) -> Listed[MailView]:
    """Newest first."""
    now = clock.now()
    async with reading() as data:
        await authorize.require_on_site(data, actor, Permission.outbox_read)
        part = await data.mails.find(query, now)
    items = tuple(_view(row, state_of(row, now)) for row in part.rows)
    return Listed(items=items, next_cursor=part.next_cursor, total=part.total, is_cut=part.is_cut)


async def read(actor: Actor, mail_id: str) -> MailText:
    """What a mail says. Its link may sign somebody in, or make whoever opens it an owner: so it takes a fresh sign-in,
    more standing than its receiver has or is invited to, and is audited. Raises `NotFound` when there is no such mail
    or what it said is not kept.
    """
    async with reading() as data:
        rights = await authorize.require_on_site(data, actor, Permission.outbox_copy)
        authorize.require_fresh(actor)
        row = await data.mails.get(mail_id)
        to = str(row.payload.get("to", "")) if row else ""
        receiver = await data.users.by_email(to)
        if receiver is not None:
            theirs = (await data.standings.site(Viewer(user_id=receiver.id))).rights
            authorize.require(actor, Permission.outbox_copy, over_account(rights, theirs))
        elif any(link.email == to and link.role in _APPOINTED for link in await data.links.invitations(clock.now())):
            authorize.require(actor, Permission.user_appoint, rights)
    text = (row.payload.get("text") or await mail.text_in_folder(settings(), row.id)) if row else None
    if row is None or not text:
        raise authorize.absent("mail")
    async with unit_of_work() as work:
        details = {"user_id": receiver.id if receiver else None}
        work.record(MailRead(actor_id=actor.user_id, object_id=row.id, details=details))
    return MailText(id=row.id, to=to, subject=str(row.payload.get("subject", "")), text=text, link=link_in(text))


def link_in(text: str) -> str:
    """The first address of this site in a text, or empty."""
    found = re.search(re.escape(settings().public_url) + r"/[^\s<>\"]*", text)
    return found[0].rstrip(".,;:!?)") if found else ""


def _view(row: OutboxRow, state: JobState) -> MailView:
    in_folder = state is JobState.done and not settings().smtp_host
    return MailView(
        id=row.id,
        to=str(row.payload.get("to", "")),
        subject=str(row.payload.get("subject", "")),
        state=state,
        attempts=row.attempts,
        created_at=row.created_at,
        ended_at=row.done_at or row.failed_at,
        last_error=row.last_error,
        is_kept="text" in row.payload or in_folder,
    )
