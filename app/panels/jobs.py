"""Side work: what waits, what failed, and what nobody will do any more unless somebody asks for it."""

import json

from app.domain.permissions import Permission
from app.schemas.jobs import FindJobs, JobState, JobView
from app.schemas.panels import Action, Column, Filter, Kind, Panel
from app.services import jobs


def _cells(job: JobView) -> dict[str, str]:
    return {
        "id": job.id,
        "name": f"{job.kind} {job.id[-6:]}",
        "kind": job.kind.replace("_", " ").capitalize(),
        "state": job.state.value.capitalize(),
        "state_tone": job.state.tone,
        "attempts": str(job.attempts),
        "error": job.last_error,
        "created": job.created_at.isoformat(),
        "due": job.due_at.isoformat() if job.state is JobState.waiting else "",
        "may": "retry discard" if job.state is JobState.dead else "",
        "more": json.dumps({"Id": job.id, "Ended": job.ended_at.isoformat() if job.ended_at else "not yet"}),
    }


PANEL = Panel(
    address="jobs",
    title="Jobs",
    about="Work that follows a change, such as sending a mail. What failed ten times is dead until you retry it.",
    icon="list-checks",
    place=70,
    permission=Permission.job_read,
    sort="-created",
    query=FindJobs,
    page=jobs.find,
    cells=_cells,
    columns=(
        Column("kind", "Work"),
        Column("state", "State", Kind.badge),
        Column("attempts", "Tries", Kind.number),
        Column("error", "Last error"),
        Column("due", "Next try", Kind.time, sort="due", spare=True),
        Column("created", "Asked for", Kind.time, sort="created"),
    ),
    filters=(
        Filter("state", "State", {state.value: state.value.capitalize() for state in JobState}),
        Filter("kind", "Work"),
    ),
    actions=(
        Action("retry", "Retry", "POST /api/v1/jobs/{id}/retry", done="It is tried again now."),
        Action(
            "discard",
            "Discard",
            "DELETE /api/v1/jobs/{id}",
            done="It will not be done.",
            confirm="Nobody will do this work any more: {name}.",
            grave=True,
        ),
    ),
    nothing="No side work matches.",
)
