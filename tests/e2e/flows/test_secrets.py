"""Canaries: secrets in every place where a request may carry one, and a log at its most talkative that holds none.

Every other flow helps: the log of its server is searched as well, for all that the run has used until then.
"""

import asyncio
import json
import re
from urllib.parse import quote

import pytest

from tests.e2e import secrets
from tests.e2e.client import Person

CANARY = "canary-7Qx1"
FORGED = 'x\r\n{"event": "forged"}\n\x1b[2J\x1b]0;t\x07'


async def everywhere(person: Person) -> None:
    """Right and wrong, where it belongs and where it does not."""
    async with person.client() as client:
        made = await client.post("/api/v1/me/tokens", json={"name": "CI", "scopes": ["documents:read"]})
        bearer = {"authorization": f"Bearer {made.json()['secret']}"}
        secrets.plant(made.json()["secret"])
        login = {"email": person.email, "password": person.password}
        tokens = (await client.post("/api/v1/auth/login", json=login)).json()
        secrets.plant(tokens["access_token"], tokens["refresh_token"])
        await client.post("/api/v1/auth/refresh", json={"refresh_token": tokens["refresh_token"]})
        await client.post("/api/v1/auth/refresh", json={"refresh_token": CANARY})
        await client.get(f"/documents?token={CANARY}&code={CANARY}&state={CANARY}")
        await client.get(f"/api/v1/documents?access_token={CANARY}", headers=bearer)
        await client.get("/api/v1/me", headers={"authorization": f"Bearer {CANARY}", "cookie": f"plumbline={CANARY}"})
        await client.post("/auth/sign-in", data={"email": f"{CANARY}@example.org", "password": CANARY})
        await client.post("/auth/reset/new", data={"token": CANARY, "password": CANARY})
        await client.post("/auth/setup", data={"token": CANARY, "name": CANARY, "email": CANARY, "password": CANARY})
        await client.put("/api/v1/me/password", json={"current": CANARY, "new": CANARY})
        await client.post("/api/v1/imports/answers", content=f'{{"password": "{CANARY}"'.encode())
        await client.get("/metrics", headers={"authorization": f"Bearer {CANARY}"})
        await client.get("/_event", params={"token": CANARY})
        await client.get(f"/nothing/{quote(FORGED)}?{quote(FORGED)}")
        await client.get(f"/api/v1/documents/{quote(FORGED)}", headers={"user-agent": "x\u009b2J".encode("latin-1")})
        await client.post("/auth/sign-in", data={"email": FORGED, "password": FORGED})
        await client.post("/auth/sign-out")


@pytest.mark.req("OPS-03")
async def test_no_secret_reaches_the_log_and_no_line_is_forged(new_server):
    server = new_server(log_level="DEBUG", log_json="true")
    await asyncio.to_thread(server.start)
    person = await Person(server.url).set_up(server.setup_token())
    secrets.plant(CANARY)
    await everywhere(person)
    await asyncio.to_thread(server.stop)
    log = server.log.read_text()
    assert secrets.found_in(log) == []
    assert "$argon2" not in log
    assert not re.search("[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f\x9b]|\x1b[^[]", log)
    events = [json.loads(line)["event"] for line in log.splitlines() if line.startswith("{")]
    assert events.count("request") > 15
    assert "forged" not in events
