"""Evidence over HTTP: what is sent is read, kept as it was, listed, given back and taken away, each by who may."""

import asyncio
import json

import pytest

from app.core import ids
from app.core.settings import settings
from app.services import doctor
from tests.integration.api.programs import personal
from tests.integration.api.site import on_sqlite
from tests.integration.world import change, rows
from tests.unit.domain.evidence import hostile

PATH = "/api/v1/spaces/ENG/evidence"
JUNIT = b'<testsuite><testcase name="a"/><testcase name="b"><failure>no</failure></testcase></testsuite>'
METRICS = json.dumps({"metrics": {"read_p95_ms": 143.2}}).encode()


@pytest.fixture
def setting(monkeypatch):
    def put(**values):
        for name, value in values.items():
            monkeypatch.setenv(f"PLUMBLINE_{name.upper()}", str(value))
        settings.cache_clear()

    return put


async def send(client, data=JUNIT, name="junit.xml", media="text/html", **headers):
    return await client.post(PATH, files={"file": (name, data, media)}, headers=headers)


async def test_what_is_sent_is_read_kept_and_listed(browser):
    async with browser("author") as client:
        made = await send(client)
        assert made.status_code == 201, made.text
        told = made.json()
        assert (told["kind"], told["words"], told["format"]) == ("tests", "2 tests, 1 failed", "JUnit")
        assert told["summary"] == {"tests": 2, "failed": 1, "errors": 0, "skipped": 0}
        assert (told["digest"], told["size"], told["added_by"]) == (ids.digest(JUNIT), len(JUNIT), "Author Person")
        assert (await send(client, METRICS, "m.json")).status_code == 201
    async with browser("reader") as client:
        listed = (await client.get(PATH)).json()
        assert [one["kind"] for one in listed["items"]] == ["metrics", "tests"]
        assert listed["items"][1] == told
        assert (await client.get(f"{PATH}/{told['id']}")).json() == told
        assert [one["kind"] for one in (await client.get(PATH, params={"kind": "tests"})).json()["items"]] == ["tests"]
    assert await rows("SELECT object_type, result FROM audit_event WHERE action = 'space:evidence:added'") == [
        ("space", "ok"),
        ("space", "ok"),
    ]


@on_sqlite
@pytest.mark.req("PAGE-02")
async def test_pages_show_each_file_once(browser):
    async with browser("author") as client:
        made = [(await send(client)).json()["id"] for _ in range(5)]
        seen, after = [], ""
        while True:
            page = (await client.get(PATH, params={"limit": 2, "after": after})).json()
            seen += [one["id"] for one in page["items"]]
            after = page["next_cursor"]
            if not after:
                break
    assert seen == made[::-1]


@on_sqlite
@pytest.mark.req("FILE-04", "FILE-05", "FILE-07")
async def test_a_file_comes_back_as_it_was_sent_and_as_nothing_else(browser):
    async with browser("author") as client:
        made = (await send(client, name='../../etc/x".html', media="text/html")).json()
        answer = await client.get(f"{PATH}/{made['id']}/file")
        assert answer.content == JUNIT
        assert answer.headers["content-type"] == "application/xml"
        assert answer.headers["content-disposition"] == f'attachment; filename="ENG-tests-{made["id"][:12]}.xml"'
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
        assert made["digest"] in answer.headers["etag"]


@pytest.mark.req("FILE-07")
async def test_a_file_that_is_not_what_was_sent_is_not_given_out(browser):
    async with browser("author") as client:
        file_id = (await send(client)).json()["id"]
        assert await doctor.examine() == []
        await change(
            "UPDATE evidence_file SET content = :damaged", damaged=JUNIT.replace(b"<failure>no</failure>", b"")
        )
        answer = await client.get(f"{PATH}/{file_id}/file")
        assert answer.status_code == 500
        assert "plumbline doctor" in answer.json()["error"]["message"]
        assert b"testcase" not in answer.content
    (problem,) = await doctor.examine()
    assert file_id in problem


