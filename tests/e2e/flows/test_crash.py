"""SIGKILL in a stream of saves, several times: whatever was acknowledged is there, to the letter."""

import asyncio
from dataclasses import dataclass, field

import httpx2
import pytest

from tests.e2e.client import Person, bring_in, save, text_of
from tests.e2e.mailbox import Mailbox
from tests.e2e.server import Server

ROUNDS, WRITERS, SAVES_BEFORE_THE_KILL = 3, 4, (12, 31, 50)


@dataclass
class Acknowledged:
    """What the server said it had stored: the text of each revision by document number."""

    texts: dict[str, dict[int, str]] = field(default_factory=dict)
    count: int = 0
    enough: asyncio.Event = field(default_factory=asyncio.Event)
    until: int = 0

    def add(self, number: str, revision: int, text: str) -> None:
        self.texts.setdefault(number, {})[revision] = text
        self.count += 1
        if self.count >= self.until:
            self.enough.set()

    def expect_more(self, count: int) -> None:
        self.enough.clear()
        self.until = self.count + count


async def write(person: Person, name: str, stored: Acknowledged) -> None:
    """One new document, then revision after revision, until the server is gone."""
    text = f"# {name}\n\nRevision 1.\n"
    try:
        async with person.client() as client:
            number = await bring_in(client, text, f"{name}.md")
            stored.add(number, 1, text)
            for base in range(1, 1000):
                text = f"# {name}\n\n" + f"Revision {base + 1}.\n" * (base * 7)
                answer = await save(client, number, base, text)
                assert answer.status_code == 201, answer.text
                stored.add(number, base + 1, text)
    except httpx2.TransportError:
        return


async def killed_while_writing(server: Server, person: Person, stored: Acknowledged, *, saves: int, name: str) -> None:
    stored.expect_more(saves)
    writers = [asyncio.create_task(write(person, f"{name}-{writer}", stored)) for writer in range(WRITERS)]
    ended = asyncio.gather(*writers)
    enough = asyncio.create_task(stored.enough.wait())
    await asyncio.wait([ended, enough], timeout=60, return_when=asyncio.FIRST_COMPLETED)
    assert stored.enough.is_set(), "the writers ended before the kill"
    await asyncio.to_thread(server.kill)
    await ended


@pytest.mark.req("DUR-01", "DUR-02", "DUR-07")
async def test_what_was_acknowledged_survives_a_kill(new_server):
    server = new_server(covered=False)
    await asyncio.to_thread(server.start)
    person = await Person(server.url).set_up(server.setup_token(), start="empty")
    stored = Acknowledged()
    for round_, saves in enumerate(SAVES_BEFORE_THE_KILL):
        await killed_while_writing(server, person, stored, saves=saves, name=f"round-{round_}")
        await asyncio.to_thread(server.start)
    assert len(stored.texts) >= ROUNDS

    async with person.client() as client:
        for number, revisions in stored.texts.items():
            for revision, text in revisions.items():
                assert await text_of(client, number, revision) == text
            head = (await client.get(f"/api/v1/documents/{number}")).json()["revision"]
            assert head in {max(revisions), max(revisions) + 1}  # the one that was not answered may be either
    doctor = await asyncio.to_thread(server.run, "doctor")
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr


@pytest.mark.req("DUR-01")
async def test_a_mail_that_was_asked_for_goes_out_after_a_kill(new_server):
    """Killed between the change and its mail: once, as soon as somebody does the work."""
    async with Mailbox() as mailbox:
        server = new_server(covered=False, embedded_worker="false", **mailbox.settings)
        await asyncio.to_thread(server.start)
        person = await Person(server.url).set_up(server.setup_token(), start="empty")
        async with httpx2.AsyncClient(base_url=server.url, headers={"origin": server.url}) as client:
            assert (await client.post("/auth/reset", data={"email": person.email})).is_success
        await asyncio.to_thread(server.kill)
        assert mailbox.count == 0
        server.settings["EMBEDDED_WORKER"] = "true"
        await asyncio.to_thread(server.start)
        path = await mailbox.link(person.email)
        assert path.startswith("/reset")
        await asyncio.to_thread(server.stop)
        await asyncio.to_thread(server.start)
        assert mailbox.count == 1
