"""Inviting people: a link that makes an account, or gives a role to whoever has one, each once.

What the inviter may not give they cannot invite to; whether they still may is asked again when it is accepted.
"""

from app.core import clock, passwords
from app.core.errors import AppError, Conflict, Forbidden, Invalid, InvalidCredentials
from app.domain.permissions import BUILT_IN, Level, Permission, Role, SiteRole, may_give
from app.repositories.spaces import SeenSpace
from app.schemas.identity import Actor, Viewer
from app.schemas.joining import AcceptInvitation, InvitationMade, InvitationView, MakeInvitation, UseLink
from app.services import authorize, browser_sessions, letters, links, once, person, spaces
from app.services.events import AccountMade, InvitationAccepted, InvitationWithdrawn, Invited
from app.services.unit_of_work import Reading, UnitOfWork, reading, unit_of_work
from models import Link, LinkKind, User

_APPOINTED = frozenset({SiteRole.owner, SiteRole.admin})


async def make(actor: Actor, command: MakeInvitation, key: str = "") -> InvitationMade:
    """The link is mailed, and shown here once. Owners and admins are invited with a fresh sign-in only."""
    email = person.email(command.email)
    if (command.space is None) != (command.space_role is None):
        raise Invalid("A space and the role in it go together.", details={"field": "space_role"})
    if command.role in _APPOINTED:
        authorize.require_fresh(actor)
    async with unit_of_work() as work:
        seen = await _require(work, actor, command.role, command.space, command.space_role)
        attempt = await once.begin(work, actor, key, command)
        if attempt.answered is not None:
            return InvitationMade.model_validate(attempt.answered)
        known = await work.users.by_email(email)
        if known is not None and (seen is None or await _is_in(work, known, seen)):
            raise Conflict("Whoever has this address is there already.", details={"field": "email"})
        terms = links.Terms(
            role=command.role,
            space_id=seen.space.id if seen else None,
            space_role=command.space_role,
            made_by=actor.user_id,
        )
        made = await links.make(work, LinkKind.invitation, email, terms)
        details = {"role": command.role, "space": command.space, "space_role": command.space_role}
        work.record(Invited(actor_id=actor.user_id, object_id=made.id, details=details))
        letter = letters.invitation(made.url, actor.name, seen.space.name if seen else "")
        await letters.post(work, email, letter)
        told = InvitationMade(id=made.id, email=email, link=made.url, expires_at=made.expires_at)
        return await attempt.end(told, secret=True)


async def open_ones(actor: Actor) -> tuple[InvitationView, ...]:
    """All that wait to be accepted, newest first."""
    async with reading() as data:
        await authorize.require_on_site(data, actor, Permission.user_invite)
        return tuple([await _view(data, link) for link in await data.links.invitations(clock.now())])


async def withdraw(actor: Actor, invitation_id: str) -> None:
    """Raises `NotFound` for what is no open invitation."""
    async with unit_of_work() as work:
        await authorize.require_on_site(work, actor, Permission.user_invite)
        if not await work.links.withdraw(invitation_id):
            raise authorize.absent("invitation")
        work.record(InvitationWithdrawn(actor_id=actor.user_id, object_id=invitation_id))


async def accept_new(command: AcceptInvitation, address: str, user_agent: str) -> str:
    """The account, and the secret of its first session. A name or password that is refused leaves the link good."""
    token = command.token.get_secret_value()
    async with reading() as data:
        link = await links.opened(data, LinkKind.invitation, token)
    user = User(email=link.email, name=person.name(command.name), role=SiteRole(link.role or SiteRole.member))
    password = command.password.get_secret_value()
    passwords.refuse_weak(password)
    user.password_hash = await passwords.hashed(password)
    async with unit_of_work() as work:
        link = await links.spend(work, LinkKind.invitation, token)
        if not await work.users.add_new(user):
            raise Conflict("An account with this address exists: sign in, then accept.", details={"field": "email"})
        work.record(AccountMade(actor_id=user.id, object_id=user.id, details={"by": "invitation"}))
        await join(work, link, user)
        return await browser_sessions.start(work, user, address, user_agent)


async def accept(actor: Actor, command: UseLink) -> None:
    """For somebody who has an account with the invited address."""
    authorize.require_person(actor)
    async with unit_of_work() as work:
        link = await links.spend(work, LinkKind.invitation, command.token.get_secret_value())
        user = await work.users.get(actor.user_id)
        if user is None or user.email != link.email:
            raise Forbidden(f"This invitation is for {link.email}: sign in with that account.")
        if BUILT_IN[user.role].permissions < BUILT_IN[link.role or SiteRole.member].permissions:
            await work.users.appoint(user.id, SiteRole(link.role or SiteRole.member))
        await join(work, link, user)


async def join(work: UnitOfWork, link: Link, user: User) -> None:
    """What the link gives besides the account. Raises `InvalidCredentials` when its maker may not give it any more."""
    space = await work.spaces.get(link.space_id) if link.space_id else None
    if link.made_by is not None:
        try:
            inviter = Viewer(user_id=link.made_by)
            role = SiteRole(link.role or SiteRole.member)
            seen = await _require(work, inviter, role, space.key if space else None, link.space_role)
        except AppError:
            raise InvalidCredentials(
                "Whoever made this invitation may not give it any more: ask for another."
            ) from None
        if seen is not None and link.space_role and not await _is_in(work, user, seen):
            await work.spaces.add_member(seen.space.id, user.id, link.space_role)
    details = {"user": user.id, "role": link.role, "space": space.key if space else None, "space_role": link.space_role}
    work.record(InvitationAccepted(actor_id=user.id, object_id=link.id, details=details))


async def _require(
    data: Reading, inviter: Viewer, role: SiteRole, space: str | None, space_role: str | None
) -> SeenSpace | None:
    """The space, if there is one; raises unless the inviter may give both roles."""
    rights = await authorize.require_on_site(data, inviter, Permission.user_invite)
    if role in _APPOINTED:
        authorize.require(inviter, Permission.user_appoint, rights)
    if not may_give(rights, BUILT_IN[role]):
        raise Forbidden(f"The role {BUILT_IN[role].name} holds more than you do.")
    if space is None or space_role is None:
        return None
    seen = await spaces.find(data, inviter, space, Permission.member_add)
    if not may_give(seen.rights, await _space_role(data, space_role)):
        raise Forbidden("That role holds more than you do in this space.")
    return seen


async def _space_role(data: Reading, key: str) -> Role:
    found = (await data.standings.roles(key)).get(key)
    if found is None or found.level is not Level.space:
        raise Invalid("There is no such role in a space.", details={"field": "space_role"})
    return found


async def _is_in(data: Reading, user: User, seen: SeenSpace) -> bool:
    theirs = await data.spaces.seen(Viewer(user_id=user.id), seen.space.key)
    return theirs is not None and bool(theirs.roles)


async def _view(data: Reading, link: Link) -> InvitationView:
    space = await data.spaces.get(link.space_id) if link.space_id else None
    inviter = await data.users.get(link.made_by) if link.made_by else None
    return InvitationView(
        id=link.id,
        email=link.email,
        role=link.role or SiteRole.member,
        space=space.key if space else "",
        space_role=link.space_role or "",
        inviter=inviter.name if inviter else "",
        created_at=link.created_at,
        expires_at=link.expires_at,
    )
