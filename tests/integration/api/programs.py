"""Programs that use the API: signing in, refreshing, personal tokens, time passing."""

from datetime import timedelta

from app.core import clock

PASSWORD = "slate river lantern 42"
LOGIN = {"email": "author@example.org", "password": PASSWORD}


async def pair(program, **changed):
    async with program() as client:
        answer = await client.post("/api/v1/auth/login", json=LOGIN | changed)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def refreshed(program, token):
    async with program() as client:
        return await client.post("/api/v1/auth/refresh", json={"refresh_token": token})


async def status(program, token, path="/api/v1/me"):
    async with program(token) as client:
        return (await client.get(path)).status_code


def later(monkeypatch, **time):
    at = clock.now() + timedelta(**time)
    monkeypatch.setattr(clock, "now", lambda: at)


async def personal(program, **command):
    tokens = await pair(program)
    async with program(tokens["access_token"]) as client:
        answer = await client.post("/api/v1/me/tokens", json={"name": "CI", "scopes": ["documents:read"], **command})
    assert answer.status_code == 201, answer.text
    return answer.json(), tokens["access_token"]
