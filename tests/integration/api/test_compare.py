"""Two revisions compared: as a page, as its content, and as data."""

import pytest

from tests.integration.api.site import on_sqlite

FIRST = "# Ledger\n\n## Overview\n\nIt keeps the books of the shop.\n\n## Notes\n\nSee the wiki.\n"
SECOND = FIRST.replace("keeps the books", "must keep all books").replace("wiki", "handbook")


@pytest.fixture
async def number(world):
    made = await world.document(FIRST, name="ledger.md")
    await world.save(made, 1, SECOND, message="firmer")
    return made


async def test_a_comparison_as_data_says_what_matters_first(browser, number):
    async with browser("reader") as client:
        answer = await client.get(f"/api/v1/documents/{number}/compare/1/2")
    found = answer.json()
    assert answer.status_code == 200
    assert (found["old"]["number"], found["new"]["number"], found["weight"]) == (1, 2, "material")
    assert [change["weight"] for change in found["changes"]] == ["material", "wording"]
    assert [change["sections"] for change in found["changes"]] == [["Overview"], ["Notes"]]
    assert found["changes"][0]["new"]["line"] >= 3
    assert [(one["id"], one["changed"]) for one in found["sections"]] == [
        ("ledger", False), ("overview", True), ("notes", True),
    ]  # fmt: skip
    assert [one["fingerprint"] == one["old_fingerprint"] for one in found["sections"]] == [True, False, False]


@on_sqlite
async def test_backwards_and_with_itself(browser, number):
    async with browser("reader") as client:
        back = (await client.get(f"/api/v1/documents/{number}/compare/2/1")).json()
        same = (await client.get(f"/api/v1/documents/{number}/compare/2/2")).json()
    assert (back["old"]["number"], back["weight"]) == (2, "material")
    assert (same["changes"], same["weight"], same["verdict"]) == ([], None, "The texts are the same.")


@on_sqlite
@pytest.mark.parametrize("pair", ["1/3", "3/1", "0/1", "-1/1", "x/1", "1/99999999999", "1/1.5"])
async def test_what_is_no_revision_is_not_found(browser, number, pair):
    async with browser("reader") as client:
        data = await client.get(f"/api/v1/documents/{number}/compare/{pair}")
        page = await client.get(f"/d/{number}/compare/{pair}")
    assert data.status_code in {404, 422}
    assert page.status_code == 404


@on_sqlite
async def test_the_page_is_complete_at_first_paint(browser, number):
    async with browser("reader") as client:
        page = await client.get(f"/d/{number}/compare/1/2")
    assert page.status_code == 200
    assert "must keep all" in page.text
    assert 'class="compared-verdict"' in page.text


@on_sqlite
@pytest.mark.parametrize("view", ["side-by-side", "unified", "rendered", "diagrams"])
async def test_every_view_has_an_address_and_is_complete_at_first_paint(browser, number, view):
    async with browser("reader") as client:
        page = (await client.get(f"/d/{number}/compare/1/2?view={view}")).text
        digest = page.partition('data-slot="sheet"')[2].partition('data-digest="')[2].partition('"')[0]
        content = await client.get(f"/content/{digest}")
    assert digest.endswith(f"/{view}")
    assert f'href="?view={view}" aria-current="page"' in page
    assert content.text in page


@on_sqlite
async def test_a_view_that_there_is_not_is_the_first_one(browser, number):
    async with browser("reader") as client:
        first = (await client.get(f"/d/{number}/compare/1/2")).text
        for query in ("view=sideways", "view=", "view=unified%00", "number=ENG-9", "view=" + "x" * 2_000):
            page = await client.get(f"/d/{number}/compare/1/2?{query}")
            assert page.status_code == 200
            assert 'href="?view=side-by-side" aria-current="page"' in page.text
            assert page.text.count("data-slot") == first.count("data-slot")


@on_sqlite
async def test_the_way_of_looking_survives_signing_in(browser, number):
    async with browser() as client:
        answer = await client.get(f"/d/{number}/compare/1/2?view=rendered")
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("compare%2F1%2F2%3Fview%3Drendered")


@pytest.mark.req("IDOR-01")
async def test_content_is_for_readers_of_both_texts(browser, world, number):
    async with browser("author") as client:
        own = (await client.get(f"/api/v1/documents/{number}/compare/1/2")).json()
        digests = [own[side]["digest"] for side in ("old", "new")]
        version = own["new"]["content_digest"].split("-")[1]
    address = f"/content/compare/{digests[0]}-{digests[1]}-{version}/unified"
    theirs = await world.document("# Theirs\n\nSecret.\n", by="outsider", name="theirs.md")
    async with browser("outsider") as client:
        secret = (await client.get(f"/api/v1/documents/{theirs}/revisions")).json()["items"][0]["digest"]
        assert (await client.get(address)).status_code == 404
        assert (await client.get(f"/content/compare/{secret}-{digests[0]}-{version}/unified")).status_code == 404
        assert (await client.get(f"/d/{number}/compare/1/2")).status_code == 404
    async with browser("reader") as client:
        answer = await client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert (await client.get(f"/content/compare/{secret}-{digests[0]}-{version}/unified")).status_code == 404
        assert (await client.get(address.replace(version, "00000000"))).status_code == 404
        assert (await client.get(address.replace("unified", "sideways"))).status_code == 404
        assert (await client.get("/content/compare/x/unified")).status_code == 404


@on_sqlite
async def test_markup_in_the_texts_is_text(browser, world):
    made = await world.document("# A <b>\n\n<script>alert(1)</script> one\n", name="x.md")
    await world.save(made, 1, "# A <i>\n\n<script>alert(2)</script> two\n")
    async with browser("reader") as client:
        page = (await client.get(f"/d/{made}/compare/1/2")).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
