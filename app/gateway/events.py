"""The guard of interface events: every event handler is a remotely callable endpoint, so each is named or refused.

Names are compared whole. An event of a person whose session has ended does not run: the page is loaded anew, which
leads to the sign-in page and throws away what the ended session had on its screen.
"""

from collections.abc import Callable, Mapping
from typing import Any

import structlog
from reflex.event import Event
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate

from app.core import db
from app.core.context import arrive
from app.core.settings import settings
from app.gateway import metrics, rates
from app.gateway.context import Caller, caller_var
from app.gateway.needs import Access as Access
from app.gateway.needs import Need, asks_who
from app.gateway.pages import local_path
from app.gateway.socket import LINKS_HEADER, SESSION_HEADER
from app.services import accounts

log = structlog.get_logger("plumbline.events")


_STATE = "reflex___state____state"
FRAMEWORK: Mapping[str, Need] = {
    f"{_STATE}.hydrate": Access.public,
    f"{_STATE}.hydrate_and_load": Access.public,
    f"{_STATE}.set_is_hydrated": Access.public,
    f"{_STATE}.reflex___state____on_load_internal_state.on_load_internal": Access.public,
    f"{_STATE}.reflex___state____on_load_internal_state.set_is_hydrated": Access.public,
    f"{_STATE}.reflex___state____update_vars_internal_state.update_vars_internal": Access.public,
    f"{_STATE}.reflex___state____frontend_event_exception_state.handle_frontend_exception": Access.public,
}


class EventGuard(Middleware):
    """`policy` maps full handler names to what calling them takes; what is not in it is refused. Here somebody unknown
    is turned away; what a person may do is the service's to judge, with the thing at hand.

    `leave(path)` gives the state delta that makes the page load `path` as a document of its own.
    """

    def __init__(self, policy: Mapping[str, Need], leave: Callable[[str], dict[str, Any]]) -> None:
        self.policy = {**FRAMEWORK, **policy}
        self.leave = leave

    async def preprocess(self, app: Any, state: BaseState, event: Event) -> StateUpdate | None:  # noqa: ARG002 -- Reflex's signature
        need = self.policy.get(event.name)
        current = _caller(state, event.name if need else "unknown")
        caller_var.set(current)
        arrive(current.origin)
        db.be_patient(settings().patience_seconds)
        if need is None:
            metrics.EVENTS.labels("unknown", "refused").inc()
            log.warning("event_refused", event_name=event.name[:200])
            return StateUpdate()
        headers = state.router_data.get("headers", {})
        session_id = headers.get(SESSION_HEADER.decode(), "")
        current.links = frozenset(filter(None, headers.get(LINKS_HEADER.decode(), "").split(",")))
        current.actor = await accounts.identify_session(session_id) if session_id else None
        if current.actor is None and (asks_who(need) or session_id):
            metrics.EVENTS.labels(event.name, "signed_out").inc()
            return StateUpdate(delta=self.leave(_current_path(state)))
        if not await rates.event_allowed():
            metrics.EVENTS.labels(event.name, "limited").inc()
            return StateUpdate()
        metrics.EVENTS.labels(event.name, "run").inc()
        log.debug("event", handler=event.name)
        return None


def _caller(state: BaseState, route: str) -> Caller:
    return Caller(address=state.router_data.get("ip", ""), route=route)


def _current_path(state: BaseState) -> str:
    return local_path(str(state.router_data.get("asPath", "")))
