"""What those who run it ask: alive, ready, metrics, and log lines that hold no secret and cannot be forged."""

import io
import json
import logging
import re

import pytest
import structlog
from passlib.hash import argon2

from app.core import db
from app.core.settings import settings
from app.gateway import logs
from app.services import accounts, documents
from tests.integration.api.site import ADDRESS, on_sqlite
from tests.integration.world import change

PASSWORD = "planted-password-7Q"


@pytest.fixture
async def no_database(monkeypatch):
    """Nothing listens there."""
    monkeypatch.setenv("PLUMBLINE_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/nothing")
    settings.cache_clear()
    yield
    await db.dispose()


@pytest.mark.req("DEP-02", "DEP-01")
async def test_without_its_database_it_lives_and_is_not_ready(site, no_database):
    token = "A" * 43
    for client in (site.client(), site.client(token)):
        async with client:
            assert (await client.get("/healthz")).status_code == 200
            ready = await client.get("/readyz")
            assert (ready.status_code, ready.json()["error"]["code"]) == (503, "STORAGE_UNAVAILABLE")
            assert int(ready.headers["retry-after"]) > 0
            assert (await client.get("/assets/app-1a2b3c.js")).status_code == 200


@pytest.mark.req("DEP-01")
async def test_without_its_database_nobody_gets_in(site, no_database):
    async with site.client("A" * 43) as client:
        for path in ("/api/v1/documents", "/documents", "/content/x", "/d/ENG-1"):
            answer = await client.get(path)
            assert (answer.status_code, answer.json()["error"]["code"]) == (503, "STORAGE_UNAVAILABLE")
            assert "retry-after" in answer.headers
        answer = await client.post("/auth/sign-in", data={"email": "a@example.org", "password": "x"})
        assert answer.status_code == 503
        assert "set-cookie" not in answer.headers
    socket = await site.socket(headers=[("origin", ADDRESS), ("cookie", f"plumbline={'A' * 43}")])
    assert socket.messages[0]["type"] == "websocket.close"


@pytest.mark.req("DEP-02")
async def test_with_its_database_it_is_ready(site, database):
    async with site.client() as client:
        assert (await client.get("/readyz")).text == "ready\n"


@pytest.mark.req("OPS-04")
@pytest.mark.parametrize("peer", ["192.0.2.1", "10.0.0.1", "2001:db8::1", ""])
async def test_without_a_token_only_this_machine_reads_the_metrics(site, peer):
    async with site.client(peer=peer) as client:
        assert (await client.get("/metrics")).status_code == 403
    async with site.client(peer="127.0.0.1") as client:
        assert (await client.get("/metrics")).status_code == 200
        for header in ("x-forwarded-for", "forwarded"):
            assert (await client.get("/metrics", headers={header: "127.0.0.1"})).status_code == 403, "came by a proxy"


@pytest.mark.req("OPS-04")
async def test_with_a_token_only_the_token_does(site, monkeypatch):
    monkeypatch.setenv("PLUMBLINE_METRICS_TOKEN", "metrics-token-1")
    settings.cache_clear()
    for peer in ("127.0.0.1", "192.0.2.1"):
        async with site.client(peer=peer) as client:
            for value in ("", "metrics-token-1", "Bearer metrics-token", "Bearer metrics-token-12", "bearer", "é"):
                sent = {"authorization": value.encode("latin-1")} if value else {}
                assert (await client.get("/metrics", headers=sent)).status_code == 401
            assert (await client.get("/metrics?token=metrics-token-1")).status_code == 401
            answer = await client.get("/metrics", headers={"authorization": "Bearer metrics-token-1"})
            assert answer.status_code == 200


@on_sqlite
@pytest.mark.req("OPS-04")
async def test_no_label_grows_with_what_is_sent(browser, world):
    number = await world.document()
    async with browser("author") as client:
        before = (await client.get("/metrics")).text
        for n in range(30):
            for path in (f"/planted{n}", f"/api/v1/documents/PLANTED-{n}", f"/d/PLANTED-{n}", f"/assets/planted{n}.js"):
                await client.get(path, headers={"accept": "text/html"})
            await client.request(f"PLANT{n}", f"/api/v1/documents/{number}")
            await client.get(f"/api/v1/documents/{number}", headers={"user-agent": f"planted{n}"})
        text = (await client.get("/metrics")).text
    assert "planted" not in text.lower()
    assert "PLANT" not in text
    assert number not in text
    assert 'route="/api/v1/documents/{number}"' in text
    assert 'route="/d/{number}"' in text
    assert len(text.splitlines()) - len(before.splitlines()) < 200


@on_sqlite
@pytest.mark.req("OPS-04")
async def test_the_metrics_say_how_long_how_often_and_how_full(browser):
    async with browser("author") as client:
        await client.get("/api/v1/documents")
        text = (await client.get("/metrics")).text
    for name in ("requests_total", "request_seconds_bucket", "errors_total", "ui_events_total", "sockets"):
        assert f"plumbline_{name}" in text
    for name in ("loop_lag_seconds", "pool_connections"):
        assert re.search(rf"^plumbline_{name} [\d.e+-]+$", text, re.MULTILINE)


