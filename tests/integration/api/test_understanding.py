"""What programs read out of a document: rendering, findings, model and drawings, of any revision."""

import pytest

from tests.integration.api.site import on_sqlite

pytestmark = on_sqlite
DESIGN = """\
# Orders

## Components

### Web

- **Purpose**: Shows orders.
- **Dependencies**: Store

### Store

- **Purpose**: Keeps orders.

## Database Design

#### order

| Column | Type | Null | Key | Description |
| --- | --- | --- | --- | --- |
| id | INTEGER | no | PK | which |
"""
PARTS = ("html", "findings", "model", "diagrams/components.svg", "diagrams/er.sql")


@pytest.fixture
async def number(world):
    made = await world.document(DESIGN)
    await world.save(made, 1, DESIGN.replace("Web", "Shop") + "\n## Empty\n")
    return made


async def test_each_reading_is_of_the_revision_asked_for(browser, number):
    path = f"/api/v1/documents/{number}"
    async with browser("reader") as client:
        model = (await client.get(f"{path}/model")).json()
        assert [one["name"] for one in model["components"]] == ["Shop", "Store"]
        assert "source" not in model
        first = (await client.get(f"{path}/model?revision=1")).json()
        assert [one["name"] for one in first["components"]] == ["Web", "Store"]
        assert "Shop" in (await client.get(f"{path}/html")).text
        assert "Shop" not in (await client.get(f"{path}/html?revision=1")).text
        assert ">Web<" in (await client.get(f"{path}/diagrams/components.svg?revision=1")).text


async def test_findings_are_those_that_health_counts(browser, number):
    path = f"/api/v1/documents/{number}"
    async with browser("reader") as client:
        found = (await client.get(f"{path}/findings")).json()
        head = (await client.get(path)).json()
    assert len(found["items"]) == head["findings"]
    assert found["warnings"] == len([one for one in found["items"] if one["severity"] == "warning"])
    empty = next(one for one in found["items"] if one["rule"] == "section-empty")
    assert DESIGN.count("\n") + 2 == empty["line"]


@pytest.mark.req("FILE-05")
async def test_drawings_are_files_of_their_kind(browser, number):
    kinds = {
        "components.svg": ("image/svg+xml", "svg"),
        "components.mermaid": ("text/plain; charset=utf-8", "mmd"),
        "components.plantuml": ("text/plain; charset=utf-8", "puml"),
        "components.structurizr": ("text/plain; charset=utf-8", "dsl"),
        "er.sql": ("application/sql", "sql"),
    }
    async with browser("reader") as client:
        for name, (kind, ending) in kinds.items():
            answer = await client.get(f"/api/v1/documents/{number}/diagrams/{name}")
            assert (answer.status_code, answer.headers["content-type"]) == (200, kind), answer.text
            named = f'attachment; filename="{number}-{name.partition(".")[0]}.{ending}"'
            assert answer.headers["content-disposition"] == named
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_what_cannot_be_drawn_is_told(browser, number):
    path = f"/api/v1/documents/{number}/diagrams"
    async with browser("reader") as client:
        told = {
            name: await client.get(f"{path}/{name}") for name in ("pipeline.svg", "er.structurizr", "x.svg", "er.x")
        }
    assert [answer.status_code for answer in told.values()] == [404, 422, 422, 422]
    assert told["pipeline.svg"].json()["error"]["message"].startswith("There is nothing to draw")
    assert "svg" in told["er.structurizr"].json()["error"]["message"]


@pytest.mark.req("IDOR-01")
async def test_nothing_is_read_out_of_what_may_not_be_read(browser, number):
    for name, status in (("outsider", 404), ("admin", 404), ("", 401)):
        async with browser(name) as client:
            for part in PARTS:
                assert (await client.get(f"/api/v1/documents/{number}/{part}")).status_code == status
    async with browser("reader") as client:
        for part in PARTS:
            assert (await client.get(f"/api/v1/documents/{number}/{part}?revision=3")).status_code == 404


@pytest.mark.req("CONC-06")
async def test_a_reading_is_named_by_the_text_it_was_made_from(browser, world, number):
    async with browser("reader") as client:
        for part in PARTS:
            path = f"/api/v1/documents/{number}/{part}"
            etag = (await client.get(path)).headers["etag"]
            assert (await client.get(path, headers={"if-none-match": etag})).status_code == 304
            assert (await client.get(f"{path}?revision=1")).headers["etag"] != etag
