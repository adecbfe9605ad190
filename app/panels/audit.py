"""Who did what to what, newest first; and that as a file."""

import json

from app.domain.permissions import Permission
from app.schemas.audit import AuditView, FindAudit, Outcome
from app.schemas.panels import Column, Filter, Kind, Panel
from app.services import audit
from app.services.events import Action

_EXPORT = "/api/v1/audit/export"


def _cells(event: AuditView) -> dict[str, str]:
    facts = {
        "Action": event.action,
        "Actor id": event.actor_id or "nobody known",
        f"{event.object_type.capitalize()} id": event.object_id,
        "Address": event.address or "none",
        "Request id": event.request_id or "none",
        "At": f"{event.at:%Y-%m-%d %H:%M:%S} UTC",
        **{name.replace("_", " ").capitalize(): _plain(value) for name, value in event.details.items()},
    }
    return {
        "id": event.id,
        "name": f"{event.label} by {event.actor or 'nobody known'}",
        "at": event.at.isoformat(),
        "actor": event.actor or ("Nobody known" if event.actor_id is None else event.actor_id[-8:]),
        "actor_note": event.address,
        "action": event.label,
        "object": event.object or event.object_id[-8:],
        "object_note": event.object_type,
        "result": event.result.capitalize(),
        "result_tone": "ok" if event.result == "ok" else "bad",
        "more": json.dumps(facts, ensure_ascii=False),
    }


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


PANEL = Panel(
    address="audit",
    title="Audit",
    about="Written in the transaction of each change, and never changed afterwards. Exporting it is audited, too.",
    icon="scroll-text",
    place=60,
    permission=Permission.audit_read,
    sort="-at",
    query=FindAudit,
    page=audit.find,
    cells=_cells,
    columns=(
        Column("at", "When", Kind.time, sort="at"),
        Column("actor", "Who"),
        Column("action", "What"),
        Column("object", "To what"),
        Column("result", "Result", Kind.badge),
    ),
    filters=(
        Filter("actor", "Who"),
        Filter("action", "What", {tag.value: audit.label(tag) for tag in sorted(Action)}),
        Filter("object", "To what"),
        Filter("result", "Result", {one.value: one.value.capitalize() for one in Outcome}),
        Filter("since", "From day (UTC)", is_day=True),
        Filter("until", "To day (UTC)", is_day=True),
    ),
    exports=((f"{_EXPORT}?format=csv", "CSV"), (f"{_EXPORT}?format=json", "JSON")),
    nothing="Nothing in the log matches.",
)
