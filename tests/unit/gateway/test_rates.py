"""Limits of requests and events, by address and by person."""

import pytest

from app.core import rates as counts
from app.core.errors import RateLimited
from app.core.rates import Verdict
from app.gateway import rates
from app.gateway.rates import AddressLimit, PersonLimit
from tests.unit.gateway.calls import BODY, Inside, Sent, scope, silence, start
from tests.unit.gateway.conftest import ANN

GOOD = Verdict("address", 5, 60, 4, 30, allowed=True)
SPENT = Verdict("person", 5, 60, 0, 30, allowed=False)


@pytest.fixture
def verdict(monkeypatch, setting):
    """`verdict.is_ = …` is what any count comes to; `verdict.asked` are the counts."""
    setting(rate_address="7/minute", rate_person="9/minute")

    class Answer:
        is_ = GOOD
        asked = []

    async def take(*given):
        answer.asked.append(given)
        return answer.is_

    answer = Answer()
    answer.asked = []
    monkeypatch.setattr(counts, "take", take)
    return answer


async def passed(stage):
    inside, sent, asked = Inside(start(), BODY), Sent(), scope()
    await stage(inside)(asked, silence, sent)
    assert (inside.scopes, list(sent)) == ([asked], [start(), BODY])


@pytest.mark.req("RATE-04")
async def test_a_request_counts_for_its_address_and_then_for_its_person(current, verdict):
    await passed(AddressLimit)
    assert verdict.asked == [("address", "7/minute", "192.0.2.1")]
    await passed(PersonLimit)
    assert len(verdict.asked) == 1
    current.actor = ANN
    verdict.is_ = Verdict("person", 5, 60, 0, 30, allowed=True)
    await passed(PersonLimit)
    assert verdict.asked[1:] == [("person", "9/minute", ANN.user_id)]
    assert current.limits == (GOOD, verdict.is_)


@pytest.mark.req("RATE-01")
@pytest.mark.parametrize("stage", [AddressLimit, PersonLimit])
async def test_what_is_too_much_is_refused_and_still_said(current, verdict, stage):
    current.actor, verdict.is_ = ANN, SPENT
    inside = Inside()
    with pytest.raises(RateLimited) as caught:
        await stage(inside)(scope(), silence, Sent())
    assert (inside.scopes, current.limits) == ([], (SPENT,))
    assert caught.value.details == {"retry_after": 30, "limit": "person"}
    assert caught.value.message == "That was too much at once: wait a little and try again."


async def test_where_nothing_is_counted_nothing_is_said(current, verdict):
    verdict.is_ = None
    await passed(AddressLimit)
    assert current.limits == ()


@pytest.mark.req("RATE-05")
async def test_an_event_counts_like_a_request(current, verdict):
    assert await rates.event_allowed()
    current.actor = ANN
    verdict.is_ = SPENT
    assert not await rates.event_allowed()
    verdict.is_ = None
    assert await rates.event_allowed()
    assert verdict.asked == [
        ("address", "7/minute", "192.0.2.1"), ("person", "9/minute", ANN.user_id), ("person", "9/minute", ANN.user_id),
    ]  # fmt: skip


@pytest.mark.req("RATE-04")
def test_what_is_left_is_said_of_each_limit():
    assert rates.headers(()) == []
    assert rates.headers((GOOD, SPENT)) == [
        (b"ratelimit-policy", b'"address";q=5;w=60, "person";q=5;w=60'),
        (b"ratelimit", b'"address";r=4;t=30, "person";r=0;t=30'),
    ]
