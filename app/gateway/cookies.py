"""Our two cookies, of the session and of a visit to an identity provider: names, attributes, how they are read."""

from app.gateway.asgi import Scope
from app.gateway.context import Caller

SESSION, VISIT = "plumbline", "plumbline-visit"


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
