"""The session cookie: its name, its attributes, and how its value is read."""

from http.cookies import CookieError, SimpleCookie

from app.gateway.asgi import Scope
from app.gateway.context import Caller

PLAIN, SECURE = "plumbline", "__Host-plumbline"


def name(caller: Caller) -> str:
    """`__Host-` wherever the client speaks https: such a cookie cannot be set from a subdomain or over http."""
    return SECURE if caller.scheme == "https" else PLAIN


def read(scope: Scope, caller: Caller) -> str:
    """The session token sent, or empty. A repeated or malformed cookie counts as none."""
    raw = "; ".join(value.decode("latin-1") for key, value in scope["headers"] if key == b"cookie")
    try:
        jar = SimpleCookie(raw)
    except CookieError:
        return ""
    morsel = jar.get(name(caller))
    return morsel.value if morsel and raw.count(f"{name(caller)}=") == 1 else ""


def issue(caller: Caller, token: str, max_age: int) -> str:
    """A Set-Cookie value; an empty token ends the cookie."""
    parts = [f"{name(caller)}={token}", "Path=/", f"Max-Age={max_age if token else 0}", "HttpOnly", "SameSite=Lax"]
    return "; ".join([*parts, "Secure"] if caller.scheme == "https" else parts)
