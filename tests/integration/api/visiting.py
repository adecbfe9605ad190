"""A browser that goes to an identity provider and back, cookie by cookie."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2

from tests.backing.provider import Provider
from tests.integration.api.site import Site
from tests.integration.world import rows

START, BACK = "/auth/providers/sso/start", "/auth/providers/sso/callback"
LINK, CONFIRM = "/auth/providers/sso/link", "/auth/providers/sso/confirm"


@dataclass
class Visitor:
    """`signed_in` is the session's token; cookies that are set are kept, those that end are forgotten."""

    site: Site
    signed_in: str = ""
    provider: str = "sso"
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.signed_in:
            self.cookies["plumbline"] = self.signed_in

    async def ask(self, method: str, path: str, **options) -> httpx2.Response:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        async with self.site.client(cookie=cookie) as client:
            answer = await client.request(method, path, **options)
        for line in answer.headers.get_list("set-cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.cookies = {name: value for name, value in self.cookies.items() if value}
        return answer

    async def leave(self, back: str = "") -> str:
        """To the provider, by the button; the address the browser is sent to."""
        answer = await self.ask(
            "GET", START.replace("sso", self.provider) + (f"?{urlencode({'next': back})}" if back else "")
        )
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    async def come_back(self, brought: dict[str, str], **headers) -> httpx2.Response:
        return await self.ask("GET", f"{BACK.replace('sso', self.provider)}?{urlencode(brought)}", headers=headers)

    async def sign_in(self, provider: Provider, subject: str = "ada", back: str = "") -> httpx2.Response:
        return await self.come_back(provider.consent(await self.leave(back), subject))

    async def who(self) -> str:
        """The address of whoever is signed in here, empty for nobody."""
        answer = await self.ask("GET", "/api/v1/me")
        return answer.json()["email"] if answer.status_code == 200 else ""


async def sessions() -> int:
    return (await rows("SELECT count(*) FROM auth_session"))[0][0]


def parameters(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
