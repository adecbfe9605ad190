"""OpenID Connect: authorization code with PKCE, and an ID token in which everything has to be right."""

import re
from collections.abc import Mapping
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from app.adapters.oauth import metadata as issuers
from app.adapters.oauth import talk
from app.adapters.oauth.metadata import Metadata
from app.core import clock
from app.core.settings import Provider

# Signatures that a public key verifies, and nothing else: no `none`, and no secret that both sides know.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
_LEEWAY_S = 60
_LONGEST_TOKEN = 20_000
_DEFECTS = (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError)


async def depart(provider: Provider, redirect_uri: str, *, again: bool = False) -> talk.Departure:
    """`again` asks the provider to let the person prove once more who they are. Raises `Away`."""
    parameters = {"prompt": "login", "max_age": "0"} if again else {}
    async with talk.asking(talk.DEPART_SECONDS):
        known = await issuers.of(provider)
        return await talk.departure(provider, known.authorization, redirect_uri, parameters, has_nonce=True)


async def arrive(provider: Provider, back: talk.Back) -> talk.Claimed:
    """Raises `Untrue` for any lie, `Away` when the provider cannot be asked."""
    async with talk.asking(talk.ARRIVE_SECONDS):
        known = await issuers.of(provider)
        if not _is_answer_of(known, back.issuer):
            raise talk.Untrue("the answer is another issuer's")
        tokens = await talk.exchange(provider, known.token, back, auth_method=known.auth_method)
        claims = await _verified(provider, known, tokens, back.nonce)
        if back.issuer not in {None, claims["iss"]}:
            raise talk.Untrue("the answer is another issuer's than the ID token")
        about = await _about(provider, known, tokens, claims)
    return _claimed(provider, claims, {**claims, **about})


def _is_answer_of(known: Metadata, issuer: str | None) -> bool:
    """RFC 9207, before the code is shown to anybody; an issuer that promises to name itself has to."""
    if issuer is None:
        return not known.names_itself
    tenants = re.escape(known.issuer).replace(re.escape("{tenantid}"), "[0-9a-f-]{36}")
    return re.fullmatch(tenants, issuer) is not None


async def _verified(provider: Provider, known: Metadata, tokens: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
    raw = tokens.get("id_token")
    if not isinstance(raw, str) or len(raw) > _LONGEST_TOKEN:
        raise talk.Untrue("no ID token")
    try:
        token = await _decoded(provider, known, raw)
        _checked(token, provider, known, {"nonce": nonce, "access_token": tokens["access_token"]})
    except _DEFECTS as error:
        raise talk.Untrue(f"ID token: {type(error).__name__} {getattr(error, 'claim', '')}".strip()) from None
    return dict(token.claims)


async def _decoded(provider: Provider, known: Metadata, raw: str) -> jwt.Token:
    """A signature that no known key made may be a new key's: then the keys are asked for once more."""
    try:
        return _signed(raw, await issuers.keys(provider, known))
    except JoseError:
        return _signed(raw, await issuers.keys(provider, known, anew=True))


def _signed(raw: str, keys: KeySet) -> jwt.Token:
    token = jwt.decode(raw, keys, algorithms=ALGORITHMS)
    if str(token.header.get("typ", "JWT")).lower() not in {"jwt", "id+jwt"}:
        raise ValueError("typ")
    return token


def _checked(token: jwt.Token, provider: Provider, known: Metadata, facts: dict[str, str]) -> None:
    """iss, aud, azp, exp, nbf, iat, nonce, at_hash by Authlib; that each is there, and of one kind, besides."""
    claims = token.claims
    issuer = known.issuer.replace("{tenantid}", str(claims.get("tid", "")))
    options: Any = {
        "iss": {"essential": True, "value": issuer},
        "aud": {"essential": True, "value": provider.client_id},
        "sub": {"essential": True},
        "nonce": {"essential": True, "value": facts["nonce"]},
    }
    CodeIDToken(claims, token.header, options, {"client_id": provider.client_id, **facts}).validate(
        now=int(clock.now().timestamp()), leeway=_LEEWAY_S
    )
    if not isinstance(claims["sub"], str) or not 1 <= len(claims["sub"]) <= talk.LONGEST_SUBJECT:
        raise ValueError("sub")
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != provider.client_id:
        raise ValueError("azp")


async def _about(
    provider: Provider, known: Metadata, tokens: Mapping[str, Any], claims: Mapping[str, Any]
) -> Mapping[str, Any]:
    """What the userinfo endpoint adds, if there is one: it has to speak of the same person."""
    if not known.userinfo:
        return {}
    about = await talk.fetched(provider, known.userinfo, token=tokens["access_token"])
    if not isinstance(about, dict) or about.get("sub") != claims["sub"]:
        raise talk.Untrue("userinfo is about somebody else")
    return about


def _claimed(provider: Provider, claims: Mapping[str, Any], about: Mapping[str, Any]) -> talk.Claimed:
    email = talk.text(about, "email")
    when = claims.get("auth_time")
    return talk.Claimed(
        issuer=claims["iss"],
        subject=claims["sub"],
        email=email,
        email_is_confirmed=bool(email) and (about.get("email_verified") is True or provider.confirms_addresses),
        name=talk.text(about, "name") or talk.text(about, "preferred_username") or email.partition("@")[0],
        groups=talk.texts({**claims, **about}, provider.groups_claim) if provider.groups_claim else None,
        authenticated_at=int(when) if isinstance(when, int | float) and not isinstance(when, bool) else None,
    )
