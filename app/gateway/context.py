"""Who and what is behind the code that runs now: one `Caller` per request or interface event.

Set by the pipeline (HTTP) and by the event guard (interface events); read by routes, State handlers and log lines.
"""

from contextvars import ContextVar
from dataclasses import dataclass, field

from app.core.context import Origin
from app.core.errors import Unauthenticated
from app.core.ids import new_id
from app.core.rates import Verdict
from app.schemas.identity import Actor, Viewer


@dataclass(slots=True)
class Caller:
    """`address`, `scheme` and `host` are the client's as far as trusted proxies tell; `route` is a template."""

    request_id: str = field(default_factory=new_id)
    address: str = ""
    scheme: str = "http"
    host: str = ""
    user_agent: str = ""
    route: str = ""
    actor: Actor | None = None
    links: frozenset[str] = frozenset()
    by_cookie: bool = True
    limits: tuple[Verdict, ...] = ()

    @property
    def origin(self) -> Origin:
        return Origin(self.request_id, self.address, self.user_agent)


caller_var: ContextVar[Caller | None] = ContextVar("plumbline_caller", default=None)


def caller() -> Caller:
    """The current caller; outside of requests and events an empty one."""
    return caller_var.get() or Caller()


def viewer() -> Viewer:
    """Who asks to see something: the person behind the call or somebody unknown, with the links they came by."""
    current = caller()
    if not current.links:
        return current.actor or Viewer()
    who = {"links": current.links}
    return current.actor.model_copy(update=who) if current.actor else Viewer(links=current.links)


def actor() -> Actor:
    """The person behind the call; raises `Unauthenticated` when there is none."""
    found = caller().actor
    if found is None:
        raise Unauthenticated("Sign in first.")
    return found
