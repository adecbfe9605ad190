"""Mails: from the change to a real SMTP server or a file, over a worker that was killed, and refused when hostile."""

import asyncio
import os
import signal
import sys
from email import message_from_bytes

import pytest
from aiosmtpd.smtp import SMTP
from sqlalchemy import update

from app.adapters.mail import Mail, RefusedMail, message, sender
from app.core import clock, db
from app.core.settings import Settings
from app.services.unit_of_work import unit_of_work
from models import OutboxRow
from tests.integration.world import rows


class Mailbox:
    """A real SMTP server that keeps what it gets, or answers with `refusal`."""

    def __init__(self):
        self.got, self.refusal, self.tried = [], "", asyncio.Event()

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 (its name)
        if not self.refusal:
            self.got.append(message_from_bytes(envelope.content))
        self.tried.set()
        return self.refusal or "250 OK"


@pytest.fixture
async def mailbox(monkeypatch, database):
    box = Mailbox()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(box, hostname="test"), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    for name, value in (("HOST", "127.0.0.1"), ("PORT", str(port)), ("SECURITY", "none")):
        monkeypatch.setenv(f"PLUMBLINE_SMTP_{name}", value)
    monkeypatch.setenv("PLUMBLINE_DATABASE_URL", database.database)
    monkeypatch.setenv("PLUMBLINE_WORKER_POLL_SECONDS", "0.1")
    yield box
    server.close()
    await server.wait_closed()


async def ask_for_a_mail(subject="Hello"):
    async with unit_of_work() as work:
        payload = {"to": "ada@example.org", "subject": subject, "text": "A line.\n", "written_at": str(clock.now())}
        await work.enqueue("send_mail", payload)


async def start_worker():
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", "from app.cli import main; main()", "worker", env=os.environ
    )


async def end(process, signal_number=signal.SIGTERM):
    process.send_signal(signal_number)
    async with asyncio.timeout(10):
        return await process.wait()


async def test_a_mail_asked_for_while_no_worker_lives_goes_out_once_one_does(mailbox):
    await ask_for_a_mail()
    process = await start_worker()
    async with asyncio.timeout(10):
        await mailbox.tried.wait()
    assert await end(process) == 0
    (mail,) = mailbox.got
    ((row_id, is_open),) = await rows("SELECT id, done_at IS NULL FROM outbox WHERE kind = 'send_mail'")
    assert not is_open
    assert (mail["To"], mail["Subject"], mail["Message-ID"]) == ("ada@example.org", "Hello", f"<{row_id}@localhost>")


async def test_a_refusal_for_now_is_tried_later(mailbox):
    mailbox.refusal = "451 try later"
    await ask_for_a_mail()
    process = await start_worker()
    async with asyncio.timeout(10):
        await mailbox.tried.wait()
    assert await end(process) == 0
    ((error, attempts, is_open),) = await rows(
        "SELECT last_error, attempts, failed_at IS NULL FROM outbox WHERE kind = 'send_mail'"
    )
    assert (error, attempts, bool(is_open)) == ("SMTPDataError 451", 1, True)


async def test_a_worker_killed_in_the_middle_leaves_the_mail_to_the_next_one(mailbox, monkeypatch):
    """The first server never answers; its worker is killed; the lease is over; the next worker delivers."""
    reached = asyncio.Event()
    held = []

    def silent(reader, writer):
        held.append((reader, writer))
        reached.set()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    with monkeypatch.context() as patch:
        patch.setenv("PLUMBLINE_SMTP_PORT", str(server.sockets[0].getsockname()[1]))
        await ask_for_a_mail()
        process = await start_worker()
        async with asyncio.timeout(10):
            await reached.wait()
        assert await end(process, signal.SIGKILL) == -signal.SIGKILL
    assert await rows("SELECT attempts, done_at FROM outbox WHERE kind = 'send_mail'") == [(1, None)]
    await end_the_leases()
    process = await start_worker()
    async with asyncio.timeout(10):
        await mailbox.tried.wait()
    assert await end(process) == 0
    assert len(mailbox.got) == 1
    assert await rows("SELECT attempts, done_at IS NULL FROM outbox WHERE kind = 'send_mail'") in (
        [(2, 0)],
        [(2, False)],
    )
    for _, writer in held:
        writer.close()
    server.close()


async def end_the_leases():
    async with db.engine(write=True).begin() as connection:
        await connection.execute(update(OutboxRow).values(lease_until=clock.now()))


async def test_without_a_server_a_mail_is_a_file_of_its_owner_alone(database):
    made = Settings(_env_file=None)
    for _ in range(2):
        await sender(made).send(Mail("ab12", "ada@example.org", "Hello", "A line.\n", clock.now()))
    (path,) = (made.data_dir / "outbox").iterdir()
    assert (path.name, path.stat().st_mode & 0o777) == ("ab12.eml", 0o600)
    assert message_from_bytes(path.read_bytes())["Subject"] == "Hello"


@pytest.mark.parametrize(
    ("to", "subject"),
    [
        ("ada@example.org\r\nBcc: eve@example.org", "x"),
        ("ada@example.org, eve@example.org", "x"),
        ("", "x"),
        ("ada@example.org", "x\r\nBcc: eve@example.org"),
        ("ada@example.org", "x\nX-Evil: 1"),
    ],
)
def test_no_header_is_smuggled_in(to, subject):
    with pytest.raises(RefusedMail):
        message(Mail("1", to, subject, "", clock.now()), Settings(_env_file=None))


@pytest.mark.parametrize(("text", "stands"), [("Open it.\n", True), ("Åsa invites you.\n", False)])
def test_a_link_stands_in_a_plain_mail_as_it_is_copied(text, stands):
    link = f"https://plumbline.example/reset/new#token={'A' * 43}"
    made = message(Mail("i", "ada@example.org", "S", f"{text}\n{link}\n", clock.now()), Settings(_env_file=None))
    assert (link.encode() in made.as_bytes()) is stands
    assert made.get_content().splitlines()[2] == link
