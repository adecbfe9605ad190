"""Access tokens of the API: short-lived JWTs (RFC 9068, profile `at+jwt`) that name a person and their session.

What the person may do is never in the token: it is read from the database at each request, and so is whether the
session still lives. One algorithm, HS256, with keys derived from the signing secrets (RFC 5869); the newest signs, all
verify, so that a secret is replaced without signing anybody out. No header of a token chooses a key but by its id.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OctKey

from app.core import clock, ids
from app.core.errors import AppError
from app.core.settings import Settings, secrets_of, settings

ALGORITHM = "HS256"
TYPE = "at+jwt"
AUDIENCE = "plumbline-api"
LONGEST = 2_000
_LEEWAY_S = 5
_PURPOSE = b"plumbline access token 1"
# All that our own tokens have: a header that brings a key, an address or an extension is refused, not ignored.
_HEADERS = {"alg", "typ", "kid"}


@dataclass(frozen=True, slots=True)
class Claims:
    """What a good token says. `token_id` is for the log; permissions are not in it."""

    user_id: str
    session_id: str
    token_id: str


def issue(user_id: str, session_id: str, life: timedelta | None = None) -> str:
    """A token that is good from now for `life` (by default the setting)."""
    now = _now()
    seconds = int((life or settings().access_token_life).total_seconds())
    key = _keys(settings())[0]
    claims = {
        "iss": settings().public_url,
        "aud": AUDIENCE,
        "sub": user_id,
        "sid": session_id,
        "jti": ids.new_id(),
        "iat": now,
        "nbf": now,
        "exp": now + seconds,
    }
    return jwt.encode({"alg": ALGORITHM, "typ": TYPE, "kid": key.kid}, claims, key, algorithms=[ALGORITHM])


def read(token: str) -> Claims:
    """Raises INVALID_TOKEN, one sentence for whatever is wrong with it."""
    if len(token) > LONGEST or not token.isascii() or token.count(".") != 2:
        raise invalid()
    try:
        found = jwt.decode(token, KeySet([*_keys(settings())]), algorithms=[ALGORITHM])
        if found.header.get("typ") != TYPE or set(found.header) != _HEADERS:
            raise invalid()
        _claims(settings()).validate(found.claims)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise invalid() from error
    named = [found.claims[name] for name in ("sub", "sid", "jti")]
    if not all(isinstance(value, str) and value for value in named):
        raise invalid()
    return Claims(*named)


def invalid() -> AppError:
    """For every token that does not let anybody in."""
    return AppError("This access token is not good: refresh it or sign in again.", code="INVALID_TOKEN")


def _claims(current: Settings) -> jwt.JWTClaimsRegistry:
    needed: dict[str, jwt.ClaimsOption] = {
        name: {"essential": True} for name in ("sub", "sid", "jti", "exp", "nbf", "iat")
    }
    needed |= {
        "iss": {"essential": True, "value": current.public_url},
        "aud": {"essential": True, "value": AUDIENCE},
    }
    return jwt.JWTClaimsRegistry(now=_now, leeway=_LEEWAY_S, **needed)


def _now() -> int:
    return int(clock.now().timestamp())


def _keys(current: Settings) -> list[OctKey]:
    """The newest first. A key's id is a digest of the key, which says nothing of it."""
    derived = [hmac.digest(secret, _PURPOSE, hashlib.sha256) for secret in secrets_of(current)]
    return [OctKey.import_key(key, {"kid": hashlib.sha256(key).hexdigest()[:16]}) for key in derived]
