"""Documents shared beyond their space: with people by name, with whoever has a link."""

from datetime import timedelta

from app.core import clock, ids
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.settings import settings
from app.domain.permissions import INVITED, Permission
from app.schemas.identity import Actor
from app.schemas.sharing import Invite, LinkOf, LinkView, MakeLink, NewLink, SharedWith, SharingView
from app.services import authorize, badges, documents, once, people, views
from app.services.access_events import (
    DocumentInvited,
    DocumentUninvited,
    ShareLinkMade,
    ShareLinkRevoked,
)
from app.services.unit_of_work import reading, unit_of_work
from models import ShareLink, User

MOST_LINKS = 20
SECRET_CHARACTERS = 43


async def view(actor: Actor, number: str) -> SharingView:
    async with reading() as data:
        seen = await documents.find(data, actor, number, Permission.share_read)
        shared = await data.sharing.people(seen.document.id)
        links = await data.sharing.links(seen.document.id, clock.now())
    return SharingView(
        owner=seen.owner.name,
        people=tuple(_shared(user, role) for user, role in shared),
        links=tuple(_link(link, user) for link, user in links),
        may_invite=Permission.share_invite in seen.rights,
        may_link=Permission.share_link in seen.rights and settings().public_sharing,
        badge=badges.markdown(seen),
    )


async def invite(actor: Actor, number: str, user_id: str, command: Invite) -> SharedWith:
    """To this document alone; inviting again gives another role."""
    if command.role not in INVITED:
        raise Invalid("Somebody is invited as author, reviewer or reader.", details={"field": "role"})
    async with unit_of_work() as work:
        seen = await documents.hold(work, actor, number, Permission.share_invite)
        user = await people.somebody(work, user_id)
        await work.sharing.put(seen.document.id, user.id, command.role)
        facts = {"user_id": user.id, "role": command.role}
        work.record(DocumentInvited(actor_id=actor.user_id, object_id=seen.document.id, details=facts))
    return _shared(user, command.role)


async def uninvite(actor: Actor, number: str, user_id: str) -> None:
    async with unit_of_work() as work:
        seen = await documents.find(work, actor, number, Permission.share_invite)
        if not await work.sharing.remove(seen.document.id, user_id):
            raise authorize.absent("invitation")
        facts = {"user_id": user_id}
        work.record(DocumentUninvited(actor_id=actor.user_id, object_id=seen.document.id, details=facts))


async def make_link(actor: Actor, number: str, command: MakeLink, key: str = "") -> NewLink:
    """Whoever has it reads the newest text, until it expires."""
    secret, now = ids.new_secret(), clock.now()
    async with unit_of_work() as work:
        seen = await documents.hold(work, actor, number, Permission.share_link)
        if not settings().public_sharing:
            raise Forbidden("Links are switched off on this site (PLUMBLINE_PUBLIC_SHARING).")
        attempt = await once.begin(work, actor, key, LinkOf(document_id=seen.document.id, **command.model_dump()))
        if attempt.answered is not None:
            return NewLink.model_validate(attempt.answered)
        if await work.sharing.count_links(seen.document.id, now) >= MOST_LINKS:
            raise Conflict(f"This document has {MOST_LINKS} links: revoke one that is no longer needed.")
        link = ShareLink(
            document_id=seen.document.id,
            digest=ids.digest(secret),
            made_by=actor.user_id,
            created_at=now,
            expires_at=now + timedelta(days=command.days),
        )
        await work.sharing.add_link(link)
        facts = {"link_id": link.id, "days": command.days}
        work.record(ShareLinkMade(actor_id=actor.user_id, object_id=seen.document.id, details=facts))
        shown = LinkView(id=link.id, made_by=actor.name, created_at=link.created_at, expires_at=link.expires_at)
        return await attempt.end(NewLink(link=shown, url=f"{settings().public_url}/auth/share/{secret}"), secret=True)


async def revoke_link(actor: Actor, number: str, link_id: str) -> None:
    """At once, for whoever has it open as well."""
    async with unit_of_work() as work:
        seen = await documents.find(work, actor, number, Permission.share_link)
        if not await work.sharing.revoke(seen.document.id, link_id, clock.now()):
            raise authorize.absent("link")
        facts = {"link_id": link_id}
        work.record(ShareLinkRevoked(actor_id=actor.user_id, object_id=seen.document.id, details=facts))


async def follow(secret: str) -> str:
    """The path that a link leads to: its document's, or that of the page which says that the link leads nowhere."""
    is_one = len(secret) == SECRET_CHARACTERS and secret.isascii() and settings().public_sharing
    async with reading() as data:
        found = await data.sharing.target(ids.digest(secret), clock.now()) if is_one else None
    return f"/d/{found[0]}-{found[1]}" if found else "/link-ended"


def _shared(user: User, role: str) -> SharedWith:
    return SharedWith.model_validate(
        {"user_id": user.id, "name": user.name, "initials": views.initials(user.name), "role": role}
    )


def _link(link: ShareLink, user: User) -> LinkView:
    return LinkView(id=link.id, made_by=user.name, created_at=link.created_at, expires_at=link.expires_at)
