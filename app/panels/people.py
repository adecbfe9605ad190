"""People: who has an account, as what, and what those who look after accounts do."""

import json

from app.domain.permissions import Permission, SiteRole
from app.schemas.panels import Action, Column, Field, Filter, Input, Kind, Panel
from app.schemas.people import FindPeople, PersonState, PersonView
from app.services import people

_ROLES = {role.value: role.value.capitalize() for role in SiteRole}
_TONES = {PersonState.active: "ok", PersonState.disabled: "warn", PersonState.erased: "unknown"}
_MAY = {
    PersonState.active: "role reset second-factor disable hand-over",
    PersonState.disabled: "role enable hand-over erase",
    PersonState.erased: "",
}


def _cells(person: PersonView) -> dict[str, str]:
    state = person.state or PersonState.active
    return {
        "id": person.id,
        "name": person.name,
        "person": person.name,
        "person_note": person.email,
        "role": _ROLES[person.role] if person.role else "",
        "now_role": person.role.value if person.role else "",
        "state": state.value.capitalize(),
        "state_tone": _TONES[state],
        "seen": person.last_seen_at.isoformat() if person.last_seen_at else "",
        "made": person.created_at.isoformat() if person.created_at else "",
        "may": _MAY[state],
        "more": json.dumps({"Id": person.id}),
    }


_PATH = "/api/v1/users/{id}"
PANEL = Panel(
    address="people",
    title="People",
    about="Whoever has an account. What somebody may do in a space is given there, not here.",
    icon="users",
    place=10,
    permission=Permission.user_change,
    sort="name",
    query=FindPeople,
    page=people.find,
    cells=_cells,
    columns=(
        Column("person", "Person", sort="name"),
        Column("role", "Role"),
        Column("state", "State", Kind.badge),
        Column("seen", "Last seen", Kind.time),
        Column("made", "Since", Kind.time, spare=True),
    ),
    filters=(
        Filter("who", "Name or address"),
        Filter("role", "Role", _ROLES),
        Filter("state", "State", {state.value: state.value.capitalize() for state in PersonState}),
    ),
    actions=(
        Action(
            "role",
            "Change the role",
            f"PATCH {_PATH}",
            fields=(Field("role", "Role on the site", Input.choice, _ROLES),),
            done="The role is changed. It counts from now on.",
        ),
        Action("reset", "Make a reset link", "POST /api/v1/users/{id}/reset-link", shows=True),
        Action(
            "second-factor",
            "Turn the second factor off",
            f"DELETE {_PATH}/second-factor",
            done="Their password alone lets them in again.",
            confirm="Do this only for somebody who lost app and recovery codes: {name}.",
            grave=True,
        ),
        Action(
            "disable",
            "Disable",
            f"POST {_PATH}/disable",
            done="The account is disabled, and signed out everywhere.",
            confirm="They are signed out everywhere and cannot sign in again until you enable the account: {name}.",
            grave=True,
        ),
        Action("enable", "Enable", f"POST {_PATH}/enable", done="They may sign in again."),
        Action(
            "hand-over",
            "Hand over everything",
            f"POST {_PATH}/hand-over",
            fields=(Field("to", "To", Input.person, hint="Documents, and spaces without another maintainer."),),
            done="Everything went over, and the account is closed.",
            confirm="They leave every space and group, and the account is closed: {name}.",
            grave=True,
        ),
        Action(
            "erase",
            "Erase",
            f"DELETE {_PATH}",
            done="Who it was is forgotten.",
            confirm="Name, address and ways in are forgotten for good; texts and audit keep a pseudonym: {name}.",
            grave=True,
        ),
    ),
    nothing="Nobody matches.",
)
