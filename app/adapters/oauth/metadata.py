"""What an OpenID Connect issuer says of itself: its document and its keys, checked and kept for an hour."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, KeySet

from app.adapters.oauth import talk
from app.core.settings import Provider

KEPT_SECONDS = 3600.0
_KEYS_AT_MOST_EVERY = 30.0
_KINDS = ("RSA", "EC", "OKP")
_TEMPLATE = "https://login.microsoftonline.com/{tenantid}/v2.0"


@dataclass(frozen=True, slots=True)
class Metadata:
    """`issuer` is what its tokens have to name; with `{tenantid}` in it, the tenant that they name themselves."""

    issuer: str
    authorization: str
    token: str
    keys: str
    userinfo: str
    auth_method: str
    names_itself: bool


_known: dict[Provider, tuple[float, Metadata]] = {}
_keys: dict[str, tuple[float, KeySet]] = {}


def forget() -> None:
    """For tests: ask everybody again."""
    _known.clear()
    _keys.clear()


async def of(provider: Provider) -> Metadata:
    """Raises `Untrue` when the document is another issuer's or leads to where no provider is."""
    loaded, found = _known.get(provider, (0.0, None))
    if found is not None and time.monotonic() - loaded < KEPT_SECONDS:
        return found
    document = await talk.fetched(provider, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    found = _read(provider, document if isinstance(document, dict) else {})
    _known[provider] = (time.monotonic(), found)
    return found


async def keys(provider: Provider, metadata: Metadata, *, anew: bool = False) -> KeySet:
    """The public keys that sign its tokens. `anew` asks again, though not more often than twice a minute."""
    loaded, found = _keys.get(metadata.keys, (0.0, None))
    age = time.monotonic() - loaded
    if found is not None and age < (_KEYS_AT_MOST_EVERY if anew else KEPT_SECONDS):
        return found
    document = await talk.fetched(provider, metadata.keys)
    entries = document.get("keys") if isinstance(document, dict) else None
    found = KeySet([key for entry in entries or () if (key := _public(entry)) is not None])
    if not found.keys:
        raise talk.Untrue("no keys")
    _keys[metadata.keys] = (time.monotonic(), found)
    return found


def _public(entry: Any) -> Any:
    """A key of the kinds that we verify with; others are passed over, secrets among them."""
    if not isinstance(entry, dict) or entry.get("kty") not in _KINDS or entry.get("use", "sig") != "sig":
        return None
    try:
        return JWKRegistry.import_key(entry)
    except (JoseError, ValueError, TypeError, KeyError):
        return None


def _read(provider: Provider, document: Mapping[str, Any]) -> Metadata:
    issuer = document.get("issuer")
    if issuer != provider.issuer and not (provider.any_tenant and issuer == _TEMPLATE):
        raise talk.Untrue("the document is another issuer's")
    methods = document.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    basic = not isinstance(methods, list) or "client_secret_basic" in methods
    return Metadata(
        issuer=str(issuer),
        authorization=_endpoint(provider, document, "authorization_endpoint"),
        token=_endpoint(provider, document, "token_endpoint"),
        keys=_endpoint(provider, document, "jwks_uri"),
        userinfo=_endpoint(provider, document, "userinfo_endpoint") if document.get("userinfo_endpoint") else "",
        auth_method="client_secret_basic" if basic else "client_secret_post",
        names_itself=document.get("authorization_response_iss_parameter_supported") is True,
    )


def _endpoint(provider: Provider, document: Mapping[str, Any], name: str) -> str:
    """An https address; http only where the issuer itself is configured as http."""
    value = document.get(name)
    parts = urlsplit(value) if isinstance(value, str) else urlsplit("")
    secure = parts.scheme == "https" or parts.scheme == "http" == urlsplit(provider.issuer).scheme
    if not isinstance(value, str) or not secure or not parts.hostname or parts.username or parts.fragment:
        raise talk.Untrue(f"{name} is no address of a provider")
    return value
