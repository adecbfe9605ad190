"""The API as a program of the person would call it: for what a flow needs to be there, and to check what is stored."""

import re
from dataclasses import dataclass, field

import httpx2

from tests.e2e import secrets

COOKIE = "plumbline"
DEMO_PASSWORD = "a plumb line hangs true"
"""Of everybody whom `plumbline demo` makes."""


@dataclass
class Person:
    """An account of a site. `name` and `email` as the pages show them."""

    url: str
    token: str = ""
    name: str = "Olga Berg"
    email: str = "olga@example.org"
    password: str = field(default="correct horse battery", repr=False)

    def client(self, url: str = "") -> httpx2.AsyncClient:
        """Use it as a context manager. `url` is another way to the same site."""
        base = url or self.url
        headers = {"origin": base, "cookie": f"{COOKIE}={self.token}"}
        return httpx2.AsyncClient(base_url=base, headers=headers, timeout=30)

    async def set_up(self, setup_token: str, start: str = "sample") -> "Person":
        """Spend the one-time link; from then on the person is signed in."""
        form = {"token": setup_token, "name": self.name, "email": self.email, "password": self.password, "start": start}
        return await self._enter("/auth/setup", form)

    async def sign_in(self) -> "Person":
        """A session of its own for the same person."""
        again = Person(self.url, "", self.name, self.email, self.password)
        return await again._enter("/auth/sign-in", {"email": self.email, "password": self.password})

    async def _enter(self, path: str, form: dict[str, str]) -> "Person":
        async with httpx2.AsyncClient(base_url=self.url, headers={"origin": self.url}, timeout=30) as client:
            answer = await client.post(path, data=form)
        assert answer.status_code == 200, answer.text
        self.token = re.findall(rf"{COOKIE}=([^;]+)", answer.headers["set-cookie"])[0]
        secrets.plant(self.token, self.password, form.get("token", ""))
        return self


async def bring_in(client: httpx2.AsyncClient, text: str | bytes, name: str = "text.md", space: str = "GEN") -> str:
    """Import one text as a new document; its number."""
    data = text.encode() if isinstance(text, str) else text
    answer = await client.post("/api/v1/imports", data={"space": space}, files=[("files", (name, data))])
    assert answer.status_code == 201, answer.text
    report = await client.get(f"/api/v1/imports/{answer.json()['location'].partition('report=')[2]}")
    item = report.json()["items"][0]
    assert item["outcome"] == "created", item["message"]
    return item["number"]


async def save(client: httpx2.AsyncClient, number: str, base: int, text: str, message: str = "") -> httpx2.Response:
    """Save `text`, made from revision `base`, as the next revision."""
    return await client.post(
        f"/api/v1/documents/{number}/revisions",
        headers={"if-match": f'"{base}"'},
        data={"message": message},
        files={"text": ("text.md", text.encode())},
    )


async def text_of(client: httpx2.AsyncClient, number: str, revision: int | None = None) -> str:
    """Exactly what is stored, line ends included."""
    wanted = {"revision": revision} if revision else {}
    answer = await client.get(f"/api/v1/documents/{number}/text", params=wanted)
    assert answer.status_code == 200, answer.text
    return answer.content.decode()
