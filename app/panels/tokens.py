"""Which programs work in whose name, with which scopes, until when; and ending that."""

import json

from app.domain.permissions import Permission, Scope
from app.schemas.panels import Action, Column, Filter, Kind, Panel
from app.schemas.tokens import FindTokens, IssuedTokenView
from app.services import issued_tokens


def _cells(token: IssuedTokenView) -> dict[str, str]:
    return {
        "id": token.id,
        "name": f"{token.name} of {token.person}",
        "token": token.name,
        "who": token.person,
        "who_note": token.email,
        "scopes": ", ".join(token.scopes),
        "used": token.last_used_at.isoformat() if token.last_used_at else "",
        "made": token.created_at.isoformat(),
        "expires": token.expires_at.isoformat(),
        "may": "revoke",
        "more": json.dumps({"Token": token.id, "Person": token.user_id}),
    }


PANEL = Panel(
    address="tokens",
    title="Tokens",
    about="Programs that work in somebody's name. None does more than its person may, nor more than is said here.",
    icon="key-round",
    place=45,
    permission=Permission.token_read,
    sort="-made",
    query=FindTokens,
    page=issued_tokens.find,
    cells=_cells,
    columns=(
        Column("token", "Token"),
        Column("who", "Person"),
        Column("scopes", "May", Kind.code),
        Column("made", "Made", Kind.time, sort="made", spare=True),
        Column("used", "Last used", Kind.time),
        Column("expires", "Expires", Kind.time, sort="expires"),
    ),
    filters=(
        Filter("who", "Person"),
        Filter("scope", "May", {scope.value: scope.value for scope in Scope}),
    ),
    actions=(
        Action(
            "revoke",
            "Revoke",
            "DELETE /api/v1/tokens/{id}",
            done="The token is revoked.",
            confirm="Programs that use it are refused from now on: {name}.",
            grave=True,
        ),
    ),
    nothing="No token that is good matches.",
)
