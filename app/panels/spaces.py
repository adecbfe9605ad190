"""All spaces: who answers for each, who can see it, how much is in it."""

import json

from app.domain.permissions import Permission, Visibility
from app.schemas.panels import Action, Column, Field, Filter, Input, Kind, Lookup, Panel
from app.schemas.site_spaces import FindSpaces, SiteSpaceView, SpaceState
from app.services import site_spaces

_SEEN_BY = {
    Visibility.private: "Its members",
    Visibility.instance: "Everybody here",
    Visibility.public: "Everybody",
}
_STATES = {SpaceState.used: "In use", SpaceState.archived: "Archived"}


def _cells(space: SiteSpaceView) -> dict[str, str]:
    return {
        "id": space.id,
        "key": space.key,
        "name": f"the space {space.key}",
        "space": space.name,
        "space_note": space.key,
        "state": _STATES[space.state],
        "state_tone": "ok" if space.state is SpaceState.used else "unknown",
        "seen": _SEEN_BY[space.visibility],
        "documents": str(space.documents),
        "people": str(space.people),
        "maintainers": ", ".join(space.maintainers[:3]) + (" and more" if len(space.maintainers) > 3 else ""),
        "made": space.created_at.isoformat(),
        "may": "put archive" if space.state is SpaceState.used else "reopen",
        "more": json.dumps(
            {
                "Maintainers": ", ".join(space.maintainers) or "nobody by themselves: give somebody the role",
                "Groups in it": str(space.groups),
                "Id": space.id,
            }
        ),
    }


PANEL = Panel(
    address="spaces",
    title="Spaces",
    about="Looking after a space is not reading it: documents are counted here and not shown.",
    icon="folders",
    place=20,
    permission=Permission.space_oversee,
    sort="key",
    query=FindSpaces,
    page=site_spaces.find,
    cells=_cells,
    columns=(
        Column("space", "Space", sort="key"),
        Column("state", "State", Kind.badge),
        Column("seen", "Seen by", spare=True),
        Column("documents", "Documents", Kind.number),
        Column("people", "People", Kind.number),
        Column("maintainers", "Maintained by"),
        Column("made", "Made", Kind.time, sort="made", spare=True),
    ),
    filters=(
        Filter("what", "Key or name"),
        Filter("state", "State", {state.value: words for state, words in _STATES.items()}),
        Filter("visibility", "Seen by", {one.value: words for one, words in _SEEN_BY.items()}),
    ),
    actions=(
        Action(
            "put",
            "Give somebody a role",
            "PUT /api/v1/spaces/{key}/members/{user_id}",
            fields=(
                Field("user_id", "Person", Input.person),
                Field(
                    "role",
                    "Role in this space",
                    Input.lookup,
                    lookup=Lookup("/api/v1/roles", "key", "name", {"level": "space"}),
                ),
            ),
            done="They are in the space.",
        ),
        Action(
            "archive",
            "Archive",
            "POST /api/v1/spaces/{key}/archive",
            done="The space is archived: it can be read as before, and not changed.",
            confirm="Nothing in it can be changed until it is taken back into use: {name}.",
        ),
        Action("reopen", "Take back into use", "POST /api/v1/spaces/{key}/reopen", done="The space is in use again."),
    ),
    makes=(
        Action(
            "make",
            "New space",
            "POST /api/v1/spaces",
            fields=(
                Field("name", "Name"),
                Field("key", "Key", hint="2 to 10 capitals and digits: KEY of KEY-1. It never changes."),
                Field("description", "What it is for", Input.area, required=False),
                Field("visibility", "Seen by", Input.choice, {one.value: words for one, words in _SEEN_BY.items()}),
            ),
            done="The space is made, and you maintain it.",
        ),
    ),
    nothing="No space matches.",
)
