"""`plumbline admin recover`: a way in for an owner, whatever state the accounts are in."""

import asyncio
import os
import re
import sys

import pytest
from pydantic import SecretStr

from app.core.errors import AppError, InvalidCredentials
from app.domain.permissions import SiteRole
from app.schemas.identity import SetUpOwner, SignIn
from app.schemas.joining import AcceptInvitation, SetPassword
from app.services import accounts, invitations, recovery, resets
from app.services.unit_of_work import unit_of_work
from models import OneTimeSecret
from tests.integration.world import change, rows

NEW = SecretStr("granite otter willow 7")


async def recover(email="", *, without_second_factor=False):
    """The link, and what it says it does."""
    found = await recovery.recover(email, without_second_factor=without_second_factor)
    return found.url, found.words


async def run(*arguments):
    """The command itself, in a process of its own: how it ends and what it prints."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "from app.cli import main; main()",
        "admin",
        "recover",
        *arguments,
        env=os.environ,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await process.communicate()
    return process.returncode, said.decode(), complained.decode()


def secret(url):
    return SecretStr(re.findall(r"token=([\w-]{43})$", url)[0])


async def sign_in(email):
    return await accounts.sign_in(SignIn(email=email, password=NEW), "192.0.2.1", "Test browser")


@pytest.mark.req("AUTH-09", "AUTH-07")
async def test_the_only_owner_gets_a_link_that_sets_a_password(world):
    url, words = await recover()
    assert ("/reset/new#" in url, "owner@example.org" in words) == (True, True)
    await resets.finish(SetPassword(token=secret(url), password=NEW))
    actor = await accounts.identify(await sign_in("owner@example.org"))
    assert actor is not None
    assert actor.role is SiteRole.owner
    assert ("account:owner:recovered", None) in await rows("SELECT action, actor_id FROM audit_event")
    with pytest.raises(InvalidCredentials):
        await resets.finish(SetPassword(token=secret(url), password=NEW))


@pytest.mark.req("AUTH-09")
async def test_without_an_owner_an_account_becomes_one_or_is_made(world):
    await change("UPDATE \"user\" SET disabled_at = created_at WHERE role = 'owner'")
    url, _ = await recover("Author@example.org")
    await resets.finish(SetPassword(token=secret(url), password=NEW))
    assert await rows("SELECT role FROM \"user\" WHERE email = 'author@example.org'") == [("owner",)]
    await change("UPDATE \"user\" SET disabled_at = created_at WHERE role = 'owner'")
    url, _ = await recover("new@example.org")
    accepted = AcceptInvitation(token=secret(url), name="New Owner", password=NEW)
    actor = await accounts.identify(await invitations.accept_new(accepted, "", ""))
    assert actor is not None
    assert actor.role is SiteRole.owner


async def test_in_a_fresh_database_it_is_the_link_that_sets_up(database):
    url, _ = await recover()
    made = SetUpOwner(token=secret(url), name="O", email="o@example.org", password=NEW, sample=False)
    assert await accounts.set_up_owner(made, "", "")


@pytest.mark.parametrize(
    ("email", "why"),
    [("reader@example.org", "is no owner"), ("nobody@example.org", "is no owner"), ("no address", "not an e-mail")],
)
async def test_it_makes_no_owner_beside_one(world, email, why):
    with pytest.raises(AppError, match=why):
        await recovery.recover(email, without_second_factor=False)
    assert await rows("SELECT count(*) FROM link") == [(0,)]


async def test_of_several_owners_one_is_named(world):
    await change("UPDATE \"user\" SET role = 'owner' WHERE email = 'admin@example.org'")
    with pytest.raises(AppError, match=r"admin@example\.org, owner@example\.org"):
        await recover()
    assert "admin@example.org" in (await recover("admin@example.org"))[1]


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # what differs is asked of the service above
@pytest.mark.req("AUTH-09")
async def test_the_command_prints_the_link_or_says_why_not(world, database, monkeypatch):
    monkeypatch.setenv("PLUMBLINE_DATABASE_URL", database.database)
    status, said, _ = await run()
    assert status == 0
    await resets.finish(SetPassword(token=secret(re.findall(r"http\S+", said)[0]), password=NEW))
    status, said, complained = await run("--email", "reader@example.org")
    assert (status, said) == (1, "")
    assert complained.startswith("recover: reader@example.org is no owner.")


async def test_a_second_factor_goes_only_when_that_is_asked_for(world):
    async with unit_of_work() as work:
        owner = world.actor("owner").user_id
        await work.factors.add(OneTimeSecret(user_id=owner, sealed="sealed"))
    await recover()
    assert await rows("SELECT count(*) FROM one_time_secret") == [(1,)]
    await recover(without_second_factor=True)
    assert await rows("SELECT count(*) FROM one_time_secret") == [(0,)]
