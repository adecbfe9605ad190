"""Which person a request belongs to: the cookie's token is looked up at every request, nothing is remembered."""

from app.gateway import cookies, origin
from app.gateway.asgi import ASGIApp, Receive, Scope, Send
from app.gateway.context import actor, caller
from app.services import accounts


class Identity:
    """Sets `caller().actor`. Writes of other sites, and of nobody to the API, are refused before their body is read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        current = caller()
        if scope["type"] == "http":
            origin.refuse_cross_site(scope, current)
        token = cookies.read(scope, current)
        current.actor = await accounts.identify(token) if token else None
        if scope["type"] == "http" and scope["method"] not in origin.SAFE_METHODS and scope["path"].startswith("/api/"):
            actor()
        await self.app(scope, receive, send)
