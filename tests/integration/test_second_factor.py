"""One-time codes: begun, confirmed, asked for at sign-in, replaced by recovery codes, turned off."""

import pyotp
import pytest
from passlib.hash import argon2
from pydantic import SecretStr

from app.core import clock, settings
from app.core.errors import AppError, Conflict, Forbidden, Invalid, InvalidCredentials
from app.schemas.factors import SecondStep, TypedCode
from app.schemas.identity import SignIn
from app.services import accounts, second_factors, second_step
from tests.integration.world import change, rows

PASSWORD = "slate river lantern 42"
EMAIL = "author@example.org"


@pytest.fixture(autouse=True)
async def _password(world):
    hashed = argon2.using(type="ID", memory_cost=19_456, time_cost=2, parallelism=1).hash(PASSWORD)
    await change('UPDATE "user" SET password_hash = :hash WHERE email = :email', hash=hashed, email=EMAIL)


class App:
    """The person's authenticator app."""

    def __init__(self, secret: str) -> None:
        self._codes = pyotp.TOTP(secret)

    def code(self, later: int = 0) -> SecretStr:
        return self.at(clock.now().timestamp() + 30 * later)

    def at(self, moment: float) -> SecretStr:
        return SecretStr(self._codes.at(moment))


async def turned_on(actor) -> tuple[App, tuple[str, ...]]:
    app = App((await second_factors.begin(actor)).secret)
    return app, (await second_factors.confirm(actor, TypedCode(code=app.code()))).codes


async def ticket() -> SecretStr:
    with pytest.raises(AppError) as asked:
        await accounts.sign_in(SignIn(email=EMAIL, password=SecretStr(PASSWORD)), "192.0.2.1", "Test browser")
    assert (asked.value.code, asked.value.status) == ("SECOND_FACTOR_REQUIRED", 401)
    return SecretStr(asked.value.details["ticket"])


async def finish(held: SecretStr, code: SecretStr | str) -> str:
    typed = code if isinstance(code, SecretStr) else SecretStr(code)
    return await second_step.finish(SecondStep(ticket=held, code=typed), "192.0.2.1", "Test browser")


async def test_nothing_is_asked_for_until_a_code_was_typed(world):
    actor = world.actor("author")
    begun = await second_factors.begin(actor)
    assert begun.uri.startswith("otpauth://totp/Plumbline:author%40example.org?")
    assert begun.secret in begun.uri
    assert begun.picture.startswith("<svg ")
    assert await accounts.sign_in(SignIn(email=EMAIL, password=SecretStr(PASSWORD)), "", "")
    assert (await second_factors.status(actor)).since is None
    with pytest.raises(Invalid):
        await second_factors.confirm(actor, TypedCode(code=SecretStr("000000x")))
    assert len((await second_factors.confirm(actor, TypedCode(code=App(begun.secret).code()))).codes) == 10
    status = await second_factors.status(actor)
    assert (status.since is not None, status.recovery_codes_left) == (True, 10)


async def test_signing_in_takes_the_code_as_well(set_clock, world):
    app, _ = await turned_on(world.actor("author"))
    set_clock.advance(seconds=60)
    held = await ticket()
    with pytest.raises(InvalidCredentials):
        await finish(held, "123456")
    actor = await accounts.identify(await finish(held, app.code()))
    assert actor is not None
    assert actor.email == EMAIL
    with pytest.raises(AppError, match="sign in again"):
        await finish(held, app.code(1))


async def test_a_program_takes_the_second_step_too(set_clock, world):
    app, _ = await turned_on(world.actor("author"))
    set_clock.advance(seconds=60)
    with pytest.raises(AppError) as asked:
        await accounts.sign_in_for_tokens(SignIn(email=EMAIL, password=SecretStr(PASSWORD)), "", "curl")
    command = SecondStep(ticket=SecretStr(asked.value.details["ticket"]), code=app.code())
    pair = await second_step.finish_for_tokens(command, "", "curl")
    assert (await accounts.identify_bearer(pair.access_token)).email == EMAIL


async def test_a_code_is_good_once(set_clock, world):
    app, _ = await turned_on(world.actor("author"))
    used = app.code()
    with pytest.raises(InvalidCredentials):
        await finish(await ticket(), used)  # it confirmed the factor
    set_clock.advance(seconds=30)
    code = app.code()
    assert await finish(await ticket(), code)
    with pytest.raises(InvalidCredentials):
        await finish(await ticket(), code)


