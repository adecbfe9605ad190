"""What the protocols have in common: what goes there, what comes back, and how a provider is called.

A provider's own document never decides how it is called: Authlib would take options of its client from it.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from authlib.common.security import generate_token
from authlib.integrations.httpx_client import AsyncOAuth2Client, OAuthError

from app.adapters import http
from app.core.settings import Provider, settings

DEPART_SECONDS = 4.0
ARRIVE_SECONDS = 8.0
_SIZE = 262_144
_MOST_TEXTS, _LONGEST_TEXT = 500, 200
LONGEST_SUBJECT = 255


class Away(Exception):
    """The provider cannot be asked now."""


class Untrue(Exception):
    """What came back is not believed. The message is for the log."""


@dataclass(frozen=True, slots=True)
class Departure:
    """`url` is where the browser goes; the rest is kept until it comes back."""

    url: str
    state: str
    nonce: str = field(repr=False)
    code_verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Back:
    """What the browser brought, and what was kept. `issuer` is the `iss` of the answer (RFC 9207), if it has one."""

    code: str = field(repr=False)
    issuer: str | None
    nonce: str = field(repr=False)
    code_verifier: str = field(repr=False)
    redirect_uri: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """Who the provider says it is. `issuer` and `subject` together are the identity; the rest may change any time.

    `authenticated_at` is when they proved it there (Unix, s), if it says so; `groups` are those it speaks of, None
    where it is not asked about groups.
    """

    issuer: str
    subject: str
    email: str = ""
    email_is_confirmed: bool = False
    name: str = ""
    authenticated_at: int | None = None
    groups: tuple[str, ...] | None = None


def bounds(provider: Provider, *hosts: str) -> http.Bounds:
    """The issuer's host is configured, so it may be called wherever it is; others as everywhere."""
    allowed = {provider.host, *hosts, *settings().allowed_outgoing_hosts}
    return http.Bounds(frozenset(allowed), DEPART_SECONDS, _SIZE)


@asynccontextmanager
async def asking(seconds: float) -> AsyncIterator[None]:
    """Everything that keeps a provider from being asked becomes `Away`, what it refuses `Untrue`."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except OAuthError as error:
        raise Untrue(f"refused: {str(error.error)[:60]}") from None
    except (http.NotReached, TimeoutError, ValueError, RecursionError) as error:
        raise Away(type(error).__name__) from None
    except http.FAILURES as error:
        http.log_failure(error)
        raise Away(type(error).__name__) from None


def client(provider: Provider, *hosts: str, auth_method: str | None = None) -> AsyncOAuth2Client:
    """Authlib's client on our transport, with PKCE."""
    secret = provider.client_secret.get_secret_value() if provider.client_secret else None
    return AsyncOAuth2Client(
        provider.client_id,
        secret,
        token_endpoint_auth_method=auth_method if secret else "none",
        scope=provider.scopes,
        code_challenge_method="S256",
        **http.options(bounds(provider, *hosts)),
    )


async def departure(
    provider: Provider, endpoint: str, redirect_uri: str, parameters: Mapping[str, str], *, has_nonce: bool
) -> Departure:
    """Fresh state, nonce and verifier of 285 bits each."""
    verifier, nonce = generate_token(48), generate_token(48)
    extra = {**parameters, **({"nonce": nonce} if has_nonce else {})}
    async with client(provider) as talking:
        url, state = talking.create_authorization_url(
            endpoint, state=generate_token(48), code_verifier=verifier, redirect_uri=redirect_uri, **extra
        )
    return Departure(url, state, nonce, verifier)


async def exchange(
    provider: Provider, endpoint: str, back: Back, *hosts: str, auth_method: str | None = None
) -> Mapping[str, Any]:
    """The tokens for a code. Raises `Untrue` unless there is a bearer token among them."""
    async with client(provider, *hosts, auth_method=auth_method) as talking:
        tokens = await talking.fetch_token(
            endpoint,
            grant_type="authorization_code",
            code=back.code,
            code_verifier=back.code_verifier,
            redirect_uri=back.redirect_uri,
        )
    kind, access = tokens.get("token_type"), tokens.get("access_token")
    if not isinstance(kind, str) or kind.lower() != "bearer" or not isinstance(access, str) or not access:
        raise Untrue("no bearer token")
    return dict(tokens)


async def fetched(provider: Provider, url: str, *hosts: str, token: str = "") -> Any:
    """The JSON at `url`; raises `http.NotReached` for another answer than 200."""
    headers = {"accept": "application/json", **({"authorization": f"Bearer {token}"} if token else {})}
    reply = await http.call(bounds(provider, *hosts), "GET", url, headers=headers)
    if reply.status != 200:
        raise http.NotReached
    return json.loads(reply.body)


def texts(claims: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A claim that is a list of short texts, or one; what is none of that is left out."""
    value = claims.get(name)
    found = value if isinstance(value, list) else [value]
    return tuple(one for one in found[:_MOST_TEXTS] if isinstance(one, str) and 0 < len(one) <= _LONGEST_TEXT)


def text(claims: Mapping[str, Any], name: str, longest: int = 320) -> str:
    """A claim as text, empty when it is missing or none."""
    value = claims.get(name)
    return value if isinstance(value, str) and len(value) <= longest else ""
