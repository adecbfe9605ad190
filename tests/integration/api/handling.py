"""Interface events as they come over the socket: through Reflex's own processor, past the real guard, to the real
handler, on State objects of their own.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from reflex.event import Event
from reflex_base.event.processor import BaseStateEventProcessor

from app.app import app
from app.core.errors import AppError
from app.core.ids import new_id
from app.gateway.events import FRAMEWORK
from state.frame import FrameState

_COMMANDS = "commands_rx_state_"
_SHOWN = {"missing": "NOT_FOUND", "problem": "FORBIDDEN"}
_OPENING = next(name for name in FRAMEWORK if name.endswith(".on_load_internal"))


@dataclass
class Outcome:
    """`code` of the error that the handler raised; `left` when the page was sent away before it ran; what it shows."""

    code: str = ""
    left: bool = False
    shown: dict[str, Any] = field(default_factory=dict)

    @property
    def word(self) -> str:
        """`runs`, `leaves`, or the code of the error; of one that the page shows as its content, the code it stands
        for: `missing` for what is not found, `problem` for what is refused.
        """
        shown = [code for name, code in _SHOWN.items() if self.shown.get(f"{name}_rx_state_")]
        return "leaves" if self.left else self.code or (shown[0] if shown else "runs")


class Window:
    """One that is open at `path` with these parameters of the address, and that belongs to this session."""

    def __init__(self, session_id: str, path: str = "/", **parameters: str) -> None:
        asked = {key: value for key, value in parameters.items() if f"[{key}]" not in path}
        self.token = new_id()
        self.router_data = {
            "pathname": path,
            "asPath": path + (f"?{urlencode(asked)}" if asked else ""),
            "query": parameters,
            "headers": {"x-plumbline-session": session_id, "host": "localhost:3000", "origin": "http://localhost:3000"},
            "ip": "192.0.2.9",
            "token": "tab",
        }

    async def send(self, name: str, payload: Mapping[str, Any] | None = None) -> Outcome:
        """Opens the page, then sends the event."""
        outcome = Outcome()
        processor = BaseStateEventProcessor(middleware=app)
        async with processor.configure():
            with suppress(AppError):
                async for delta in self._deltas(processor, _OPENING, {}):
                    _note(outcome, delta)
            outcome.left = False
            try:
                async for delta in self._deltas(processor, name, payload or {}):
                    _note(outcome, delta)
            except AppError as error:
                outcome.code = error.code
        return outcome

    def _deltas(self, processor: BaseStateEventProcessor, name: str, payload: Mapping[str, Any]) -> Any:
        event = Event(name=name, payload=dict(payload), router_data=self.router_data)
        return processor.enqueue_stream_delta(self.token, event)


def _note(outcome: Outcome, delta: Mapping[str, Mapping[str, Any]]) -> None:
    for state, variables in delta.items():
        outcome.shown |= variables
        commands = variables.get(_COMMANDS, ()) if state == FrameState.get_full_name() else ()
        outcome.left |= any(command["kind"] == "leave" for command in commands)
