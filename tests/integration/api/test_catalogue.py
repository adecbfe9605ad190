"""The list of documents: filters, orders, pages, and the fields that are asked for."""

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.core import db
from app.repositories import catalogue
from app.services import documents
from tests.integration.api.site import on_sqlite
from tests.integration.world import change

GOOD = "# {0}\n\nWords about {0}.\n"


@pytest.fixture
async def numbers(world):
    """Five of ENG in different states, and one of OPS."""
    made = [
        await world.document(GOOD.format(f"{title} {n}"))
        for n, title in enumerate(("Echo", "Delta", "Charlie", "Bravo", "Alpha"))
    ]
    await change(
        "UPDATE document SET status = 'approved', owner_id = :who WHERE number = 1", who=world.actor("owner").user_id
    )
    await change("UPDATE document SET health_state = 'errors', errors = 2 WHERE number = 2")
    await world.document(GOOD.format("Elsewhere"), by="outsider")
    return made


async def found(client, **query):
    answer = await client.get("/api/v1/documents", params=query)
    assert answer.status_code == 200, answer.text
    return [item["number"] for item in answer.json()["items"]]


async def test_filters_narrow_and_values_of_one_widen(browser, world, numbers):
    async with browser("reader") as client:
        assert await found(client, space="ENG") == numbers[::-1]
        assert await found(client, space="OPS") == []
        assert await found(client, space=["ENG", "OPS"], limit=2) == numbers[:2:-1]
        assert await found(client, status="approved") == numbers[:1]
        assert await found(client, status=["approved", "draft"]) == numbers[::-1]
        assert await found(client, health="errors") == numbers[1:2]
        assert await found(client, health="errors", status="approved") == []
        assert await found(client, owner=world.actor("owner").user_id) == numbers[:1]
        assert await found(client, q="charlie") == numbers[2:3]
        assert await found(client, q=numbers[3].lower()) == numbers[3:4]
        assert await found(client, q="%") == []
    async with browser("author") as client:
        assert await found(client, owner="me") == numbers[:0:-1]


@pytest.mark.req("PAGE-02")
@pytest.mark.parametrize("few", [0, 500])
@pytest.mark.parametrize("sort", ["updated", "-updated", "title", "-title", "created", "-created"])
async def test_each_order_shows_each_document_once(browser, world, numbers, monkeypatch, sort, few):
    monkeypatch.setattr(catalogue, "FEW", few)
    await change("UPDATE document SET title = 'Same' WHERE number IN (3, 4)")
    seen, after = [], ""
    async with browser("reader") as client:
        whole = await found(client, sort=sort)
        while True:
            page = (await client.get("/api/v1/documents", params={"sort": sort, "limit": 2, "after": after})).json()
            seen += [item["number"] for item in page["items"]]
            after = page["next_cursor"]
            if not after:
                break
    assert seen == whole
    assert sorted(seen) == sorted(numbers)
    if sort == "title":
        assert seen[:2] == [numbers[4], numbers[1]]


async def test_it_is_counted_to_a_bound(browser, numbers, monkeypatch):
    async with browser("reader") as client:
        page = (await client.get("/api/v1/documents")).json()
        assert (page["total"], page["is_cut"]) == (5, False)
        monkeypatch.setattr(catalogue, "COUNTED", 3)
        page = (await client.get("/api/v1/documents")).json()
        assert (page["total"], page["is_cut"], len(page["items"])) == (3, True, 5)


@on_sqlite
@pytest.mark.req("PAGE-01")
@pytest.mark.parametrize(
    "query",
    [
        {"sort": "owner"},
        {"sort": "--title"},
        {"status": "Approved"},
        {"health": "bad"},
        {"limit": 101},
        {"limit": 0},
        {"color": "red"},
        {"q": "x" * 201},
        {"space": ["ENG"] * 51},
        {"fields": "number,password_hash"},
        {"fields": ","},
    ],
)
async def test_nonsense_is_refused(browser, numbers, query):
    async with browser("reader") as client:
        answer = await client.get("/api/v1/documents", params=query)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "VALIDATION_ERROR")


@on_sqlite
@pytest.mark.req("PAGE-01")
async def test_a_cursor_of_another_order_is_refused(browser, numbers):
    async with browser("reader") as client:
        cursor = (await client.get("/api/v1/documents?limit=2&sort=title")).json()["next_cursor"]
        for sort in ("updated", "created"):
            answer = await client.get("/api/v1/documents", params={"after": cursor, "sort": sort})
            assert answer.status_code == 422


@on_sqlite
async def test_the_fields_asked_for_are_given_and_no_others(browser, numbers):
    async with browser("reader") as client:
        page = (await client.get("/api/v1/documents?fields=number,title&limit=2")).json()
        assert [set(item) for item in page["items"]] == [{"number", "title"}] * 2
        assert page["next_cursor"]
        head = await client.get(f"/api/v1/documents/{numbers[0]}?fields=revision, status")
        assert head.json() == {"revision": 1, "status": "approved"}
        again = {"if-none-match": head.headers["etag"]}
        assert (await client.get(f"/api/v1/documents/{numbers[0]}?fields=revision", headers=again)).status_code == 304
        assert (await client.get(f"/api/v1/documents/{numbers[0]}?fields=text")).status_code == 422


@on_sqlite
async def test_many_documents_are_gone_through_in_their_order_and_not_sorted(world, numbers, monkeypatch):
    """SQLite says how it goes about the query for the first page; so it is as quick among very many."""
    monkeypatch.setattr(catalogue, "FEW", 0)
    asked: list[tuple[str, tuple]] = []

    def note(_connection, _cursor, statement, values, _context, _many):
        asked.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        await documents.page(world.actor("reader"))
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    (listed,) = [(statement, values) for statement, values in asked if "ORDER BY document.updated_at DESC" in statement]
    async with db.engine().connect() as connection:
        plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {listed[0]}", listed[1])
        steps = [row[3] for row in plan]
    assert "SCAN document USING INDEX ix_document_updated_at_id" in steps
    assert not [step for step in steps if "TEMP B-TREE" in step]