@pytest.mark.parametrize(("seconds", "good"), [(-90, False), (-30, True), (30, True), (90, False)])
async def test_clocks_may_differ_by_one_period(set_clock, world, seconds, good):
    app, _ = await turned_on(world.actor("author"))
    set_clock.advance(minutes=10)
    code = app.at(clock.now().timestamp() + seconds)
    if good:
        assert await finish(await ticket(), code)
        return
    with pytest.raises(InvalidCredentials):
        await finish(await ticket(), code)


async def test_a_recovery_code_is_good_once_however_it_is_typed(world):
    actor = world.actor("author")
    _, codes = await turned_on(actor)
    assert await finish(await ticket(), f" {codes[3].upper().replace('-', ' ')} ")
    assert (await second_factors.status(actor)).recovery_codes_left == 9
    with pytest.raises(InvalidCredentials):
        await finish(await ticket(), codes[3])
    renewed = await second_factors.renew_recovery_codes(actor)
    with pytest.raises(InvalidCredentials):
        await finish(await ticket(), codes[4])
    assert await finish(await ticket(), renewed.codes[0])


async def test_a_ticket_ends(set_clock, world):
    app, codes = await turned_on(world.actor("author"))
    late = await ticket()
    set_clock.advance(minutes=5)
    with pytest.raises(AppError, match="sign in again"):
        await finish(late, app.code())
    held = await ticket()
    for _ in range(second_step.MOST_TRIES):
        with pytest.raises(InvalidCredentials):
            await finish(held, "000000")
    with pytest.raises(AppError) as over:
        await finish(held, codes[0])
    assert over.value.code == "INVALID_TOKEN"
    before = await ticket()
    await change("UPDATE \"user\" SET password_hash = 'another' WHERE email = :email", email=EMAIL)
    with pytest.raises(AppError, match="sign in again"):
        await finish(before, codes[0])


async def test_a_disabled_person_is_not_let_in_by_a_code(world):
    _, codes = await turned_on(world.actor("author"))
    held = await ticket()
    await change('UPDATE "user" SET can_sign_in = false WHERE email = :email', email=EMAIL)
    with pytest.raises(AppError, match="sign in again"):
        await finish(held, codes[0])


async def test_guesses_are_limited_over_all_tickets(world, monkeypatch):
    monkeypatch.setenv("PLUMBLINE_RATE_SECOND_FACTOR", "3/hour")
    settings.settings.cache_clear()
    _, codes = await turned_on(world.actor("author"))  # one try
    for _ in range(2):
        with pytest.raises(InvalidCredentials):
            await finish(await ticket(), "000000")
    with pytest.raises(AppError) as limited:
        await finish(await ticket(), codes[0])
    assert limited.value.code == "RATE_LIMITED"


async def test_it_is_turned_off_and_the_trail_tells(world):
    actor = world.actor("author")
    _, codes = await turned_on(actor)
    with pytest.raises(Conflict):
        await second_factors.begin(actor)
    assert await finish(await ticket(), codes[0])
    await second_factors.remove(actor)
    assert await accounts.sign_in(SignIn(email=EMAIL, password=SecretStr(PASSWORD)), "", "")
    with pytest.raises(Conflict):
        await second_factors.renew_recovery_codes(actor)
    assert await rows("SELECT count(*) FROM recovery_code") == [(0,)]
    tags = [row[0] for row in await rows("SELECT action FROM audit_event ORDER BY at, id")]
    told = [tag for tag in tags if "second" in tag or "recovery" in tag]
    assert told == ["account:second_factor:on", "account:recovery_code:used", "account:second_factor:off"]


async def test_an_admin_turns_it_off_for_somebody_who_lost_everything(world):
    author = world.actor("author")
    await turned_on(author)
    with pytest.raises(Forbidden):
        await second_factors.remove_for(world.actor("maintainer"), author.user_id)
    await second_factors.remove_for(world.actor("admin"), author.user_id)
    assert await accounts.sign_in(SignIn(email=EMAIL, password=SecretStr(PASSWORD)), "", "")
    with pytest.raises(Conflict):
        await second_factors.remove_for(world.actor("admin"), author.user_id)
    told = await rows("SELECT actor_id, object_id FROM audit_event WHERE action = 'account:second_factor:off'")
    assert told == [(world.actor("admin").user_id, author.user_id)]


async def test_nothing_of_it_can_be_read_in_the_database(world):
    actor = world.actor("author")
    begun = await second_factors.begin(actor)
    codes = (await second_factors.confirm(actor, TypedCode(code=App(begun.secret).code()))).codes
    held = (await ticket()).get_secret_value()
    stored = str([await rows(f"SELECT * FROM {table}") for table in ("one_time_secret", "recovery_code", "proof")])
    assert not any(secret in stored for secret in (begun.secret, held, *codes, *(c.replace("-", "") for c in codes)))
