"""Groups that an identity provider speaks of: in and out at each sign-in, and only where its setting says so."""

import json

import pytest

from app.core.settings import settings
from app.schemas.members import GiveRole, MakeGroup
from app.services import groups, members
from tests.integration.api.visiting import Visitor


@pytest.fixture
async def made(world):
    owner = world.actor("owner")
    found = {
        name: (await groups.make(owner, MakeGroup(name=name, claim=name.lower()))).id for name in ("Eng", "Ops", "Hr")
    }
    await members.put_group(owner, "ENG", found["Eng"], GiveRole(role="author"))
    return found


async def people(world):
    return {one.name for one in await groups.find(world.actor("owner")) if one.people}


async def spaces_of(visitor):
    return [one["key"] for one in (await visitor.ask("GET", "/api/v1/spaces")).json()]


def speaks_of_groups(provider, monkeypatch, claim="teams"):
    monkeypatch.setenv("PLUMBLINE_OIDC_PROVIDERS", json.dumps([provider.setting(groups_claim=claim)]))
    settings.cache_clear()


@pytest.mark.req("AUTHZ-02")
async def test_a_claim_opens_a_space_and_closes_it_again(site, world, made, provider, monkeypatch):
    speaks_of_groups(provider, monkeypatch)
    visitor = Visitor(site)
    provider.people["ada"] |= {"teams": ["eng", "somewhere else", 7, "", "x" * 300]}
    await visitor.sign_in(provider)
    assert await people(world) == {"Eng"}
    assert await spaces_of(visitor) == ["ENG"]
    provider.people["ada"]["teams"] = "ops"
    await visitor.sign_in(provider)
    assert await people(world) == {"Ops"}
    assert await spaces_of(visitor) == []
    del provider.people["ada"]["teams"]
    await visitor.sign_in(provider)
    assert await people(world) == set()


async def test_a_provider_that_is_not_asked_about_groups_changes_none(site, world, made, provider):
    visitor = Visitor(site)
    provider.people["ada"] |= {"teams": ["eng"], "groups": ["eng"], "": ["eng"]}
    await visitor.sign_in(provider)
    assert await people(world) == set()
