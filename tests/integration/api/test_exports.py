"""Documents taken out: what somebody may read, exactly as it was saved, and nothing that a spreadsheet would run."""

import csv
import io
import json
import zipfile

import pytest

from app.services import exports
from tests.integration.api.site import on_sqlite
from tests.integration.world import change, rows

PATH = "/api/v1/exports/documents"
EXACT = "\ufeff# Ünïcode 😀\r\n\r\nline\rend\n"


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.req("FILE-05", "FILE-07")
async def test_texts_stand_in_a_zip_exactly_as_they_were_saved(browser, world):
    number = await world.document("# First\n")
    await world.save(number, 1, EXACT)
    await world.document("# Elsewhere\n", by="outsider")
    async with browser("reader") as client:
        answer = await client.get(PATH)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    assert answer.headers["content-disposition"].startswith('attachment; filename="documents-')
    found = unpacked(answer.content)
    assert set(found) == {f"ENG/{number}.md", "ENG/.plumbline.json"}
    assert found[f"ENG/{number}.md"].decode() == EXACT
    origin = json.loads(found["ENG/.plumbline.json"])[f"{number}.md"]
    assert (origin["number"], origin["revision"]) == (number, 2)
    ((details,),) = await rows("SELECT details FROM audit_event WHERE action = 'document:documents:exported'")
    assert json.loads(details) if isinstance(details, str) else details == {
        "format": "zip", "documents": 1, "filter": {}
    }  # fmt: skip


@on_sqlite
async def test_all_pages_of_what_is_asked_for_are_in_it(browser, world, monkeypatch):
    monkeypatch.setattr(exports, "_AT_ONCE", 2)
    numbers = [await world.document(f"# Number {n}\n") for n in range(5)]
    await change("UPDATE document SET status = 'approved' WHERE number > 1")
    async with browser("reader") as client:
        found = unpacked((await client.get(PATH, params={"status": "approved", "limit": 1})).content)
        assert [name for name in found if name.endswith(".md")] == [f"ENG/{number}.md" for number in numbers[1:]]
        told = (await client.get(PATH, params={"format": "json"})).json()
        assert [row["number"] for row in told] == numbers
        assert (await client.get(PATH, params={"format": "json", "status": "rejected"})).json() == []


@on_sqlite
@pytest.mark.req("FILE-08")
async def test_a_table_runs_nothing(browser, world):
    for title in ("=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", "Plain, with a comma"):
        await world.document(f"# {title}\n\nText.\n")
    async with browser("reader") as client:
        answer = await client.get(PATH, params={"format": "csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    read = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(read) == 5
    assert not [cell for row in read for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    assert read[4]["title"] == "Plain, with a comma"


@on_sqlite
async def test_very_many_at_once_are_refused_before_anything_is_sent(browser, world, monkeypatch):
    monkeypatch.setattr(exports, "MOST", 1)
    for n in range(2):
        await world.document(f"# Number {n}\n")
    async with browser("reader") as client:
        assert (await client.get(PATH)).status_code == 422
        assert (await client.get(PATH, params={"q": "number 1"})).status_code == 200


@on_sqlite
@pytest.mark.req("FILE-07")
async def test_a_text_that_is_not_what_was_saved_is_not_given_out(browser, world):
    number = await world.document("# Sound\n")
    await change("DROP TRIGGER IF EXISTS revision_no_update")
    await change("UPDATE revision SET text = '# Changed'")
    async with browser("reader") as client:
        answer = await client.get(f"/api/v1/documents/{number}/text")
        assert answer.status_code == 500
        assert "plumbline doctor" in answer.json()["error"]["message"]
        assert "Changed" not in answer.text
