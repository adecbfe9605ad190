"""What calling each handler takes. A handler without a line here keeps the site from being built; a stale line too."""

from collections.abc import Iterator, Mapping

import reflex as rx

from app.domain.permissions import Permission
from app.gateway.needs import Access, Need
from state.account import AccountState
from state.admin import AdminState
from state.comparison import ComparisonState
from state.document import DocumentState
from state.documents import DocumentsState
from state.evidence import EvidenceState
from state.frame import FrameState
from state.history import HistoryState
from state.identities import IdentitiesState
from state.imports import ImportState
from state.overview import OverviewState
from state.passkeys import PasskeysState
from state.sessions import SessionsState
from state.space import SpaceState
from state.space_settings import SpaceSettingsState
from state.spaces import SpacesState
from state.tokens import TokensState

HANDLERS: Mapping[type[rx.State], Mapping[str, Need]] = {
    FrameState: {"load": Access.public, "notice": Access.public, "reload": Access.public, "confirm": Access.signed_in},
    AccountState: {"load": Access.signed_in},
    AdminState: {"load": Access.signed_in},  # each panel asks for a permission of its own
    OverviewState: {"load": Permission.site_watch},
    DocumentsState: {"load": Permission.document_read},
    SpacesState: {"load": Permission.space_read},
    SpaceState: {"load": Permission.space_read},
    SpaceSettingsState: {"load": Permission.member_read},
    EvidenceState: {"load": Permission.evidence_read},
    DocumentState: {"load": Permission.document_read},
    ComparisonState: {"load": Permission.revision_read},
    HistoryState: {"load": Permission.revision_read},
    SessionsState: {"load": Access.signed_in, "end": Access.signed_in, "end_others": Access.signed_in},
    TokensState: {"load": Access.signed_in, "revoke": Access.signed_in},
    IdentitiesState: {"load": Access.signed_in},
    PasskeysState: {"load": Access.signed_in},
    ImportState: {"load": Permission.document_import, "resolve": Permission.document_import},
}
_OF_REFLEX = "setvar"  # made by Reflex for each State, in no policy, and so refused


def policy() -> dict[str, Need]:
    """Full event names, as they come over the socket, and what sending them takes. Raises `LookupError` when that is
    not said of a handler, or of one that is not there.
    """
    declared = {f"{state.get_full_name()}.{name}": need for state in HANDLERS for name, need in HANDLERS[state].items()}
    there = set(_handlers(rx.State))
    if declared.keys() != there:
        missing, stale = sorted(there - declared.keys()), sorted(declared.keys() - there)
        raise LookupError(f"state/access.py: nothing is declared for {missing}; there is no {stale}")
    return declared


def _handlers(above: type[rx.State]) -> Iterator[str]:
    """Of our own State classes, those of the framework left aside."""
    for state in above.get_substates():
        if state.__module__.startswith("state."):
            yield from (f"{state.get_full_name()}.{name}" for name in state.event_handlers if name != _OF_REFLEX)
        yield from _handlers(state)
