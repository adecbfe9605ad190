"""The order of the gate: a request that several stages would refuse is refused by the first of them."""

import asyncio

import pytest

from app.core import rates, settings
from app.services import accounts
from tests.integration.api.site import on_sqlite

pytestmark = on_sqlite
LARGE = [("content-length", "1000000")]
PACKED = [("content-encoding", "gzip")]
FOREIGN = [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")]
BAD_TOKEN = [("authorization", "Bearer nonsense")]
BROKEN = [("content-type", "application/json")]
NOWHERE, SOMEWHERE = "/api/v1/nothing", "/api/v1/imports/answers"


@pytest.fixture
async def exhausted(world, monkeypatch):
    """Nothing is left for this address, or for this person: `await exhausted("address")`."""

    async def exhaust(*names):
        for name in names:
            monkeypatch.setenv(f"PLUMBLINE_RATE_{name.upper()}", "1/hour")
        settings.settings.cache_clear()
        await rates.close()
        if "address" in names:
            await rates.take("address", "1/hour", "192.0.2.9")
        if "person" in names:
            await rates.take("person", "1/hour", world.actor("author").user_id)

    yield exhaust
    monkeypatch.undo()
    settings.settings.cache_clear()


@pytest.mark.req("ERR-06", "RATE-01", "CSRF-01", "HEAD-01")
@pytest.mark.parametrize(
    ("limits", "sent", "path", "code"),
    [
        (("address", "person"), [*PACKED, *LARGE, *FOREIGN, *BAD_TOKEN], NOWHERE, "UNSUPPORTED_MEDIA_TYPE"),
        (("address", "person"), [*LARGE, *FOREIGN, *BAD_TOKEN], NOWHERE, "PAYLOAD_TOO_LARGE"),
        (("address", "person"), [*FOREIGN, *BAD_TOKEN], NOWHERE, "RATE_LIMITED address"),
        (("person",), [*FOREIGN, *BAD_TOKEN], NOWHERE, "INVALID_TOKEN"),
        (("person",), FOREIGN, NOWHERE, "RATE_LIMITED person"),
        ((), FOREIGN, NOWHERE, "CROSS_SITE"),
        ((), [("sec-fetch-site", "same-origin")], NOWHERE, "NOT_FOUND"),
        ((), [("sec-fetch-site", "same-origin"), *BROKEN], SOMEWHERE, "MALFORMED_JSON"),
    ],
)
async def test_the_first_stage_that_refuses_answers(site, world, exhausted, log, limits, sent, path, code):
    await exhausted(*limits)
    headers = [*sent, ("cookie", f"plumbline={world.tokens['author']}")]
    answer = await site.send("POST", path, headers=headers, chunks=[b"{"], peer="192.0.2.9")
    limit = answer.error["details"].get("limit", "")
    assert f"{answer.error['code']} {limit}".strip() == code
    assert len(answer.headers["x-request-id"]) == 32, "the id comes before everything that may refuse"
    assert answer.headers["x-content-type-options"] == "nosniff"
    line = next(line for line in log if line["event"] == "request")
    assert line["status"] == answer.status, "measured and logged whoever refused"


async def refuse_to_be_asked(*_):
    raise AssertionError("somebody was looked up")


async def test_nobody_is_looked_up_for_what_the_size_or_the_address_refuses(site, world, exhausted, monkeypatch):
    await exhausted("address")
    for name in ("identify", "identify_bearer"):
        monkeypatch.setattr(accounts, name, refuse_to_be_asked)
    for headers in (LARGE, PACKED, [], BAD_TOKEN):
        sent = [*headers, ("cookie", f"plumbline={world.tokens['author']}")]
        answer = await site.send("POST", NOWHERE, headers=sent, peer="192.0.2.9")
        assert answer.status in {413, 415, 429}
    assert (await site.socket(peer="192.0.2.9")).messages[0]["reason"] == "RATE_LIMITED"


async def test_a_proxy_that_is_trusted_is_asked_for_the_address_before_it_is_counted(site, exhausted, monkeypatch):
    await exhausted("address")
    for trusted, statuses in (("", [401, 429]), ("10.0.0.0/8", [401, 401])):
        monkeypatch.setenv("PLUMBLINE_TRUSTED_PROXIES", trusted)
        settings.settings.cache_clear()
        await rates.close()
        forwarded = [[("x-forwarded-for", f"198.51.100.{number}")] for number in range(2)]
        answers = [await site.send("GET", "/api/v1/me", headers=one, peer="10.0.0.5") for one in forwarded]
        assert [answer.status for answer in answers] == statuses


async def test_the_time_limit_holds_for_every_later_stage(site, world, monkeypatch):
    """Not for the route alone: looking somebody up may hang as well."""
    monkeypatch.setenv("PLUMBLINE_REQUEST_SECONDS", "0.05")
    settings.settings.cache_clear()

    async def hang(*_):
        await asyncio.Event().wait()

    for module, name in ((accounts, "identify"), (rates, "take")):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, hang)
            answer = await site.send("GET", "/api/v1/me", headers=[("cookie", f"plumbline={world.tokens['author']}")])
        assert (answer.status, answer.error["code"]) == (503, "UNAVAILABLE")
        assert int(answer.headers["retry-after"]) > 0
