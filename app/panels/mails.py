"""Mails that wait, failed or were sent; how a link reaches its person while there is no mail server."""

import json

from app.domain.permissions import Permission
from app.schemas.jobs import JobState
from app.schemas.mails import FindMails, MailView
from app.schemas.panels import Action, Column, Filter, Kind, Panel
from app.services import mails

_WORDS = {
    JobState.waiting: "Waiting",
    JobState.running: "Being sent",
    JobState.dead: "Failed",
    JobState.done: "Sent",
    JobState.discarded: "Discarded",
}


def _cells(mail: MailView) -> dict[str, str]:
    may = ["read"] if mail.is_kept else []
    if mail.state is JobState.dead:
        may += ["retry", "discard"]
    return {
        "id": mail.id,
        "name": f"the mail to {mail.to}",
        "to": mail.to,
        "subject": mail.subject,
        "state": _WORDS[mail.state],
        "state_tone": mail.state.tone,
        "error": mail.last_error,
        "written": mail.created_at.isoformat(),
        "may": " ".join(may),
        "more": json.dumps({"Id": mail.id, "Tries": str(mail.attempts)}),
    }


PANEL = Panel(
    address="mails",
    title="Mails",
    about="Without a mail server nothing leaves: read a mail here and give its link to the person. That is audited.",
    icon="mail",
    place=80,
    permission=Permission.outbox_read,
    sort="-written",
    query=FindMails,
    page=mails.find,
    cells=_cells,
    columns=(
        Column("to", "To"),
        Column("subject", "Subject"),
        Column("state", "State", Kind.badge),
        Column("error", "Last error", spare=True),
        Column("written", "Written", Kind.time, sort="written"),
    ),
    filters=(Filter("to", "To"), Filter("state", "State", {state.value: words for state, words in _WORDS.items()})),
    actions=(
        Action("read", "Read", "GET /api/v1/mails/{id}", shows=True),
        Action("retry", "Send again", "POST /api/v1/jobs/{id}/retry", done="It is sent again now."),
        Action(
            "discard",
            "Discard",
            "DELETE /api/v1/jobs/{id}",
            done="It will not be sent.",
            confirm="This will not be sent any more: {name}.",
            grave=True,
        ),
    ),
    nothing="No mail matches.",
)
