"""Who may call which handler. A handler without a line here cannot be called; a line without a handler fails a test."""

from collections.abc import Mapping

import reflex as rx

from app.gateway.events import Access
from state.account import AccountState
from state.admin import AdminState
from state.comparison import ComparisonState
from state.document import DocumentState
from state.documents import DocumentsState
from state.frame import FrameState
from state.history import HistoryState
from state.imports import ImportState
from state.overview import OverviewState
from state.passkeys import PasskeysState

HANDLERS: Mapping[type[rx.State], Mapping[str, Access]] = {
    FrameState: {"load": Access.signed_in, "notice": Access.public},
    AccountState: {"load": Access.signed_in},
    AdminState: {"load": Access.signed_in},
    OverviewState: {"load": Access.signed_in},
    DocumentsState: {"load": Access.signed_in},
    DocumentState: {"load": Access.signed_in},
    ComparisonState: {"load": Access.signed_in},
    HistoryState: {"load": Access.signed_in},
    PasskeysState: {"load": Access.signed_in},
    ImportState: {"load": Access.signed_in, "resolve": Access.signed_in},
}


def policy() -> dict[str, Access]:
    """Full event names, as they come over the socket, and who may send them."""
    return {
        f"{state.get_full_name()}.{handler}": access
        for state, handlers in HANDLERS.items()
        for handler, access in handlers.items()
    }
