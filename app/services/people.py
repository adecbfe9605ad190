"""Accounts of others: who there is, their roles on the site, closing and opening them. One's own is `profiles`."""

from datetime import datetime

from app.core import clock
from app.core.errors import Conflict
from app.domain.permissions import Permission, SiteRole, over_account
from app.schemas.identity import Actor, Viewer
from app.schemas.listing import Listed
from app.schemas.people import ChangePerson, FindPeople, PersonState, PersonView
from app.services import authorize, views
from app.services.access_events import PersonDisabled, PersonEnabled, RoleChanged
from app.services.unit_of_work import Reading, UnitOfWork, reading, unit_of_work
from models import User

APPOINTED = frozenset({SiteRole.owner, SiteRole.admin})
"""Roles that only who may appoint gives and takes."""


async def find(actor: Actor, query: FindPeople) -> Listed[PersonView]:
    """By name: people who may sign in; for those who look after accounts everybody, with what they need for that."""
    async with reading() as data:
        rights = await authorize.require_on_site(data, actor, Permission.user_read)
        looks_after = Permission.user_change in rights
        if not looks_after:
            query = query.model_copy(update={"role": None, "state": None})
        part = await data.people.find(query, all_states=looks_after)
    items = tuple(_view(user, seen if looks_after else None, full=looks_after) for user, seen in part.rows)
    return Listed(items=items, next_cursor=part.next_cursor, total=part.total, is_cut=part.is_cut)


async def set_role(actor: Actor, user_id: str, command: ChangePerson) -> PersonView:
    """Raises `Conflict` when the site would be without an owner, REAUTHENTICATION_REQUIRED where owners or admins are
    made or unmade.
    """
    async with unit_of_work() as work:
        user = await account(work, actor, user_id, Permission.user_change)
        if user.role is command.role:
            raise Conflict("They have this role already.")
        if APPOINTED & {user.role, command.role}:
            await authorize.require_on_site(work, actor, Permission.user_appoint)
            authorize.require_fresh(actor)
        await _keep_an_owner(work, user)
        facts = {"role": command.role, "was": user.role}
        user.role = command.role
        await work.users.flush()
        work.record(RoleChanged(actor_id=actor.user_id, object_id=user.id, details=facts))
    return _view(user, None, full=True)


async def disable(actor: Actor, user_id: str) -> None:
    """Ends their sessions at once. What they own and hold stays, for when they are let in again."""
    async with unit_of_work() as work:
        user = await account(work, actor, user_id, Permission.user_disable)
        if user.disabled_at is not None:
            raise Conflict("This account is disabled already.")
        await close(work, actor, user)


async def close(work: UnitOfWork, actor: Actor, user: User) -> int:
    """For services, inside their unit of work, the permission checked; gives how many sessions ended."""
    if user.id == actor.user_id:
        raise Conflict("This is your own account: somebody else has to close it.")
    await _keep_an_owner(work, user)
    now = clock.now()
    user.disabled_at = now
    await work.users.flush()
    ended = await work.people.end_sessions(user.id, now)
    work.record(PersonDisabled(actor_id=actor.user_id, object_id=user.id, details={"ended": ended}))
    return ended


async def enable(actor: Actor, user_id: str) -> None:
    """They may sign in again, as what they were."""
    async with unit_of_work() as work:
        user = await account(work, actor, user_id, Permission.user_disable)
        if user.disabled_at is None or user.erased_at is not None:
            raise Conflict("This account is not disabled, or was erased for good.")
        user.disabled_at = None
        await work.users.flush()
        work.record(PersonEnabled(actor_id=actor.user_id, object_id=user.id))


async def account(work: UnitOfWork, actor: Actor, user_id: str, permission: Permission) -> User:
    """For services: somebody's account that the actor may act on like this; held until the end of the transaction."""
    rights = await authorize.require_on_site(work, actor, permission)
    user = await work.people.lock(user_id)
    if user is None:
        raise authorize.absent("person")
    theirs = (await work.standings.site(Viewer(user_id=user.id))).rights
    if permission not in over_account(rights, theirs):
        authorize.require(actor, Permission.user_appoint, rights)
    return user


async def somebody(data: Reading, user_id: str) -> User:
    """For services: a person who may sign in, to be given something."""
    user = await data.users.get(user_id)
    if user is None or not user.may_sign_in:
        raise authorize.absent("person")
    return user


async def _keep_an_owner(work: UnitOfWork, user: User) -> None:
    is_owner = user.role is SiteRole.owner and user.disabled_at is None
    if is_owner and not await work.people.has_owner(beside=user.id):
        raise Conflict("This is the only owner of the site: make somebody else an owner first.")


def _view(user: User, seen: datetime | None, *, full: bool) -> PersonView:
    state = PersonState.erased if user.erased_at else PersonState.disabled if user.disabled_at else PersonState.active
    view = PersonView(id=user.id, name=user.name, initials=views.initials(user.name), email=user.email)
    if not full:
        return view
    known = {"role": user.role, "state": state, "created_at": user.created_at, "last_seen_at": seen}
    return view.model_copy(update=known)
