"""The site over HTTP, in a world of people; every test that asks for `database` runs on SQLite and on PostgreSQL."""

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from passlib.hash import argon2
from structlog.testing import capture_logs

from app.adapters.oauth import metadata
from app.core import db
from app.core.settings import settings
from app.gateway import page_server, pipeline
from app.services import authorize
from tests.backing.provider import Provider
from tests.integration.api import programs
from tests.integration.api import site as sites
from tests.integration.world import World, change

PEOPLE_THERE = {
    "ada": {"email": "Ada@Lovelace.example", "email_verified": True, "name": "Ada Lovelace"},
    "eve": {"email": "eve@example.net", "email_verified": True, "name": "Eve"},
}


@pytest.fixture
def log() -> Iterator[list[dict[str, Any]]]:
    """Every line logged, before it is rendered."""
    with capture_logs() as lines:
        yield lines


@pytest.fixture
async def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: list[dict[str, Any]]) -> AsyncIterator[sites.Site]:
    """Over whatever database the settings point at; pages come from a small build made here. Whatever a test asks
    for, each answer must be one that its operation declares.
    """
    folder = tmp_path / "build" / "client"
    folder.mkdir(parents=True)
    sites.build(folder, sites.all_pages())
    monkeypatch.setattr(page_server, "BUILD", folder)
    monkeypatch.setattr(pipeline, "BUILD", folder)
    assembled = sites.assemble()
    yield assembled
    await db.dispose()  # also of a test without a database, which was asked for all the same
    assert assembled.undeclared == []


@pytest.fixture
def browser(site: sites.Site, world: World):
    """`browser("author")` is that person's browser on our pages; `browser()` somebody who is not signed in."""

    def make(name: str = "", **options: str):
        return site.client(world.tokens[name] if name else "", **options)

    return make


@pytest.fixture
async def passwords(world):
    """Everybody has the same one."""
    hashed = argon2.using(type="ID", memory_cost=8, time_cost=1, parallelism=1).hash(programs.PASSWORD)
    await change('UPDATE "user" SET password_hash = :hash WHERE email LIKE :who', hash=hashed, who="%@example.org")


@pytest.fixture
def program(site, passwords):
    """A program: no cookie, nothing that a browser says by itself."""

    def make(token: str = "", **headers: str):
        bearer = {"authorization": f"Bearer {token}"} if token else {}
        return site.client(**{"sec_fetch_site": "", **bearer, **headers})

    return make


@pytest.fixture
async def provider(database, monkeypatch):
    """An identity provider that is configured as `sso` and knows Ada and Eve; people who come get accounts."""
    metadata.forget()
    async with Provider(people={who: dict(said) for who, said in PEOPLE_THERE.items()}) as started:
        monkeypatch.setenv("PLUMBLINE_OIDC_PROVIDERS", json.dumps([started.setting()]))
        monkeypatch.setenv("PLUMBLINE_PROVIDER_ACCOUNTS", "true")
        settings.cache_clear()
        yield started


@pytest.fixture
def asked(monkeypatch):
    """The permissions that the services asked for; each asks through here, with the thing or without."""
    found = set()
    require_scope = authorize.require_scope

    def noting(viewer, permission):
        found.add(permission)
        require_scope(viewer, permission)

    monkeypatch.setattr(authorize, "require_scope", noting)
    return found
