"""Same-origin checks: cookie-carrying writes (CSRF) and the event socket (cross-site hijacking).

SameSite cookies are the second layer, not the first. A browser sends Sec-Fetch-Site on trustworthy origins and Origin
on every POST; a request that carries the cookie and neither of the two is refused.
"""

from urllib.parse import urlsplit

from app.core.errors import AppError
from app.core.settings import settings
from app.gateway.asgi import Scope, header
from app.gateway.context import Caller

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def is_same_origin(origin: str, caller: Caller) -> bool:
    """Whether `origin` is this site: as the client addressed it, or as the public URL says."""
    try:
        parts = urlsplit(origin)
        known = urlsplit(settings().public_url)
    except ValueError:
        return False
    if not parts.netloc:
        return False
    as_addressed = (parts.scheme, parts.netloc.lower()) == (caller.scheme, caller.host.lower())
    return as_addressed or (parts.scheme, parts.netloc.lower()) == (known.scheme, known.netloc.lower())


def refuse_cross_site(scope: Scope, caller: Caller) -> None:
    """Raise CROSS_SITE for a write that a page of another site could have sent."""
    if scope["method"] in SAFE_METHODS:
        return
    site = header(scope, b"sec-fetch-site")
    origin = header(scope, b"origin")
    if site == "same-origin" or (site in {"", "none"} and is_same_origin(origin, caller)):
        return
    raise AppError("This request came from another site and was refused.", code="CROSS_SITE")
