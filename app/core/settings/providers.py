"""Identity providers that people may sign in through: four well-known ones by their own settings, any issuer by JSON.

What a provider answers is judged in `app.adapters.oauth`; who gets an account through one in the use cases.
"""

import json
import re
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, field_validator
from pydantic_settings import NoDecode

from app.core.settings.kinds import Group, listed

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ANY_TENANT = frozenset({"common", "organizations"})
_LABELS = {"google": "Google", "github": "GitHub", "microsoft": "Microsoft", "gitlab": "GitLab"}
EVERYBODY = "*"
"""In place of a domain: every address that a provider has confirmed."""


class Protocol(StrEnum):
    """OpenID Connect, or GitHub's own use of OAuth 2."""

    oidc = "oidc"
    github = "github"


def _plain_url(value: str) -> str:
    """Scheme, host, port and path of an issuer or a site; raises `ValueError`."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment or "@" in value:
        raise ValueError("must be an http or https URL without query")
    return value


class Provider(BaseModel):
    """`name` stands in addresses and never changes; `label` is what people read. `open_to_all` says that anybody can
    have an account there; `confirms_addresses` that its e-mail addresses need no confirmation by the claim for it.
    `groups_claim` is the claim that names a person's groups: it puts people into groups here, so only for your own.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    label: str = Field(min_length=1, max_length=40)
    issuer: Annotated[str, BeforeValidator(_plain_url)] = Field(max_length=255)
    client_id: str = Field(min_length=1, max_length=255)
    client_secret: SecretStr | None = None
    scopes: str = "openid email profile"
    protocol: Protocol = Protocol.oidc
    confirms_addresses: bool = False
    open_to_all: bool = False
    any_tenant: bool = False
    groups_claim: str = Field("", max_length=100)

    @property
    def host(self) -> str:
        """`host:port` of the issuer: configured, so it may be called wherever it is."""
        parts = urlsplit(self.issuer)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        return f"{host}:{parts.port or {'http': 80, 'https': 443}[parts.scheme]}"


def _from_json(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value) if value.strip() else ()
    except ValueError:
        raise ValueError("must be a JSON list of objects") from None


def _domain(part: str) -> str:
    domain = part.removeprefix("@").casefold()
    if domain != EVERYBODY and not re.fullmatch(r"[^\s@*/]+\.[^\s@*/]+", domain):
        raise ValueError("each must be a domain such as example.org, or *")
    return domain


class Providers(Group):
    google_client_id: str = Field("", description="Sign-in with Google: the client's id")
    google_client_secret: SecretStr | None = Field(None, description="Its secret")
    github_client_id: str = Field("", description="Sign-in with GitHub: the client's id")
    github_client_secret: SecretStr | None = Field(None, description="Its secret")
    github_url: str = Field("https://github.com", description="GitHub, or your GitHub Enterprise Server")
    microsoft_client_id: str = Field("", description="Sign-in with Microsoft: the client's id")
    microsoft_client_secret: SecretStr | None = Field(None, description="Its secret")
    microsoft_tenant: str = Field("", description="Id of your tenant; organizations or common: those of everybody")
    gitlab_client_id: str = Field("", description="Sign-in with GitLab: the client's id")
    gitlab_client_secret: SecretStr | None = Field(None, description="Its secret")
    gitlab_url: str = Field("https://gitlab.com", description="GitLab, or your own")
    oidc_providers: Annotated[tuple[Provider, ...], NoDecode, BeforeValidator(_from_json)] = Field(
        (), description="Other OpenID Connect providers, as a JSON list (docs/operations.md)"
    )
    provider_accounts: bool = Field(
        default=False, description="Make an account for whoever comes through a provider with an allowed address"
    )
    provider_domains: Annotated[tuple[str, ...], *listed(_domain)] = Field(
        (), description="Domains of these addresses, comma-separated; *: every address that a provider has confirmed"
    )

    @field_validator("github_url", "gitlab_url")
    @classmethod
    def _site(cls, value: str) -> str:
        return _plain_url(value).rstrip("/")

    @field_validator("microsoft_tenant")
    @classmethod
    def _tenant(cls, value: str) -> str:
        tenant = value.lower()
        if tenant and tenant not in _ANY_TENANT and not _GUID.fullmatch(tenant):
            raise ValueError("must be the id of a tenant, organizations or common")
        return tenant

    @property
    def providers(self) -> tuple[Provider, ...]:
        """Those that are configured, in the order of their buttons."""
        known = (self._google(), self._microsoft(), self._github(), self._gitlab())
        return tuple(one for one in known if one is not None) + self.oidc_providers

    def provider(self, name: str) -> Provider | None:
        return next((one for one in self.providers if one.name == name), None)

    def _google(self) -> Provider | None:
        return self._known("google", "https://accounts.google.com", open_to_all=True)

    def _microsoft(self) -> Provider | None:
        tenant = self.microsoft_tenant or "common"
        everybody = tenant in _ANY_TENANT
        issuer = f"https://login.microsoftonline.com/{tenant}/v2.0"
        return self._known(
            "microsoft", issuer, open_to_all=everybody, any_tenant=everybody, confirms_addresses=not everybody
        )

    def _github(self) -> Provider | None:
        is_public = urlsplit(self.github_url).hostname == "github.com"
        scopes = "read:user user:email"
        return self._known("github", self.github_url, protocol=Protocol.github, scopes=scopes, open_to_all=is_public)

    def _gitlab(self) -> Provider | None:
        return self._known("gitlab", self.gitlab_url, open_to_all=urlsplit(self.gitlab_url).hostname == "gitlab.com")

    def _known(self, name: str, issuer: str, **facts: Any) -> Provider | None:
        client_id = getattr(self, f"{name}_client_id")
        if not client_id:
            return None
        return Provider(
            name=name,
            label=_LABELS[name],
            issuer=issuer,
            client_id=client_id,
            client_secret=getattr(self, f"{name}_client_secret"),
            **facts,
        )
