"""Bounds on guessing: three counts, of which a right password clears one."""

import pytest

from app.core import rates
from app.core.errors import RateLimited
from app.core.settings import settings
from app.services import guessing

ANN, BOB = "ann@example.org", "bob@example.org"


@pytest.fixture(autouse=True)
async def bounds(monkeypatch):
    """`bounds(rate_sign_in="2/hour")`; whatever is not named has no bound that counts here."""

    async def change(**values):
        for name in ("rate_sign_in", "rate_sign_in_address", "rate_sign_in_account"):
            monkeypatch.setenv(f"PLUMBLINE_{name.upper()}", values.get(name, "1000/hour"))
        settings.cache_clear()
        await rates.close()

    await change()
    yield change
    monkeypatch.undo()
    settings.cache_clear()
    await rates.close()


async def refused_by(account=ANN, address="a", *, visit=False):
    """The limit that refuses one more try, or nothing."""
    try:
        await (guessing.count_visit(address) if visit else guessing.count(account, address))
    except RateLimited as error:
        return error.details["limit"] if error.message.startswith("Too many tries.") else error.message
    return None


@pytest.mark.req("RATE-01")
async def test_one_address_tries_one_account_so_often(bounds):
    await bounds(rate_sign_in="2/hour")
    assert [await refused_by() for _ in range(3)] == [None, None, "sign-in"]
    assert await refused_by(BOB) is None
    assert await refused_by(address="b") is None


@pytest.mark.req("RATE-01")
async def test_one_address_tries_all_accounts_so_often(bounds):
    await bounds(rate_sign_in_address="2/hour")
    assert [await refused_by(who) for who in (ANN, BOB, "c")] == [None, None, "sign-in-address"]
    assert await refused_by(visit=True) == "sign-in-address"
    assert await refused_by(address="b") is None
    assert await refused_by(address="b", visit=True) is None
    assert await refused_by(address="b", visit=True) == "sign-in-address"


@pytest.mark.req("RATE-01")
async def test_all_addresses_try_one_account_so_often(bounds):
    await bounds(rate_sign_in_account="2/hour")
    assert [await refused_by(address=one) for one in "abc"] == [None, None, "sign-in-account"]
    assert await refused_by(BOB) is None


async def test_a_right_password_clears_what_this_address_tried_here_and_no_more(bounds):
    await bounds(rate_sign_in="1/hour", rate_sign_in_account="4/hour")
    for address in "ab":
        await guessing.count(ANN, address)
    await guessing.count(BOB, "a")
    await guessing.forgive(ANN, "a")
    assert await refused_by(ANN, "a") is None
    assert await refused_by(ANN, "b") == "sign-in"
    assert await refused_by(BOB, "a") == "sign-in"
    assert await refused_by(ANN, "c") is None
    assert await refused_by(ANN, "d") == "sign-in-account"
