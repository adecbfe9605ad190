"""Two workers over PostgreSQL and Valkey, and the side work in a process of its own: one site, seen as one."""

import asyncio
import re
from collections.abc import Iterator

import httpx2
import pytest

from tests.backing.postgres import Postgres
from tests.backing.valkey import Valkey
from tests.e2e.client import Person, bring_in
from tests.e2e.mailbox import Mailbox
from tests.e2e.server import COMMAND, ROOT, Server

ASKED = 40


@pytest.fixture
def backing() -> Iterator[dict[str, str]]:
    with Postgres() as postgres, Valkey() as valkey:
        yield {"database_url": postgres.address(), "redis_url": valkey.url}


@pytest.fixture
async def mailbox():
    async with Mailbox() as box:
        yield box


@pytest.fixture
def server(new_server, backing, mailbox) -> Server:
    made = new_server(workers="2", embedded_worker="false", secret_key="5e" * 32, **backing, **mailbox.settings)
    made.start()
    return made


async def everywhere(person: Person, path: str, **headers: str) -> set[tuple[int, str]]:
    """The same question on so many new connections that both workers were asked."""

    async def once() -> tuple[int, str]:
        async with person.client() as client:
            answer = await client.get(path, headers=headers)
        return answer.status_code, answer.text

    return set(await asyncio.gather(*(once() for _ in range(ASKED))))


@pytest.mark.req("SESS-03", "SESS-06", "OPS-04")
async def test_two_workers_are_one_site(server: Server, mailbox: Mailbox):
    person = await Person(server.url).set_up(server.setup_token(), start="empty")
    for number in range(1, 4):
        async with person.client() as client:
            await bring_in(client, f"# Number {number}\n", f"{number}.md")
        found = await everywhere(person, "/documents", accept="text/html")
        assert {(status, *re.findall(r'data-slot="documents"[^>]*>(\d+)<', text)) for status, text in found} == {
            (200, str(number))
        }
    other = await person.sign_in()
    async with other.client() as client:
        assert (await client.post("/auth/sign-out")).status_code == 200
    assert {status for status, _ in await everywhere(other, "/api/v1/me")} == {401}
    assert {status for status, _ in await everywhere(person, "/api/v1/me")} == {200}

    before = await metrics(person)
    await everywhere(person, "/api/v1/me")
    after = await metrics(person)
    name = 'plumbline_requests_total{method="GET",route="/api/v1/me",status="200"}'
    assert after[name] - before[name] == ASKED
    assert after["plumbline_active_people"] == 1
    assert after['plumbline_dependency_up{name="database"}'] == 1
    await the_work_of_another_process_is_seen(server, person, mailbox)


async def the_work_of_another_process_is_seen(server: Server, person: Person, mailbox: Mailbox) -> None:
    async with httpx2.AsyncClient(base_url=server.url, headers={"origin": server.url}) as client:
        assert (await client.post("/auth/reset", data={"email": person.email})).is_success
    assert (await metrics(person))['plumbline_outbox_jobs{state="waiting"}'] == 1
    worker = await asyncio.create_subprocess_exec(COMMAND, "worker", cwd=ROOT, env=server.environment)
    try:
        await mailbox.link(person.email)
        sent = 'plumbline_deliveries_total{kind="send_mail",outcome="done"}'
        async with asyncio.timeout(20):  # the mail is there a moment before its worker has counted it
            seen = 0.0
            while not seen:
                seen = (await metrics(person)).get(sent, 0)
        assert seen == 1
    finally:
        worker.terminate()
        async with asyncio.timeout(20):
            assert await worker.wait() == 0
    assert (await metrics(person))['plumbline_outbox_jobs{state="waiting"}'] == 0


async def metrics(person: Person) -> dict[str, float]:
    async with httpx2.AsyncClient(base_url=person.url.replace("localhost", "127.0.0.1")) as client:
        answer = await client.get("/metrics")
    assert answer.status_code == 200, answer.text
    lines = [line.rpartition(" ") for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in lines}
