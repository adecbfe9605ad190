"""Passkeys: added, used to sign in, removed; and answers that are not good."""

import asyncio

import pytest

from app.core.errors import AppError, Conflict, Invalid, InvalidCredentials, NotFound
from app.schemas.factors import AddPasskey, PasskeyAnswer
from app.services import accounts, passkeys
from tests.authenticator import Authenticator
from tests.integration.world import change, rows


async def added(actor, device: Authenticator | None = None, name: str = "Laptop") -> Authenticator:
    device = device or Authenticator()
    begun = await passkeys.begin_adding(actor)
    await passkeys.add(actor, AddPasskey(credential=device.create(begun.options), name=name))
    return device


async def answered(device: Authenticator) -> PasskeyAnswer:
    return PasskeyAnswer(credential=device.get((await passkeys.begin_sign_in("192.0.2.1")).options))


async def sign_in(device: Authenticator) -> str:
    return await passkeys.sign_in(await answered(device), "192.0.2.1", "Test browser")


async def test_a_passkey_lets_its_person_in(world):
    device = await added(world.actor("author"))
    actor = await accounts.identify(await sign_in(device))
    assert actor is not None
    assert actor.email == "author@example.org"
    shown = await passkeys.mine(actor)
    assert [one.name for one in shown] == ["Laptop"]
    assert shown[0].last_used_at is not None
    assert await passkeys.mine(world.actor("reader")) == ()


async def test_what_is_asked_of_the_authenticator(world):
    device = await added(world.actor("author"))
    options = (await passkeys.begin_adding(world.actor("author"))).options
    assert options["rp"]["id"] == "localhost"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["attestation"] == "none"
    assert len(options["excludeCredentials"]) == 1
    assert (await passkeys.begin_sign_in("")).options["userVerification"] == "required"
    assert device.uses == 0


async def test_a_challenge_is_good_once_even_for_two_at_once(world):
    device = await added(world.actor("author"))
    answer = await answered(device)
    outcomes = await asyncio.gather(*(passkeys.sign_in(answer, "", "") for _ in range(2)), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Invalid", "str"]


@pytest.mark.parametrize("minutes", [4, 6])
async def test_a_challenge_ends(set_clock, world, minutes):
    device = await added(world.actor("author"))
    answer = await answered(device)
    set_clock.advance(minutes=minutes)
    if minutes < 5:
        assert await passkeys.sign_in(answer, "", "")
        return
    with pytest.raises(Invalid):
        await passkeys.sign_in(answer, "", "")


async def test_answers_that_let_nobody_in(world):
    device = await added(world.actor("author"))
    stolen = Authenticator(id=device.id, user=device.user)  # the id without the key
    elsewhere = Authenticator(key=device.key, id=device.id, user=device.user, uses=5, origin="https://evil.example")
    unverified = Authenticator(key=device.key, id=device.id, user=device.user, uses=5, verifies=False)
    somebody_else = Authenticator(key=device.key, id=device.id, user="b3RoZXI", uses=5)
    for liar in (stolen, elsewhere, unverified, somebody_else, Authenticator()):
        with pytest.raises(InvalidCredentials):
            await sign_in(liar)
    refused = await rows("SELECT count(*) FROM audit_event WHERE action = 'account:session:refused'")
    assert refused == [(5,)]


async def test_a_copied_authenticator_is_noticed(world):
    device = await added(world.actor("author"))
    copy = Authenticator(key=device.key, id=device.id, user=device.user)
    await sign_in(device)
    await sign_in(device)
    with pytest.raises(InvalidCredentials):
        await sign_in(copy)


async def test_a_disabled_person_is_not_let_in(world):
    device = await added(world.actor("author"))
    await change("UPDATE \"user\" SET can_sign_in = false WHERE email = 'author@example.org'")
    with pytest.raises(InvalidCredentials):
        await sign_in(device)


@pytest.mark.parametrize(
    "credential",
    [
        {},
        {"response": 7},
        {"response": {}},
        {"response": {"clientDataJSON": "%%%"}},
        {"response": {"clientDataJSON": "W10"}},
        {"response": {"clientDataJSON": "eyJjaGFsbGVuZ2UiOiA3fQ"}},
        {"response": {"clientDataJSON": "eyJjaGFsbGVuZ2UiOiAieCJ9"}},
    ],
)
async def test_rubbish_is_a_clear_error(world, credential):
    with pytest.raises(Invalid):
        await passkeys.sign_in(PasskeyAnswer(credential=credential), "", "")
    with pytest.raises(Invalid):
        await passkeys.add(world.actor("author"), AddPasskey(credential=credential))


async def test_a_challenge_belongs_to_who_began_it_and_to_its_step(world):
    device = Authenticator()
    begun = await passkeys.begin_adding(world.actor("author"))
    with pytest.raises(Invalid):
        await passkeys.add(world.actor("reader"), AddPasskey(credential=device.create(begun.options)))
    options = (await passkeys.begin_sign_in("")).options
    creating = {**begun.options, "challenge": options["challenge"]}
    with pytest.raises(Invalid):
        await passkeys.add(world.actor("author"), AddPasskey(credential=device.create(creating)))


async def test_one_is_removed_and_lets_nobody_in_any_more(world):
    actor = world.actor("author")
    device = await added(actor)
    (passkey,) = await passkeys.mine(actor)
    with pytest.raises(NotFound):
        await passkeys.remove(world.actor("reader"), passkey.id)
    with pytest.raises(Conflict, match="the last way into your account"):
        await passkeys.remove(actor, passkey.id)
    await change('UPDATE "user" SET password_hash = :some WHERE id = :id', some="$argon2id$", id=actor.user_id)
    await passkeys.remove(actor, passkey.id)
    with pytest.raises(InvalidCredentials):
        await sign_in(device)
    with pytest.raises(NotFound):
        await passkeys.remove(actor, passkey.id)


async def test_the_same_passkey_is_added_once_and_not_too_many(world):
    actor = world.actor("author")
    device = await added(actor)
    with pytest.raises(Invalid, match="known already"):
        await added(actor, device)
    for number in range(passkeys.MOST - 1):
        await added(actor, name=f"Key {number}")
    with pytest.raises(Invalid, match="remove one first"):
        await passkeys.begin_adding(actor)


async def test_somebody_without_a_fresh_session_changes_nothing(set_clock, world):
    set_clock.advance(minutes=11)
    actor = world.actor("author")
    for call in (lambda: passkeys.begin_adding(actor), lambda: passkeys.remove(actor, "x" * 32)):
        with pytest.raises(AppError) as refused:
            await call()
        assert refused.value.code == "REAUTHENTICATION_REQUIRED"
