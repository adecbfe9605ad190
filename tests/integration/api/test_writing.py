"""Saving over HTTP: which revision a text was made from, who wins, and pages of what there is."""

import asyncio

import pytest

from tests.integration.api.site import on_sqlite
from tests.integration.world import rows

ODD = [
    '"',
    '""',
    '"x"',
    "*",
    '"1", "2"',
    '"-1"',
    '"1.0"',
    '"0x1"',
    "W/",
    '"' + "9" * 50 + '"',
    "١",
    '"1" garbage',
    "1\t2",
    "é",
]


def text(words: str) -> dict:
    return {"text": ("text.md", f"# {words}\n\nText.\n".encode(), "text/markdown")}


async def stored(number: str) -> tuple[int, str]:
    found = await rows("SELECT number, text FROM revision ORDER BY number DESC LIMIT 1")
    return found[0]


@pytest.mark.req("CONC-01")
async def test_a_stale_base_is_refused_and_names_the_current_one(browser, world):
    number = await world.document("# One\n\nText.\n")
    address = f"/api/v1/documents/{number}/revisions"
    async with browser("author") as client:
        assert (await client.post(address, files=text("Two"), headers={"if-match": '"1"'})).status_code == 201
        for stale in ('"1"', "1", 'W/"1"', '"7"', '"0"'):
            answer = await client.post(address, files=text("Three"), headers={"if-match": stale})
            error = answer.json()["error"]
            assert (answer.status_code, error["code"]) == (412, "REVISION_CONFLICT"), stale
            assert error["details"]["current_revision"] == 2
    assert (await stored(number))[0] == 2
    assert "# Two" in (await stored(number))[1]


@pytest.mark.req("CONC-02")
async def test_a_write_that_names_no_base_is_refused(browser, world):
    number = await world.document()
    async with browser("author") as client:
        for headers in ({}, {"if-match": ""}, {"if-match": "   "}, {"if-none-match": '"1"'}):
            answer = await client.post(f"/api/v1/documents/{number}/revisions", files=text("Two"), headers=headers)
            assert (answer.status_code, answer.json()["error"]["code"]) == (428, "PRECONDITION_REQUIRED")
    assert (await stored(number))[0] == 1


@on_sqlite
@pytest.mark.req("CONC-03")
@pytest.mark.parametrize("value", ODD)
async def test_an_odd_base_is_a_client_error(browser, world, value):
    number = await world.document()
    async with browser("author") as client:
        answer = await client.post(
            f"/api/v1/documents/{number}/revisions", files=text("Two"), headers={"if-match": value.encode()}
        )
    assert answer.status_code in {400, 412, 422}
    assert (await stored(number))[0] == 1


@pytest.mark.req("CONC-04")
async def test_of_writers_at_once_one_wins(browser, world):
    number = await world.document()
    async with browser("author") as client:
        for base in range(1, 4):
            writers = [
                client.post(
                    f"/api/v1/documents/{number}/revisions",
                    files=text(f"Round {base} by {n}"),
                    headers={"if-match": f'"{base}"'},
                )
                for n in range(8)
            ]
            statuses = [answer.status_code for answer in await asyncio.gather(*writers)]
            assert sorted(statuses) == [201, *[412] * 7]
            assert f"# Round {base} by {statuses.index(201)}\n" in (await stored(number))[1]


@pytest.mark.req("PAGE-01", "PAGE-02")
async def test_paging_shows_each_document_once_while_others_come_in(browser, world):
    made = {await world.document(f"# Number {n}\n\nText.\n") for n in range(7)}
    seen: list[str] = []
    async with browser("author") as client:
        cursor = ""
        while True:
            page = (await client.get("/api/v1/documents", params={"limit": 2, "after": cursor})).json()
            assert len(page["items"]) <= 2
            seen += [item["number"] for item in page["items"]]
            cursor = page["next_cursor"]
            if not cursor:
                break
            await world.document(f"# Late {len(seen)}\n\nText.\n")
    assert len(seen) == len(set(seen))
    assert made <= set(seen)


@on_sqlite
@pytest.mark.req("PAGE-02")
async def test_paging_the_history_shows_each_revision_once_while_others_come_in(browser, world):
    number = await world.document()
    for base in range(1, 6):
        await world.save(number, base, f"# Save {base}\n")
    seen, cursor, head = [], "", 6
    async with browser("reader") as client:
        while True:
            address = f"/api/v1/documents/{number}/revisions"
            page = (await client.get(address, params={"limit": 2, "after": cursor})).json()
            seen += [item["number"] for item in page["items"]]
            cursor = page["next_cursor"]
            if not cursor:
                break
            await world.save(number, head, f"# Late {head}\n")
            head += 1
    assert seen == [6, 5, 4, 3, 2, 1]


@on_sqlite
async def test_an_import_answers_with_where_its_report_is(browser, world):
    async with browser("author") as client:
        sent = {"space": (None, "ENG"), "files": ("a.md", b"# A\n\nText.\n", "text/markdown")}
        answer = await client.post("/api/v1/imports", files=sent)
        location = answer.json()["location"]
        report = (await client.get(f"/api/v1/imports/{location.partition('=')[2]}")).json()
    assert (answer.status_code, location.startswith("/import?report=")) == (201, True)
    assert [(item["outcome"], item["number"]) for item in report["items"]] == [("created", "ENG-1")]
