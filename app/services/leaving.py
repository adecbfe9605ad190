"""Somebody goes: what was theirs goes over in one step, and who they were can be forgotten.

The audit log is not touched by either. It holds ids, so that it stays true, and says nothing about an erased person.
"""

from app.core import clock
from app.core.errors import Conflict
from app.domain.permissions import Permission, SiteRole, SpaceRole
from app.repositories.members import Held
from app.schemas.identity import Actor
from app.schemas.people import HandedOver, HandOver
from app.services import authorize, people
from app.services.access_events import PersonErased, PersonHandedOver
from app.services.unit_of_work import UnitOfWork, unit_of_work
from models import User

NAME = "Erased person"


async def hand_over(actor: Actor, user_id: str, command: HandOver) -> HandedOver:
    """Their documents become the other's, who gets into those spaces as far as needed; where they were the last
    maintainer, the other is it. They leave every space and group, their tokens and sessions end, the account is closed.

    Raises REAUTHENTICATION_REQUIRED, and `Conflict` for oneself and for the only owner of the site.
    """
    authorize.require_fresh(actor)
    async with unit_of_work() as work:
        user = await people.account(work, actor, user_id, Permission.user_hand_over)
        other = await people.somebody(work, command.to)
        if other.id == user.id:
            raise Conflict("Hand over to somebody else.")
        ended = await people.close(work, actor, user) if user.disabled_at is None else 0
        held = await work.members.held_by(user.id)
        groups = await work.groups.of(user.id)
        for one in held:
            await _pass_on(work, one, user, other)
        for space_id in await work.groups.maintained_by(user_id=user.id):
            if not await work.members.has_maintainer(space_id, beside=user.id):
                await work.members.put(space_id, other.id, SpaceRole.maintainer)
        await work.members.give_documents(user.id, other.id)
        await work.members.remove_everywhere(user.id)
        await work.people.uninvite(user.id)
        user.role = SiteRole.member
        await work.users.flush()
        done = HandedOver(
            documents=sum(one.documents for one in held),
            spaces=len(held),
            groups=len(groups),
            sessions=ended,
            tokens=await work.people.revoke_tokens(user.id, clock.now()),
        )
        facts = {"to": other.id, **done.model_dump()}
        work.record(PersonHandedOver(actor_id=actor.user_id, object_id=user.id, details=facts))
    return done


async def erase(actor: Actor, user_id: str) -> None:
    """What says who it was goes: name, address, ways in, sessions with their places. Texts, evidence and the audit
    log keep a pseudonym. Raises `Conflict` while something is still theirs.
    """
    authorize.require_fresh(actor)
    async with unit_of_work() as work:
        user = await people.account(work, actor, user_id, Permission.user_erase)
        if user.erased_at is not None:
            raise Conflict("Nothing says any more who this was.")
        if any(one.documents for one in await work.members.held_by(user.id)):
            raise Conflict("Documents are still theirs: hand them over first.")
        if user.disabled_at is None:
            await people.close(work, actor, user)
        held = await work.members.held_by(user.id)
        own = [one.space.id for one in held if one.role == SpaceRole.maintainer]
        grouped = await work.groups.maintained_by(user_id=user.id)
        for space in await work.spaces.hold({*own, *grouped}):
            if not await work.members.has_maintainer(space.id, beside=user.id):
                raise Conflict(f"Nobody else maintains {space.name}: hand over first.")
        await work.people.forget(user.id)
        await work.outbox.forget(user.email)
        user.name, user.email = NAME, f"{user.id}@erased.invalid"
        user.password_hash, user.can_sign_in, user.role = None, False, SiteRole.member
        user.erased_at = clock.now()
        await work.users.flush()
        work.record(PersonErased(actor_id=actor.user_id, object_id=user.id))


async def _pass_on(work: UnitOfWork, held: Held, user: User, other: User) -> None:
    """One space: who takes over needs a role there for what becomes theirs."""
    space = held.space.id
    theirs = await work.members.role(space, other.id)
    is_last = held.role == SpaceRole.maintainer and not await work.members.has_maintainer(space, beside=user.id)
    if is_last:
        await work.members.put(space, other.id, SpaceRole.maintainer)
    elif theirs is None and held.documents:
        await work.members.put(space, other.id, held.role or SpaceRole.author)
