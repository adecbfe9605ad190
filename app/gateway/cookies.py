"""Our cookies, of the session, of a visit to an identity provider, of share links: names, attributes, reading them."""

import re

from app.gateway.asgi import Scope
from app.gateway.context import Caller

SESSION, VISIT, LINKS = "plumbline", "plumbline-visit", "plumbline-links"
_MOST_LINKS = 5
_LINK_SECONDS = 90 * 86_400
_SECRET = re.compile(r"[\w-]{43}", re.ASCII)


def name(caller: Caller, kind: str = SESSION) -> str:
    """`__Host-` wherever the client speaks https: such a cookie cannot be set from a subdomain or over http."""
    return f"__Host-{kind}" if caller.scheme == "https" else kind


def read(scope: Scope, caller: Caller, kind: str = SESSION) -> str:
    """The value sent, or empty; one that was sent twice counts as none.

    Cut at semicolons and nothing else: the cookies of other sites on this host may have any shape.
    """
    sent = [value.decode("latin-1") for key, value in scope["headers"] if key == b"cookie"]
    pairs = [pair.strip().partition("=") for line in sent for pair in line.split(";")]
    found = [value for key, _, value in pairs if key == name(caller, kind)]
    return found[0] if len(found) == 1 else ""


def issue(caller: Caller, token: str, max_age: int, kind: str = SESSION) -> str:
    """A Set-Cookie value; an empty token ends the cookie."""
    parts = [
        f"{name(caller, kind)}={token}",
        "Path=/",
        f"Max-Age={max_age if token else 0}",
        "HttpOnly",
        "SameSite=Lax",
    ]
    return "; ".join([*parts, "Secure"] if caller.scheme == "https" else parts)


def links(scope: Scope, caller: Caller) -> list[str]:
    """Secrets of the share links that this browser came by, the latest first."""
    return [one for one in read(scope, caller, LINKS).split(".") if _SECRET.fullmatch(one)][:_MOST_LINKS]


def with_link(scope: Scope, caller: Caller, secret: str) -> str:
    """A Set-Cookie value with one link more; how long each is good is the database's to say."""
    kept = [one for one in links(scope, caller) if one != secret]
    return issue(caller, ".".join([secret, *kept][:_MOST_LINKS]), _LINK_SECONDS, LINKS)
