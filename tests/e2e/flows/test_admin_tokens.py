"""The tokens of everybody, as those who run the site see them."""

import httpx2
import pytest
from playwright.async_api import expect

from tests.e2e.browser import Visitors
from tests.e2e.client import Person
from tests.e2e.pages.admin import Admin


@pytest.mark.req("AUTHZ-07")
async def test_a_token_is_found_and_revoked(visitors: Visitors, person: Person):
    admin = Admin(await visitors.open(person.url, person.token))
    async with person.client() as client:
        asked = {"name": "Nightly build", "scopes": ["documents:read"]}
        secret = (await client.post("/api/v1/me/tokens", json=asked)).json()["secret"]
    bearer = {"authorization": f"Bearer {secret}"}
    async with httpx2.AsyncClient(base_url=person.url, headers=bearer, timeout=30) as program:
        assert (await program.get("/api/v1/documents")).status_code == 200
        await admin.open("/admin/tokens?who=olga&scope=documents:read")
        await expect(admin.row("Nightly build")).to_contain_text(person.name)
        await admin.act(admin.row("Nightly build"), "Revoke")
        await expect(admin.dialog).to_contain_text(f"Nightly build of {person.name}")
        await admin.agree("Revoke")
        await expect(admin.notices).to_contain_text("The token is revoked.")
        await expect(admin.row("Nightly build")).to_have_count(0)
        assert (await program.get("/api/v1/documents")).status_code == 401
    await admin.open("/admin/audit?action=admin:token:revoked")
    await expect(admin.rows.first).to_contain_text(person.name)
