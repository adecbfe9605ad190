"""Sending one plain-text mail: through the SMTP server of the settings, or into a folder when there is none.

What a mail says is the caller's. Links in it are made from the public URL of the settings, never from a request.
"""

import asyncio
import os
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import aiosmtplib

from app.core.settings import MailSecurity, Settings

_LONGEST_LINE = 990


class RefusedMail(ValueError):
    """This mail can never be sent; the message says why and quotes nothing of it."""


@dataclass(frozen=True, slots=True)
class Mail:
    """`id` stays the same over all tries, so that a receiver can tell a duplicate by its Message-ID."""

    id: str
    to: str
    subject: str
    text: str
    written_at: datetime


class Sender(Protocol):
    async def send(self, mail: Mail) -> None:
        """Returns when the mail is out of our hands. Raises `RefusedMail`, or anything else to be tried again."""


def sender(settings: Settings) -> Sender:
    return Smtp(settings) if settings.smtp_host else Folder(settings)


def message(mail: Mail, settings: Settings) -> EmailMessage:
    """Raises `RefusedMail` for an address or a subject that no header can hold."""
    made = EmailMessage(policy=SMTP)
    try:
        made["From"] = Address("Plumbline", addr_spec=settings.mail_from)
        made["To"] = Address(addr_spec=mail.to)
        made["Subject"] = mail.subject
    except Exception as error:
        raise RefusedMail("the address or the subject of the mail makes no header") from error
    made["Date"] = format_datetime(mail.written_at)
    made["Message-ID"] = f"<{mail.id}@{urlsplit(settings.public_url).hostname}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(mail.text, cte=_encoding(mail.text))
    return made


def _encoding(text: str) -> str:
    """Plain where it can be, so that a link in a file of the outbox is copied as it stands (RFC 5322, 2.1.1)."""
    is_plain = text.isascii() and all(len(line) <= _LONGEST_LINE for line in text.splitlines())
    return "7bit" if is_plain else "quoted-printable"


class Smtp:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def send(self, mail: Mail) -> None:
        current = self._settings
        made = message(mail, current)
        password = current.smtp_password.get_secret_value() if current.smtp_password else None
        try:
            await aiosmtplib.send(
                made,
                hostname=current.smtp_host,
                port=current.smtp_port,
                username=current.smtp_user or None,
                password=password,
                use_tls=current.smtp_security is MailSecurity.tls,
                start_tls=current.smtp_security is MailSecurity.starttls,
                timeout=current.smtp_seconds,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            if all(500 <= one.code < 600 for one in error.recipients):
                raise RefusedMail("the mail server refuses the address") from error
            raise


class Folder:
    """Files `ID.eml` in `outbox` of the data folder, readable by their owner only: they may hold secret links."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def send(self, mail: Mail) -> None:
        folder = self._settings.data_dir / "outbox"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(folder / f"{mail.id}.eml", message(mail, self._settings).as_bytes())


async def text_in_folder(settings: Settings, mail_id: str) -> str | None:
    """What a mail says that was put into the folder; None when it is not there. Ids that are none lead nowhere."""
    path = settings.data_dir / "outbox" / f"{mail_id}.eml"
    if not (len(mail_id) == 32 and mail_id.isascii() and mail_id.isalnum()):
        return None
    try:
        data = await asyncio.to_thread(path.read_bytes)
    except FileNotFoundError:
        return None
    body = message_from_bytes(data, policy=SMTP).get_body(("plain",))
    return str(body.get_content()) if body is not None else None


def _write(path: Path, data: bytes) -> None:
    """Written aside and moved into place: nobody reads half a mail, and a second try replaces the first."""
    aside = path.with_suffix(f".{os.getpid()}.part")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
