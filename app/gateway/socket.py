"""The door of the event socket: same origin only, and Reflex never sees a secret.

Every browser names its origin; only a program that brings no session may leave it out.
Reflex keeps request headers and the client's token with its state. So the cookie is replaced by the id of the session
it belongs to (looked up here, worth nothing elsewhere), the secrets of share links by their digests, and the client
token by one derived from it *and* the session: whoever learns a token cannot resume the state behind it with another
session, and signing in or out begins a new state.
"""

import hashlib
import hmac
from urllib.parse import parse_qs, urlencode

from app.core.errors import AppError, Forbidden
from app.core.settings import secret, settings
from app.gateway import metrics, origin
from app.gateway.asgi import ASGIApp, Receive, Scope, Send, header, without
from app.gateway.context import Caller, caller

SESSION_HEADER = b"x-plumbline-session"
LINKS_HEADER = b"x-plumbline-links"
_PRIVATE = (b"cookie", b"authorization", SESSION_HEADER, LINKS_HEADER)


class SocketDoor:
    def __init__(self, reflex: ASGIApp) -> None:
        self.reflex = reflex

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        current = caller()
        sent_origin = header(scope, b"origin")
        if (sent_origin or current.actor) and not origin.is_same_origin(sent_origin, current):
            raise AppError("This socket was opened by another site and was refused.", code="CROSS_SITE")
        metrics.SOCKETS.inc()
        try:
            await self.reflex(_scrubbed(scope, current), receive, send)
        finally:
            metrics.SOCKETS.dec()


def _scrubbed(scope: Scope, current: Caller) -> Scope:
    session_id = current.actor.session_id if current.actor else ""
    query = parse_qs(scope["query_string"].decode("latin-1"))
    tokens = query.get("token", [])
    if len(tokens) != 1 or len(tokens[0]) > 64:
        raise Forbidden("This socket has no client token.")
    query["token"] = [derived(session_id, tokens[0])]
    headers = without(scope["headers"], *_PRIVATE, b"origin", b"x-forwarded-for")
    headers.append((SESSION_HEADER, session_id.encode()))
    headers.append((LINKS_HEADER, ",".join(sorted(current.links)).encode()))
    client = (current.address, 0)
    return {**scope, "headers": headers, "client": client, "query_string": urlencode(query, doseq=True).encode()}


def derived(session_id: str, client_token: str) -> str:
    """A state key that only this session and client token give together (HMAC-SHA-256, hex)."""
    message = f"{session_id}|{client_token}".encode()
    return hmac.new(secret(settings()), message, hashlib.sha256).hexdigest()
