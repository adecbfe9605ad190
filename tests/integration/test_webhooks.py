"""Signed deliveries over the outbox: what arrives, what is tried again, what is kept of it."""

import asyncio
import base64
import hashlib
import hmac
import json

import pytest
from structlog.testing import capture_logs

from app.adapters import webhooks
from app.core.settings import settings
from app.jobs import deliver_webhook
from app.services import outbox, worker
from app.services.unit_of_work import unit_of_work
from tests.backing.listener import OK, Listener
from tests.integration.api.site import on_sqlite
from tests.integration.world import change, rows

SECRET = webhooks.new_secret()
BODY = json.dumps({"type": "revision.saved", "data": {"number": "ENG-1", "title": "Über"}})


async def ask_for(url, body=BODY, secret=SECRET):
    async with unit_of_work() as work:
        await work.enqueue(deliver_webhook.KIND, {"url": url, "secret": secret, "body": body})


async def one_round():
    """What became of one try of everything that is due."""
    told, done = [], asyncio.Event()
    watching = worker.Watching(lambda _kind, outcome: told.append(outcome), lambda _depth: done.set())
    with capture_logs() as log:
        task = asyncio.create_task(worker.run({deliver_webhook.KIND: deliver_webhook.deliver}, worker.Pace(), watching))
        async with asyncio.timeout(20):
            await done.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    return told, log


@pytest.fixture
def allow(monkeypatch):
    def allowing(server):
        monkeypatch.setenv("PLUMBLINE_ALLOWED_OUTGOING_HOSTS", server.place)
        settings.cache_clear()

    return allowing


@pytest.mark.req("SSRF-05")
async def test_a_delivery_is_signed_over_id_time_and_body(database, allow):
    async with Listener(OK) as server:
        allow(server)
        await ask_for(f"{server.url}/hook")
        told, log = await one_round()
    (asked,) = server.asked
    assert (told, asked.line, asked.body.decode()) == (["done"], "POST /hook HTTP/1.1", BODY)
    sent = asked.headers
    signed = f"{sent['webhook-id']}.{sent['webhook-timestamp']}.{BODY}".encode()
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert sent["webhook-signature"] == f"v1,{expected}"
    (line,) = [one for one in log if one["event"] == "webhook"]
    assert (line["status"], line["attempt"], line["job"]) == (200, 1, sent["webhook-id"])
    assert SECRET not in str(log)
    assert await rows("SELECT payload FROM outbox") in ([("{}",)], [({},)])


@pytest.mark.req("SSRF-05", "SSRF-04")
@pytest.mark.parametrize("answer", ["500 Down", "302 Moved", "404 None", "410 Gone", ""])
async def test_a_failure_is_tried_again_with_the_same_id_and_shows_nothing(database, allow, answer):
    reply = f"HTTP/1.1 {answer}\r\nContent-Length: 11\r\nConnection: close\r\n\r\nroot:secret"
    async with Listener(reply.encode() if answer else b"closed\r\n\r\n") as server:
        allow(server)
        await ask_for(server.url)
        first, _ = await one_round()
        await change("UPDATE outbox SET due_at = created_at")
        second, log = await one_round()
    assert (first, second) == (["retried"], ["retried"])
    assert len({asked.headers["webhook-id"] for asked in server.asked}) == 1
    assert await rows("SELECT last_error FROM outbox") == [("NotReached",)]
    assert "root:secret" not in str(log)


@pytest.mark.req("SSRF-05", "SSRF-01")
async def test_it_ends_after_ten_tries_and_never_calls_what_is_not_allowed(database):
    async with Listener(OK) as server:
        await ask_for(server.url)
        for _ in range(outbox.MOST_ATTEMPTS):
            await change("UPDATE outbox SET due_at = created_at")
            told, _ = await one_round()
        assert (told, server.connections) == (["dead"], 0)
    assert await rows("SELECT attempts, last_error FROM outbox") == [(10, "NotReached")]


@on_sqlite
@pytest.mark.req("SSRF-05")
@pytest.mark.parametrize(
    "wrong", [{"body": "no json"}, {"body": '"' + "x" * 65_536 + '"'}, {"secret": "whsec_short"}, {"secret": ""}]
)
async def test_what_can_never_be_delivered_is_given_up_at_once(database, wrong):
    await ask_for("https://hooks.example.org/", **wrong)
    told, _ = await one_round()
    assert told == ["dead"]
