"""Everybody's personal access tokens, for those who run the site."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.errors import Forbidden, NotFound
from app.domain.permissions import Scope
from app.schemas.identity import MakePersonalToken
from app.schemas.tokens import FindTokens
from app.services import issued_tokens, personal_tokens
from tests.integration.world import change, rows


@pytest.fixture
async def secrets(world):
    """Two of the author's, one of the reader's."""
    made = {}
    for name, person, scope, days in (
        ("One", "author", Scope.read, 9),
        ("Two", "author", Scope.write, 5),
        ("Three", "reader", Scope.read, 7),
    ):
        asked = MakePersonalToken(name=name, scopes=frozenset({scope}), days=days)
        made[name] = await personal_tokens.make(world.actor(person), asked)
    return made


async def found(world, **asked):
    return [one.name for one in (await issued_tokens.find(world.actor("admin"), FindTokens(**asked))).items]


async def test_those_that_are_good_are_listed_with_their_people(world, secrets, monkeypatch):
    assert await found(world) == ["Three", "Two", "One"]
    first = (await issued_tokens.find(world.actor("admin"), FindTokens(limit=1))).items[0]
    assert (first.person, first.email, first.scopes) == ("Reader Person", "reader@example.org", ("documents:read",))
    assert first.last_used_at is None
    assert all(one.secret not in first.model_dump_json() for one in secrets.values())
    await personal_tokens.revoke(world.actor("author"), secrets["One"].token.id)
    await change("UPDATE \"user\" SET disabled_at = created_at WHERE email = 'reader@example.org'")
    assert await found(world) == ["Two"]
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=6))
    assert await found(world) == []


@pytest.mark.req("PAGE-02")
async def test_filters_orders_and_pages(world, secrets):
    assert await found(world, who="auth") == ["Two", "One"]
    assert await found(world, who="_") == []
    assert await found(world, scope=Scope.read) == ["Three", "One"]
    assert await found(world, scope=Scope.site) == []
    assert await found(world, sort="expires") == ["Two", "Three", "One"]
    for sort in ("made", "-made", "expires", "-expires"):
        seen, cursor = [], ""
        while True:
            asked = FindTokens(limit=1, after=cursor, sort=sort)
            page = await issued_tokens.find(world.actor("admin"), asked)
            seen += [one.name for one in page.items]
            if not (cursor := page.next_cursor):
                break
        assert (sorted(seen), page.total) == (["One", "Three", "Two"], 3)


@pytest.mark.req("AUTHZ-07")
async def test_a_revoked_token_is_refused_at_once_and_that_is_audited(world, secrets):
    admin, two = world.actor("admin"), secrets["Two"]
    assert await personal_tokens.identify(two.secret)
    await issued_tokens.revoke(admin, two.token.id)
    assert await personal_tokens.identify(two.secret) is None
    assert await personal_tokens.identify(secrets["One"].secret)
    told = await rows("SELECT actor_id, object_id FROM audit_event WHERE action = 'admin:token:revoked'")
    assert told == [(admin.user_id, two.token.id)]
    for asked in (two.token.id, "0" * 32):
        with pytest.raises(NotFound):
            await issued_tokens.revoke(admin, asked)


@pytest.mark.req("AUTHZ-02")
@pytest.mark.parametrize("name", ["maintainer", "author", "guest"])
async def test_others_see_and_revoke_none(world, secrets, name):
    with pytest.raises(Forbidden):
        await issued_tokens.find(world.actor(name), FindTokens())
    with pytest.raises(Forbidden):
        await issued_tokens.revoke(world.actor(name), secrets["One"].token.id)
