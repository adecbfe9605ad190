"""Personal access tokens at their borders: how one is made, whose it is, when it ends, when its use is noted."""

import json
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from app.core import answers, clock, ids
from app.core.errors import AppError, Forbidden, Invalid, NotFound, StorageUnavailable
from app.domain.permissions import Scope
from app.schemas.identity import MakePersonalToken
from app.services import personal_tokens
from tests.integration.api.site import on_sqlite
from tests.integration.world import change, rows


@pytest.fixture(autouse=True)
def _stopped(set_clock):
    return set_clock


async def audited(kind):
    return await rows(
        "SELECT action, result, actor_id, object_id, details FROM audit_event WHERE action = :kind ORDER BY id",
        kind=f"account:token:{kind}",
    )


def wanted(name="CI", days=90, scopes=(Scope.write, Scope.read)):
    return MakePersonalToken(name=name, scopes=frozenset(scopes), days=days)


@pytest.mark.req("AUTHZ-07")
async def test_a_personal_token_is_stored_as_it_was_asked_for_and_audited(world, set_clock):
    author = world.actor("author")
    made = await personal_tokens.make(author, wanted("  Build \t server ", days=3))
    token = made.token
    assert (token.name, token.last_used_at) == ("Build server", None)
    assert (token.created_at, token.expires_at) == (set_clock.moment, set_clock.moment + timedelta(days=3))
    assert token.scopes == ("documents:read", "documents:write")
    assert (made.secret[:4], len(made.secret)) == ("plb_", 47)
    assert await rows("SELECT id, user_id, digest, revoked_at FROM personal_token") == [
        (token.id, author.user_id, ids.digest(made.secret), None)
    ]
    ((action, result, actor_id, object_id, details),) = await audited("made")
    assert (action, result, actor_id, object_id) == ("account:token:made", "ok", author.user_id, token.id)
    told = json.loads(details) if isinstance(details, str) else details  # SQLite keeps it as text
    assert told == {"scopes": ["documents:read", "documents:write"]}
    assert await personal_tokens.mine(author) == (token,)


@on_sqlite
async def test_the_name_of_a_token_can_be_shown(world):
    for name in ("", "  \t", "a\0b", "a\u202eb"):
        with pytest.raises(Invalid) as caught:
            await personal_tokens.make(world.actor("author"), wanted(name))
        assert caught.value.details == {"field": "name"}
    assert await rows("SELECT id FROM personal_token") == []


async def test_a_person_has_a_bounded_number_of_good_tokens(world, monkeypatch, set_clock):
    assert personal_tokens.MOST == 50
    monkeypatch.setattr(personal_tokens, "MOST", 3)
    author = world.actor("author")
    made = [await personal_tokens.make(author, wanted(str(number), days=number + 1)) for number in range(3)]
    with pytest.raises(Invalid, match="You have 3 tokens"):
        await personal_tokens.make(author, wanted())
    assert (await personal_tokens.make(world.actor("reader"), wanted())).secret
    await personal_tokens.revoke(author, made[2].token.id)
    await personal_tokens.make(author, wanted(days=9))
    with pytest.raises(Invalid):
        await personal_tokens.make(author, wanted())
    set_clock.advance(days=1)
    await personal_tokens.make(author, wanted("last", days=9))
    assert [one.name for one in await personal_tokens.mine(author)] == ["last", "CI", "1"]


@pytest.mark.req("IDEM-01")
async def test_a_token_that_is_asked_for_twice_with_one_key_is_made_once_and_its_secret_stored_nowhere(
    world, monkeypatch
):
    monkeypatch.setattr(personal_tokens, "MOST", 1)
    author = world.actor("author")
    made = await personal_tokens.make(author, wanted(), "one key")
    assert await personal_tokens.make(author, wanted(), "one key") == made
    assert await rows("SELECT id FROM personal_token") == [(made.token.id,)]
    assert len(await audited("made")) == 1
    assert made.secret not in str(await rows("SELECT * FROM idempotency_key"))
    for name, key, command in (("author", "one key", wanted("Other")), ("author", "x" * 201, wanted())):
        with pytest.raises(AppError):
            await personal_tokens.make(world.actor(name), command, key)
    assert (await personal_tokens.make(world.actor("reader"), wanted(), "one key")).secret != made.secret
    with pytest.raises(Invalid, match="You have 1 tokens"):
        await personal_tokens.make(author, wanted())


