"""What is peculiar to the well-known providers: GitHub speaks no OpenID Connect, Microsoft has an issuer per tenant."""

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import pytest

from app.adapters.oauth import metadata
from app.core.settings import settings
from tests.backing.provider import CLIENT, SECRET, Grant, Lies, Provider, found
from tests.integration.api.site import on_sqlite
from tests.integration.api.visiting import Visitor, parameters
from tests.integration.world import rows

TENANT = "9188040d-6c67-4c5b-b112-36a304b66dad"
MAIL = {"email": "ada@lovelace.example", "primary": True, "verified": True}


@dataclass
class GitHub(Provider):
    """GitHub Enterprise Server: tokens and an API below `/api/v3`."""

    user: dict[str, Any] = field(default_factory=lambda: {"id": 42, "login": "ada", "name": None})
    emails: Any = field(default_factory=lambda: [{"email": "old@x.example", "primary": False, "verified": True}, MAIL])

    def consent(self, url: str, subject: str = "42") -> dict[str, str]:
        sent = parameters(url)
        assert ("nonce" in sent, sent["code_challenge_method"]) == (False, "S256")
        code = secrets.token_urlsafe(16)
        self.grants[code] = Grant("", sent["code_challenge"], sent["redirect_uri"], subject)
        return {"code": code, "state": sent["state"]}

    def _reply(self, path, headers, body):
        if path == "/login/oauth/access_token":
            return self.lies.token_reply(self._token(headers, body))
        if headers.get("authorization", "").removeprefix("Bearer ") not in self.access:
            return 401, {}, b"{}"
        return found({"/api/v3/user": self.user, "/api/v3/user/emails": self.emails}[path])

    def _id_token(self, grant):
        return ""


@pytest.fixture
async def github(database, monkeypatch):
    async with GitHub() as started:
        monkeypatch.setenv("PLUMBLINE_GITHUB_URL", started.issuer)
        monkeypatch.setenv("PLUMBLINE_GITHUB_CLIENT_ID", CLIENT)
        monkeypatch.setenv("PLUMBLINE_GITHUB_CLIENT_SECRET", SECRET)
        monkeypatch.setenv("PLUMBLINE_PROVIDER_ACCOUNTS", "true")
        settings.cache_clear()
        yield started


@on_sqlite
@pytest.mark.req("OIDC-06", "OIDC-02")
async def test_github_accounts_are_numbers(site, world, github):
    visitor = Visitor(site, provider="github")
    assert (await visitor.sign_in(github)).status_code == 303
    assert await visitor.who() == "ada@lovelace.example"
    assert await rows("SELECT issuer, subject FROM linked_identity") == [(github.issuer, "42")]
    github.user = {"id": 43, "login": "ada", "name": "Somebody else"}
    answer = await Visitor(site, provider="github").sign_in(github)
    assert answer.json()["error"]["code"] == "LINK_REQUIRED", "a name that was given away opens nothing"


@on_sqlite
@pytest.mark.req("OIDC-04", "OIDC-05")
@pytest.mark.parametrize(
    ("changes", "trouble"),
    [
        ({"user": {}}, "refused"),
        ({"user": {"id": "42"}}, "refused"),
        ({"user": {"id": True}}, "refused"),
        ({"user": []}, "refused"),
        ({"emails": []}, "unconfirmed"),
        ({"emails": [MAIL | {"verified": False}]}, "unconfirmed"),
        ({"emails": [MAIL | {"primary": False}]}, "unconfirmed"),
        ({"emails": "none"}, "unconfirmed"),
        ({"lies": Lies(token_reply=lambda _reply: found({"error": "bad_verification_code"}))}, "refused"),
        ({"lies": Lies(tokens=lambda tokens: {**tokens, "access_token": "another"})}, "away"),
        ({"lies": Lies(token_reply=lambda _reply: (200, {}, b"access_token=a&token_type=bearer"))}, "away"),
    ],
)
async def test_what_github_does_not_confirm_makes_no_account(site, world, github, changes, trouble):
    for name, value in changes.items():
        setattr(github, name, value)
    visitor = Visitor(site, provider="github")
    answer = await visitor.sign_in(github)
    assert (answer.json()["error"]["details"]["trouble"], await visitor.who()) == (trouble, "")


@pytest.fixture
def tenants(provider, monkeypatch):
    """The provider as one that has an issuer for each of its tenants."""
    template = f"{provider.issuer}/{{tenantid}}/v2.0"
    monkeypatch.setattr(metadata, "_TEMPLATE", template)
    monkeypatch.setenv("PLUMBLINE_OIDC_PROVIDERS", json.dumps([provider.setting(any_tenant=True)]))
    settings.cache_clear()

    def say(issuer: str, tenant: str = TENANT, answer: str | None = None) -> None:
        provider.lies = Lies(
            document=lambda honest: {**honest, "issuer": template, "authorization_response_iss_parameter_supported": 0},
            claims=lambda honest: {**honest, "iss": issuer, "tid": tenant},
            back=lambda honest: {name: value for name, value in {**honest, "iss": answer}.items() if value},
        )

    return say


@on_sqlite
@pytest.mark.req("OIDC-04", "OIDC-06")
async def test_an_issuer_for_each_tenant_has_to_name_its_own(site, world, provider, tenants):
    own, other = f"{provider.issuer}/{TENANT}/v2.0", f"{provider.issuer}/{'0' * 8}{TENANT[8:]}/v2.0"
    for case in ((other,), (own, ""), (own, TENANT, other), (own, TENANT, provider.issuer), (f"{own}x",)):
        metadata.forget()
        tenants(*case)
        assert (await Visitor(site).sign_in(provider)).status_code == 401, case
    for case in ((own,), (own, TENANT, own)):
        tenants(*case)
        assert (await Visitor(site).sign_in(provider)).status_code == 303
    assert await rows("SELECT issuer FROM linked_identity") == [(own,)]
