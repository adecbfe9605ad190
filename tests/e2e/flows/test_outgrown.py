"""A team outgrows one machine: PostgreSQL, Redis and several workers by configuration alone, the same product."""

import asyncio

import pytest
import redis
from playwright.async_api import expect

from tests.backing.postgres import Postgres
from tests.backing.valkey import Valkey
from tests.e2e.browser import Visitors
from tests.e2e.client import Person, bring_in
from tests.e2e.pages.catalogue import Documents
from tests.e2e.pages.document import Document


def stored(address: str) -> bytes:
    """Everything that Redis holds, names and values, in one piece."""
    client = redis.Redis.from_url(address)
    return b"\n".join(key + b" " + (client.dump(key) or b"") for key in client.scan_iter())


@pytest.mark.req("OPS-03")
async def test_postgresql_redis_and_two_workers(visitors: Visitors, new_server):
    with Postgres() as database, Valkey() as cache:
        server = new_server(database_url=database.address(), redis_url=cache.url, workers="2")
        await asyncio.to_thread(server.start)
        owner = await Person(server.url).set_up(server.setup_token())
        async with owner.client() as client:
            number = await bring_in(client, "# Outgrown\n\nOn two workers.\n")
        page = await visitors.open(server.url, owner.token)
        documents = await Documents(page).open()
        await expect(documents.row(number)).to_be_visible()
        await documents.link(number).click()
        document = await Document(page).ready()
        await expect(document.text("On two workers.")).to_be_visible()
        kept = await asyncio.to_thread(stored, cache.url)
        assert b"state" in kept
        assert owner.token.encode() not in kept
        await page.close()
        await asyncio.to_thread(server.stop)
