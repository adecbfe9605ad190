"""Spaces: those that the viewer may see, and new ones."""

import re

from app.core import clock
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.settings import settings
from app.domain.permissions import Permission, SpaceRole, Visibility
from app.repositories.spaces import SeenSpace
from app.schemas.identity import Actor, Viewer
from app.schemas.spaces import ChangeSpace, CreateSpace, SpaceView
from app.services import authorize, giving, once
from app.services.access_events import SpaceArchived, SpaceChanged, SpaceReopened
from app.services.events import SpaceCreated
from app.services.unit_of_work import Reading, UnitOfWork, reading, unit_of_work
from models import Space, User

_KEY = re.compile(r"[A-Z][A-Z0-9]{1,9}", re.ASCII)
MAX_DESCRIPTION = 1000


async def list_for(viewer: Viewer) -> tuple[SpaceView, ...]:
    """By name, the sample last: those that the viewer may read, by a role or because they are open."""
    authorize.require_known(viewer, Permission.space_read)
    async with reading() as data:
        return tuple(map(view_of, await data.spaces.readable_by(viewer)))


async def create(actor: Actor, command: CreateSpace, key: str = "") -> SpaceView:
    """The actor becomes its maintainer."""
    async with reading() as data:
        await authorize.require_on_site(data, actor, Permission.space_create)
    if not _KEY.fullmatch(command.key):
        raise Invalid("A key has 2 to 10 capitals and digits and begins with a capital.", details={"field": "key"})
    name, described = accept_name(command.name), accept_description(command.description)
    _refuse_public(command.visibility)
    async with unit_of_work() as work:
        await authorize.require_on_site(work, actor, Permission.space_create)
        attempt = await once.begin(work, actor, key, command)
        if attempt.answered is not None:
            return SpaceView.model_validate(attempt.answered)
        if await work.spaces.key_is_taken(command.key):
            raise Conflict(f"The key {command.key} is taken: choose another.", details={"field": "key"})
        space = Space(key=command.key, name=name, description=described, visibility=command.visibility)
        await _store(work, space, actor.user_id)
        return await attempt.end(view_of(await find(work, actor, command.key)))


async def view(viewer: Viewer, key: str, permission: Permission = Permission.space_read) -> SpaceView:
    """Asked for with `permission`, only for who has that too."""
    async with reading() as data:
        return view_of(await find(data, viewer, key, permission))


async def change(actor: Actor, key: str, version: int, command: ChangeSpace) -> SpaceView:
    """Raises REVISION_CONFLICT when it was changed since `version`."""
    asked = command.model_dump(exclude_none=True)
    if "name" in asked:
        asked["name"] = accept_name(asked["name"])
    if "description" in asked:
        asked["description"] = accept_description(asked["description"])
    async with unit_of_work() as work:
        seen = await find(work, actor, key)
        if "visibility" in asked:
            authorize.require(actor, Permission.space_publish, seen.rights)
            _refuse_public(asked["visibility"])
        if not asked or asked.keys() - {"visibility"}:
            authorize.require(actor, Permission.space_update, seen.rights)
        if not await work.spaces.change(seen.space.id, version, **asked):
            raise giving.changed_meanwhile(seen.space.version)
        facts = {"fields": sorted(asked), "visibility": asked.get("visibility", seen.space.visibility)}
        work.record(SpaceChanged(actor_id=actor.user_id, object_id=seen.space.id, details=facts))
    return await view(actor, key)


async def archive(actor: Actor, key: str) -> SpaceView:
    """Read only from now on, whatever anybody's role."""
    async with unit_of_work() as work:
        seen = await find(work, actor, key, Permission.space_archive)
        if seen.space.archived_at is not None:
            raise Conflict("This space is archived already.")
        await work.spaces.change(seen.space.id, seen.space.version, archived_at=clock.now())
        work.record(SpaceArchived(actor_id=actor.user_id, object_id=seen.space.id))
    return await view(actor, key)


async def reopen(actor: Actor, key: str) -> SpaceView:
    """Back into use, with the roles that everybody had."""
    async with unit_of_work() as work:
        seen = await find(work, actor, key, Permission.space_archive)
        if seen.space.archived_at is None:
            raise Conflict("This space is in use.")
        await work.spaces.change(seen.space.id, seen.space.version, archived_at=None)
        work.record(SpaceReopened(actor_id=actor.user_id, object_id=seen.space.id))
    return await view(actor, key)


async def add_first(work: UnitOfWork, owner: User) -> Space:
    """The space everybody begins with."""
    return await add(work, "GEN", "General", owner.id)


async def add(work: UnitOfWork, key: str, name: str, maintainer_id: str, *, is_sample: bool = False) -> Space:
    """For services, inside their unit of work; the key was checked."""
    return await _store(work, Space(key=key, name=name, is_sample=is_sample), maintainer_id)


async def find(data: Reading, viewer: Viewer, key: str, permission: Permission = Permission.space_read) -> SeenSpace:
    """For services: the space if the viewer may see it and has the permission there; forbidden and absent are the same
    `NotFound`.
    """
    seen = await data.spaces.seen(viewer, key) if _KEY.fullmatch(key) else None
    if seen is None:
        raise authorize.absent("space", viewer)
    authorize.require(viewer, permission, seen.rights)
    return seen


def view_of(seen: SeenSpace) -> SpaceView:
    space = seen.space
    return SpaceView(
        key=space.key,
        name=space.name,
        description=space.description,
        visibility=space.visibility,
        is_archived=space.archived_at is not None,
        documents=seen.documents,
        roles=seen.roles,
        permissions=tuple(sorted(seen.rights.permissions)),
        version=space.version,
    )


def accept_name(value: str) -> str:
    name = " ".join(value.split())
    if not name or len(name) > 120 or not name.isprintable():
        raise Invalid("A name has 1 to 120 visible characters.", details={"field": "name"})
    return name


def accept_description(value: str) -> str:
    """Lines of text; control characters are refused."""
    text = value.strip().replace("\r\n", "\n")
    if len(text) > MAX_DESCRIPTION or not text.replace("\n", "").replace("\t", "").isprintable():
        raise Invalid(
            f"A description has at most {MAX_DESCRIPTION} characters and nothing invisible.",
            details={"field": "description"},
        )
    return text


def _refuse_public(visibility: Visibility) -> None:
    if visibility is Visibility.public and not settings().public_sharing:
        raise Forbidden("Public spaces are switched off on this site (PLUMBLINE_PUBLIC_SHARING).")


async def _store(work: UnitOfWork, space: Space, maintainer_id: str) -> Space:
    await work.spaces.add(space)
    await work.spaces.add_member(space.id, maintainer_id, SpaceRole.maintainer)
    facts = {"key": space.key, "visibility": Visibility(space.visibility)}
    work.record(SpaceCreated(actor_id=maintainer_id, object_id=space.id, details=facts))
    return space
