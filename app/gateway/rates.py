"""The limits of requests: by address before anybody is looked up, by person after. What is counted is said in
`RateLimit` headers (draft-ietf-httpapi-ratelimit-headers-10).
"""

from app.core import rates
from app.core.rates import Verdict
from app.core.settings import settings
from app.gateway.asgi import ASGIApp, Receive, Scope, Send
from app.gateway.context import caller

_SLOWER = "That was too much at once: wait a little and try again."


class AddressLimit:
    """Costs no query: it stands before identity. An event socket counts once, when it is opened."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        verdict = await rates.take("address", settings().rate_address, caller().address)
        await _go_on(self.app, verdict, (scope, receive, send))


class PersonLimit:
    """All that somebody does, from wherever, with whichever token."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        actor = caller().actor
        verdict = await rates.take("person", settings().rate_person, actor.user_id) if actor else None
        await _go_on(self.app, verdict, (scope, receive, send))


async def event_allowed() -> bool:
    """Counts an interface event like a request: for its person, or for the address where nobody is signed in."""
    current = caller()
    name, rate, key = (
        ("person", settings().rate_person, current.actor.user_id)
        if current.actor
        else ("address", settings().rate_address, current.address)
    )
    verdict = await rates.take(name, rate, key)
    return verdict is None or verdict.allowed


async def _go_on(app: ASGIApp, verdict: Verdict | None, call: tuple[Scope, Receive, Send]) -> None:
    scope, receive, send = call
    if verdict is None:
        await app(scope, receive, send)
        return
    current = caller()
    current.limits = (*current.limits, verdict)
    if not verdict.allowed:
        raise rates.refused(verdict, _SLOWER)
    await app(scope, receive, send)


def headers(limits: tuple[Verdict, ...]) -> list[tuple[bytes, bytes]]:
    """None where nothing was counted."""
    if not limits:
        return []
    policies = ", ".join(f'"{one.name}";q={one.quota};w={one.window}' for one in limits)
    states = ", ".join(f'"{one.name}";r={one.remaining};t={one.reset}' for one in limits)
    return [(b"ratelimit-policy", policies.encode()), (b"ratelimit", states.encode())]