@pytest.fixture
def written(monkeypatch):
    """The log as it is written in production, in a buffer; the process's own logging is put back afterwards."""
    configure = structlog.configure
    monkeypatch.setattr(
        structlog, "configure", lambda **options: configure(**{**options, "cache_logger_on_first_use": False})
    )
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    monkeypatch.setenv("PLUMBLINE_LOG_JSON", "true")
    monkeypatch.setenv("PLUMBLINE_LOG_LEVEL", "DEBUG")
    settings.cache_clear()
    logs.configure(settings())
    buffer = io.StringIO()
    root.handlers[0].setStream(buffer)
    yield buffer
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


async def everything(site, world, number):
    """Calls that carry secrets in every place where one may stand."""
    form = {"email": "author@example.org", "password": PASSWORD}
    async with site.client(world.tokens["author"]) as client:
        await client.post("/auth/sign-in", data=form)
        await client.post("/auth/sign-in", data=form | {"password": f"{PASSWORD}-wrong"})
        await client.post("/auth/setup", data=form | {"token": "planted-setup-token", "name": "x"})
        await client.get("/setup?token=planted-setup-token")
        await client.get("/login?code=planted-code&state=planted-state&next=/d/x")
        await client.get(f"/api/v1/documents/{number}?token=planted-query-token")
        await client.get("/metrics", headers={"authorization": "Bearer planted-bearer"})
        await client.post("/api/v1/imports/answers", content=b'{"password": "planted-in-json')
        await client.post("/auth/sign-out")


@on_sqlite
@pytest.mark.req("OPS-03")
async def test_no_secret_gets_into_the_log(site, world, monkeypatch, log, request):
    number = await world.document()
    hashed = argon2.using(type="ID", memory_cost=8, time_cost=1, parallelism=1).hash(PASSWORD)
    await change('UPDATE "user" SET password_hash = :hash WHERE email = :who', hash=hashed, who="author@example.org")
    written = request.getfixturevalue("written")
    await everything(site, world, number)
    monkeypatch.setattr(documents, "view", broken)
    async with site.client(world.tokens["reader"]) as client:
        await client.get(f"/api/v1/documents/{number}?token=planted-query-token")
    for secret in ("planted", PASSWORD, hashed, *world.tokens.values(), "$argon2id"):
        assert [line for line in written.getvalue().splitlines() if secret in line] == []


PARAMETER = "planted-parameter"


async def broken(*_, **__):
    await change("INSERT INTO no_such_table VALUES (:password)", password=PARAMETER)


@on_sqlite
@pytest.mark.req("ERR-08", "OPS-03")
async def test_a_line_is_one_json_object_and_names_its_request(site, world, written, monkeypatch):
    monkeypatch.setattr(documents, "view", broken)
    async with site.client(world.tokens["reader"]) as client:
        answer = await client.get("/api/v1/documents/ENG-1")
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    asked = answer.json()["error"]["details"]["request_id"]
    defect = next(line for line in lines if line["event"] == "unforeseen")
    assert (defect["request_id"], defect["level"]) == (asked, "error")
    assert "no_such_table" in defect["exception"]
    access = next(line for line in lines if line["event"] == "request")
    assert access["request_id"] == asked
    assert (access["status"], access["route"]) == (500, "/api/v1/documents/{number}")
    assert access["actor"] == world.actor("reader").user_id
    assert {"timestamp", "level", "logger"} <= set(defect)


FORGERY = 'x\r\n{"event": "forged", "level": "info"}\n\x1b[2J\x1b]0;title\x07 \x85\u2028'


@pytest.mark.req("OPS-03")
@pytest.mark.parametrize("as_json", [True, False])
def test_what_a_line_quotes_cannot_forge_another(written, monkeypatch, as_json):
    monkeypatch.setenv("PLUMBLINE_LOG_JSON", str(as_json))
    settings.cache_clear()
    logs.configure(settings())
    logging.getLogger().handlers[0].setStream(written)
    structlog.get_logger("ours").warning(f"event {FORGERY}", path=FORGERY, nested={"deep": [FORGERY]}, **{"k\ney": 1})
    logging.getLogger("theirs").warning("theirs %s", FORGERY)
    text = written.getvalue()
    assert text.count("\n") == 2
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\x85\u2028]", re.sub(r"\x1b\[\d+m", "", text))


@pytest.mark.req("OPS-03")
def test_a_secret_is_hidden_however_deep_it_lies(written):
    hidden = {"headers": {"Cookie": "planted"}, "form": [{"password": "planted"}], "api_token": "planted"}
    structlog.get_logger("ours").info("asked", url="/setup?token=planted&x=1", data=hidden, set_cookie="planted")
    assert "planted" not in written.getvalue()
    assert "x=1" in written.getvalue()


@pytest.mark.req("OPS-03")
def test_an_exception_takes_one_line_in_production(written):
    try:
        raise ValueError(FORGERY)
    except ValueError:
        structlog.get_logger("ours").exception("failed")
        logging.getLogger("theirs").exception("failed too")
    assert len(written.getvalue().splitlines()) == 2
    for line in written.getvalue().splitlines():
        assert "ValueError" in json.loads(line)["exception"]


async def test_the_setup_link_is_not_logged(site, database, written):
    token = await accounts.issue_setup_link()
    async with site.client() as client:
        await client.get(f"/setup?token={token}")
    assert token not in written.getvalue()
