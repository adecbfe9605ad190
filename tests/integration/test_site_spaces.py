"""All spaces for those who look after them, and the matrix of permissions."""

import pytest

from app.core.errors import Forbidden
from app.domain.permissions import Level, Permission, Visibility
from app.schemas.matrix import FindPermissions
from app.schemas.site_spaces import FindSpaces, SpaceState
from app.services import matrix, site_spaces
from tests.integration.world import PEOPLE, change


async def found(world, **asked):
    return (await site_spaces.find(world.actor("admin"), FindSpaces(**asked))).items


async def test_each_is_counted_and_says_who_maintains_it(world):
    await world.document()
    await world.document("# Another\n")
    eng, ops = await found(world)
    inside = [name for name, (_, key, _) in PEOPLE.items() if key == "ENG"]
    assert (eng.key, eng.documents, eng.people, eng.groups) == ("ENG", 2, len(inside), 0)
    assert eng.maintainers == ("Maintainer Person", "Owner Person")
    assert (ops.key, ops.documents, ops.people) == ("OPS", 0, 1)
    assert "title" not in eng.model_dump_json()


async def test_filters_and_orders(world):
    await change("UPDATE space SET archived_at = created_at, visibility = 'instance' WHERE key = 'OPS'")
    assert [one.key for one in await found(world, what="ngineer")] == ["ENG"]
    assert [one.key for one in await found(world, what="ops")] == ["OPS"]
    assert [one.key for one in await found(world, state=SpaceState.archived)] == ["OPS"]
    assert [one.key for one in await found(world, state=SpaceState.used)] == ["ENG"]
    assert [one.key for one in await found(world, visibility=Visibility.private)] == ["ENG"]
    assert [one.key for one in await found(world, sort="-key")] == ["OPS", "ENG"]
    first = await site_spaces.find(world.actor("admin"), FindSpaces(limit=1))
    assert first.total == 2
    assert [one.key for one in await found(world, limit=1, after=first.next_cursor)] == ["OPS"]


@pytest.mark.req("AUTHZ-02")
async def test_others_do_not_see_spaces_of_others(world):
    for who in ("maintainer", "outsider"):
        with pytest.raises(Forbidden):
            await site_spaces.find(world.actor(who), FindSpaces())


async def test_the_matrix_lists_every_permission_with_its_holders(world):
    whole = await matrix.find(world.actor("reader"), FindPermissions())
    assert [one.permission for one in whole.items] == [
        one for level in Level for one in Permission if one.level is level
    ]
    appoint = next(one for one in whole.items if one.permission is Permission.user_appoint)
    assert (appoint.holders, appoint.level) == (("owner",), Level.site)
    held = await matrix.find(world.actor("reader"), FindPermissions(level=Level.space, holder="reader"))
    reads = {Permission.space_read, Permission.member_read, Permission.evidence_read}
    assert {one.permission for one in held.items} == reads
