"""Who is signed in, where, with what; and ending that."""

import json

from app.domain.permissions import Permission
from app.schemas.panels import Action, Column, Filter, Kind, Panel
from app.schemas.sessions import FindSessions, OpenSessionView, SessionKind
from app.services import devices, sessions

_WITH = {SessionKind.browser: "Browser", SessionKind.api: "Program"}


def _cells(session: OpenSessionView) -> dict[str, str]:
    return {
        "id": session.id,
        "name": f"the session of {session.name}",
        "who": session.name + (" (this session)" if session.is_current else ""),
        "who_note": session.email,
        "with": _WITH[session.client],
        "with_note": devices.words(session.user_agent),
        "address": session.address,
        "since": session.created_at.isoformat(),
        "seen": session.last_seen_at.isoformat(),
        "may": "" if session.is_current else "end",
        "more": json.dumps(
            {
                "Session": session.id,
                "Names itself": session.user_agent or "nothing",
                "Ends by itself": f"{session.expires_at:%Y-%m-%d %H:%M} UTC",
            }
        ),
    }


PANEL = Panel(
    address="sessions",
    title="Sessions",
    about="Whose session you end is asked to sign in with the next thing they do there.",
    icon="monitor-smartphone",
    place=40,
    permission=Permission.session_read,
    sort="-seen",
    query=FindSessions,
    page=sessions.find,
    cells=_cells,
    columns=(
        Column("who", "Person"),
        Column("with", "With"),
        Column("address", "Address", Kind.code),
        Column("since", "Signed in", Kind.time, sort="since", spare=True),
        Column("seen", "Last seen", Kind.time, sort="seen"),
    ),
    filters=(
        Filter("who", "Person"),
        Filter("client", "With", {kind.value: words for kind, words in _WITH.items()}),
    ),
    actions=(
        Action(
            "end",
            "End",
            "DELETE /api/v1/sessions/{id}",
            done="The session has ended.",
            confirm="They will have to sign in again: {name}.",
            grave=True,
        ),
    ),
    nothing="No open session matches.",
)
