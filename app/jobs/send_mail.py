"""Send one mail. The payload has `to`, `subject`, `text` and `written_at` (ISO 8601)."""

from datetime import datetime

from app.adapters import mail
from app.core.settings import settings
from app.services.outbox import Job
from app.services.worker import Undeliverable

KIND = "send_mail"


async def deliver(job: Job) -> None:
    payload = job.payload
    written = datetime.fromisoformat(payload["written_at"])
    letter = mail.Mail(job.id, payload["to"], payload["subject"], payload["text"], written)
    try:
        await mail.sender(settings()).send(letter)
    except mail.RefusedMail as error:
        raise Undeliverable(str(error)) from error
