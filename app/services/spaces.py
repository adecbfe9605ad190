"""Spaces: those the actor has a role in, and new ones."""

import re

from app.core.errors import Conflict, Invalid
from app.domain.permissions import Permission, SpaceRole, in_space
from app.schemas.identity import Actor
from app.schemas.spaces import CreateSpace, SpaceView
from app.services import authorize
from app.services.events import SpaceCreated
from app.services.unit_of_work import Reading, UnitOfWork, reading, unit_of_work
from models import Space, User

_KEY = re.compile(r"[A-Z][A-Z0-9]{1,9}", re.ASCII)


async def list_for(actor: Actor) -> tuple[SpaceView, ...]:
    """By name, the sample last."""
    async with reading() as data:
        return await readable(data, actor)


async def create(actor: Actor, command: CreateSpace) -> SpaceView:
    """The actor becomes its maintainer."""
    authorize.require(actor, Permission.space_create)
    if not _KEY.fullmatch(command.key):
        raise Invalid("A key has 2 to 10 capitals and digits and begins with a capital.", details={"field": "key"})
    name = " ".join(command.name.split())
    if not name or len(name) > 120 or not name.isprintable():
        raise Invalid("A name has 1 to 120 visible characters.", details={"field": "name"})
    async with unit_of_work() as work:
        if await work.spaces.key_is_taken(command.key):
            raise Conflict(f"The key {command.key} is taken: choose another.", details={"field": "key"})
        await add(work, command.key, name, actor.user_id)
    return SpaceView(key=command.key, name=name, documents=0, role=SpaceRole.maintainer, can_write=True)


async def add_first(work: UnitOfWork, owner: User) -> Space:
    """The space everybody begins with."""
    return await add(work, "GEN", "General", owner.id)


async def add(work: UnitOfWork, key: str, name: str, maintainer_id: str, *, is_sample: bool = False) -> Space:
    """For services, inside their unit of work; the key was checked."""
    space = Space(key=key, name=name, is_sample=is_sample)
    await work.spaces.add(space)
    await work.spaces.add_member(space.id, maintainer_id, SpaceRole.maintainer)
    work.record(SpaceCreated(actor_id=maintainer_id, object_id=space.id, details={"key": key}))
    return space


async def readable(data: Reading, actor: Actor) -> tuple[SpaceView, ...]:
    return tuple(
        SpaceView(
            key=space.key,
            name=space.name,
            documents=documents,
            role=role,
            can_write=in_space(role, Permission.document_create),
        )
        for space, role, documents in await data.spaces.readable_by(actor.user_id)
    )