@pytest.mark.req("IDEM-01", "IDEM-02")
async def test_a_file_sent_twice_under_one_key_is_kept_once(browser):
    key = {"idempotency-key": "job-7"}
    async with browser("author") as client:
        answers = await asyncio.gather(*(send(client, **key) for _ in range(4)))
        answers.append(await send(client, **key))
        assert {(one.status_code, one.text) for one in answers} == {(201, answers[0].text)}
        other = await send(client, METRICS, **key)
        assert (other.status_code, other.json()["error"]["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert await rows("SELECT count(*) FROM evidence_file") == [(1,)]


@pytest.mark.req("FILE-06")
@pytest.mark.parametrize("limit", ["files", "bytes"])
async def test_no_more_is_kept_than_a_space_has_room_for_however_many_send_at_once(browser, setting, limit):
    setting(**{"evidence_space_files": 3} if limit == "files" else {"evidence_space_bytes": 3 * len(JUNIT) + 5})
    async with browser("author") as client:
        answers = await asyncio.gather(*(send(client) for _ in range(8)))
        kept = [one.json()["id"] for one in answers if one.status_code == 201]
        refused = [one.json()["error"] for one in answers if one.status_code != 201]
        assert (len(kept), len(refused)) == (3, 5)
        assert {one["code"] for one in refused} == {"INSUFFICIENT_STORAGE"}
        expected = {"limit_files": 3, "used_files": 3}
        if limit == "bytes":
            expected = {"limit_bytes": 3 * len(JUNIT) + 5, "used_bytes": 3 * len(JUNIT), "size": len(JUNIT)}
        assert all(one["details"] == expected for one in refused)
        async with browser("maintainer") as other:
            assert (await other.delete(f"{PATH}/{kept[0]}")).status_code == 204
        assert (await send(client)).status_code == 201
    assert await rows("SELECT count(*) FROM evidence_file") == [(3,)]


@on_sqlite
@pytest.mark.req("FILE-06")
async def test_a_space_that_is_full_takes_nothing_from_another_and_one_file_has_its_own_limit(browser, setting):
    setting(evidence_space_files=1, evidence_file_bytes=1_000)
    async with browser("author") as client:
        large = await send(client, JUNIT + b" " * 1_000)
        assert (large.status_code, large.json()["error"]["details"]) == (413, {"limit_bytes": 1_000})
        assert (await send(client)).status_code == 201
        assert (await send(client)).status_code == 507
    async with browser("outsider") as client:
        sent = {"file": ("junit.xml", JUNIT, "text/xml")}
        assert (await client.post(PATH.replace("ENG", "OPS"), files=sent)).status_code == 201


@on_sqlite
@pytest.mark.req("FILE-01", "FILE-02", "ERR-03")
@pytest.mark.parametrize("make", [hostile.xml, hostile.json], ids=["xml", "json"])
async def test_hostile_files_are_client_errors_or_harmless(browser, make):
    async with browser("author") as client:
        for name, data in make().items():
            answer = await send(client, data, "report")
            assert answer.status_code in {201, 415, 422}, (name, answer.text[:200])
            assert "root:" not in answer.text
            if answer.status_code == 201:
                again = await client.get(f"{PATH}/{answer.json()['id']}/file")
                assert again.content == data, name


@on_sqlite
@pytest.mark.req("FILE-04")
@pytest.mark.parametrize("data", [b"", b"# Text\n", b"<html/>", b"PK\x03\x04", b"%PDF-1.7", b"[]", b"\x89PNG\r\n"])
async def test_what_is_no_evidence_is_not_taken(browser, data):
    async with browser("author") as client:
        answer = await send(client, data, "junit.xml", "application/xml")
        assert answer.status_code in {415, 422}
        assert answer.json()["error"]["message"].startswith("This file was not taken. ")
    assert await rows("SELECT count(*) FROM evidence_file") == [(0,)]


@on_sqlite
@pytest.mark.req("IDOR-01", "IDOR-02")
async def test_evidence_of_one_space_is_not_found_through_another(browser):
    async with browser("author") as client:
        file_id = (await send(client)).json()["id"]
    own = PATH.replace("ENG", "OPS")
    async with browser("outsider") as client:
        for method, path in (("GET", ""), ("GET", "/file"), ("DELETE", "")):
            real = await client.request(method, f"{own}/{file_id}{path}")
            made_up = await client.request(method, f"{own}/{'0' * 32}{path}")
            assert (real.status_code, real.content) == (404, made_up.content)
    assert await rows("SELECT count(*) FROM evidence_file") == [(1,)]


@on_sqlite
@pytest.mark.req("AUTHZ-07")
async def test_a_token_for_evidence_sends_it_and_does_nothing_else(program, browser, world):
    number = await world.document()
    made, _ = await personal(program, scopes=["evidence:write"])
    async with program(made["secret"]) as client:
        file_id = (await send(client)).json()["id"]
        assert (await client.get(f"{PATH}/{file_id}/file")).content == JUNIT
        for method, path in (
            ("DELETE", f"{PATH}/{file_id}"),
            ("GET", f"/api/v1/documents/{number}"),
            ("GET", "/api/v1/spaces/ENG/members"),
        ):
            refused = await client.request(method, path)
            assert (refused.status_code, "scope" in refused.json()["error"]["message"]) == (403, True)


@on_sqlite
@pytest.mark.req("AUTHZ-02")
async def test_an_archived_space_shows_its_evidence_and_takes_no_more(browser):
    async with browser("maintainer") as client:
        file_id = (await send(client)).json()["id"]
        assert (await client.post("/api/v1/spaces/ENG/archive")).status_code == 200
        assert (await client.get(f"{PATH}/{file_id}/file")).status_code == 200
        for answer in (await send(client), await client.delete(f"{PATH}/{file_id}")):
            assert (answer.status_code, "archived" in answer.json()["error"]["message"]) == (403, True)


@on_sqlite
async def test_of_a_public_space_strangers_see_no_evidence(browser):
    await change("UPDATE space SET visibility = 'public' WHERE key = 'ENG'")
    for name, status in (("", 401), ("outsider", 403)):
        async with browser(name) as client:
            assert (await client.get(PATH)).status_code == status
