"""Every space keeps a maintainer, however roles are taken away: by hand, through a group, with the person."""

import asyncio

import pytest

from app.core.errors import Conflict
from app.schemas.members import GiveRole, MakeGroup
from app.schemas.people import HandOver
from app.services import groups, leaving, members
from app.services.unit_of_work import reading, unit_of_work

MAINTAINER = GiveRole(role="maintainer")


@pytest.fixture
async def group(world):
    """Reader and reviewer, who together maintain OPS, where nobody else does any more."""
    owner, outsider = world.actor("owner"), world.actor("outsider")
    made = await groups.make(owner, MakeGroup(name="Platform", claim="platform"))
    for name in ("reader", "reviewer"):
        await groups.put(owner, made.id, world.actor(name).user_id)
    await members.put_group(outsider, "OPS", made.id, MAINTAINER)
    await members.leave(outsider, "OPS")
    return made.id


async def is_maintained(key="OPS"):
    async with reading() as data:
        space = await data.spaces.by_key(key)
        assert space is not None
        return await data.members.has_maintainer(space.id)


@pytest.mark.req("AUTHZ-02")
async def test_a_group_that_alone_maintains_a_space_stays_and_keeps_somebody(world, group):
    owner, last = world.actor("owner"), world.actor("reviewer").user_id
    with pytest.raises(Conflict, match="Nobody would maintain Operations"):
        await groups.delete(owner, group, 1)
    await groups.take_out(owner, group, world.actor("reader").user_id)
    with pytest.raises(Conflict, match="Nobody would maintain Operations"):
        await groups.take_out(owner, group, last)
    assert [one.user_id for one in (await groups.view(owner, group)).members] == [last]
    for change in (members.remove_group(owner, "OPS", group),
                   members.put_group(owner, "OPS", group, GiveRole(role="author"))):  # fmt: skip
        with pytest.raises(Conflict, match="Nobody would maintain Operations"):
            await change
    await members.put(owner, "OPS", world.actor("author").user_id, MAINTAINER)
    await groups.take_out(owner, group, last)
    await groups.delete(owner, group, 1)
    assert await is_maintained()


@pytest.mark.req("AUTHZ-02")
async def test_somebody_disabled_does_not_count(world, group):
    async with unit_of_work() as work:
        user = await work.users.get(world.actor("reader").user_id)
        assert user is not None
        user.can_sign_in = False
        await work.users.flush()
    with pytest.raises(Conflict):
        await groups.take_out(world.actor("owner"), group, world.actor("reviewer").user_id)


@pytest.mark.req("AUTHZ-02")
async def test_of_the_last_two_taken_out_at_once_one_stays(world, group):
    owner = world.actor("owner")
    for _ in range(4):
        both = (groups.take_out(owner, group, world.actor(name).user_id) for name in ("reader", "reviewer"))
        told = await asyncio.gather(*both, return_exceptions=True)
        assert sorted(type(one).__name__ for one in told) == ["Conflict", "NoneType"]
        assert await is_maintained()
        for name in ("reader", "reviewer"):
            await groups.put(owner, group, world.actor(name).user_id)


@pytest.mark.req("OPS-02")
async def test_who_takes_over_maintains_what_was_maintained_through_a_group(world, group):
    owner, last = world.actor("owner"), world.actor("reviewer").user_id
    await groups.take_out(owner, group, world.actor("reader").user_id)
    with pytest.raises(Conflict, match="Nobody else maintains Operations"):
        await leaving.erase(owner, last)
    await leaving.hand_over(owner, last, HandOver(to=world.actor("author").user_id))
    assert await is_maintained()
    found = await members.view(world.actor("author"), "OPS")
    assert [(one.name, one.role) for one in found.people] == [("Author Person", "maintainer")]


async def test_what_the_provider_says_counts_and_keeps_nobody_out(world, group):
    """Those who look after spaces of others find somebody else."""
    async with unit_of_work() as work:
        for name in ("reader", "reviewer"):
            await work.groups.put(group, world.actor(name).user_id, by_claim=True)
            await groups.from_claim(work, world.actor(name).user_id, [])
    assert not await is_maintained()
    await members.put(world.actor("admin"), "OPS", world.actor("author").user_id, MAINTAINER)
    assert await is_maintained()