@pytest.mark.req("AUTHZ-07")
async def test_only_a_person_who_signed_in_has_to_do_with_tokens(world):
    author = world.actor("author")
    made = await personal_tokens.make(author, wanted())
    program = await personal_tokens.identify(made.secret)
    for call in (
        personal_tokens.make(program, wanted()),
        personal_tokens.mine(program),
        personal_tokens.revoke(program, made.token.id),
    ):
        with pytest.raises(Forbidden):
            await call
    with pytest.raises(NotFound, match="no such token"):
        await personal_tokens.revoke(world.actor("reader"), made.token.id)
    assert await personal_tokens.mine(world.actor("reader")) == ()
    await personal_tokens.revoke(author, made.token.id)
    with pytest.raises(NotFound):
        await personal_tokens.revoke(author, made.token.id)
    assert [row[:4] for row in await audited("revoked")] == [
        ("account:token:revoked", "ok", author.user_id, made.token.id)
    ]
    assert await personal_tokens.identify(made.secret) is None


@pytest.mark.req("AUTHZ-07")
async def test_a_token_is_its_person_with_its_scopes_until_its_last_moment(world, set_clock):
    author = world.actor("author")
    made = await personal_tokens.make(author, wanted(days=1))
    theirs = await personal_tokens.make(world.actor("reader"), wanted())
    assert (await personal_tokens.identify(theirs.secret)).user_id == world.actor("reader").user_id
    found = await personal_tokens.identify(made.secret)
    assert (found.user_id, found.name, found.session_id) == (author.user_id, author.name, "")
    assert found.scopes == frozenset({Scope.read, Scope.write})
    set_clock.advance(days=1, seconds=-1)
    assert await personal_tokens.identify(made.secret) is not None
    set_clock.advance(seconds=1)
    assert await personal_tokens.identify(made.secret) is None, "kept, but over"
    await answers.close()
    assert await personal_tokens.identify(made.secret) is None, "asked for, but over"
    set_clock.advance(seconds=-1)
    await change("""UPDATE personal_token SET scopes = '["documents:read", "no:such"]'""")
    assert (await personal_tokens.identify(made.secret)).scopes == frozenset({Scope.read})


@pytest.mark.parametrize(
    "barred",
    [
        "personal_token SET revoked_at = created_at",
        '"user" SET disabled_at = created_at',
        '"user" SET can_sign_in = false',
    ],
)
async def test_a_token_ends_with_what_it_stands_for(world, barred):
    made = await personal_tokens.make(world.actor("author"), wanted())
    assert await personal_tokens.identify(made.secret)
    await change(f"UPDATE {barred}")
    assert await personal_tokens.identify(made.secret) is None


@on_sqlite
@pytest.mark.parametrize("secret", ["", "plb_", "plb_" + "A" * 42, "plb_" + "A" * 44, "plb_" + "é" * 43])
async def test_what_has_not_the_shape_of_a_token_is_not_looked_up(world, monkeypatch, secret):
    monkeypatch.setattr(answers, "ask", None)
    assert await personal_tokens.identify(secret) is None


async def used():
    ((at,),) = await rows("SELECT last_used_at FROM personal_token")
    return at


async def test_the_use_is_noted_after_a_whole_minute(world, set_clock):
    made = await personal_tokens.make(world.actor("author"), wanted())
    assert await used() is None
    assert await personal_tokens.identify("plb_" + "A" * 43) is None
    await personal_tokens.identify(made.secret)
    first = await used()
    assert first is not None
    for seconds, noted in ((59, False), (1, True), (59.999, False)):
        set_clock.advance(seconds=seconds)
        before = await used()
        await answers.close()
        await personal_tokens.identify(made.secret)
        assert (await used() != before) is noted
    listed = (await personal_tokens.mine(world.actor("author")))[0]
    assert listed.last_used_at == clock.now() - timedelta(seconds=59.999)


async def test_a_program_reads_on_when_its_use_cannot_be_noted(world, monkeypatch):
    made = await personal_tokens.make(world.actor("author"), wanted())

    def full():
        raise StorageUnavailable("The disk is full.")

    monkeypatch.setattr(personal_tokens, "unit_of_work", full)
    with capture_logs() as lines:
        assert await personal_tokens.identify(made.secret) is not None
    assert lines == [{"event": "token.use_not_noted", "reason": "The disk is full.", "log_level": "warning"}]
    assert await used() is None
