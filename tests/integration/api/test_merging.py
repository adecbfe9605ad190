"""Texts that were made from older revisions, sent by programs: taken in, or told what contradicts."""

import asyncio

import pytest

from tests.integration.api.site import on_sqlite
from tests.integration.world import rows

BASE = "# Service\n\n## Targets\n\nUnder 200 ms.\n\n## Risks\n\nNone known.\n"
OURS = BASE.replace("200", "150")
THEIRS = BASE.replace("None known.", "The disk.")
AGAINST = BASE.replace("200", "100")


async def merge(client, number, text, base=1, **headers):
    return await client.post(
        f"/api/v1/documents/{number}/merge", json={"base": base, "text": text, "message": "Merged"}, headers=headers
    )


async def current(client, number):
    return (await client.get(f"/api/v1/documents/{number}/text")).text


@pytest.mark.req("CONC-01")
async def test_changes_of_both_are_kept(browser, world):
    number = await world.document(BASE)
    await world.save(number, 1, OURS)
    async with browser("author") as client:
        answer = await merge(client, number, THEIRS)
        assert (answer.status_code, answer.json()["number"]) == (201, 3)
        assert answer.headers["etag"] == '"3"'
        assert await current(client, number) == OURS.replace("None known.", "The disk.")


@on_sqlite
@pytest.mark.req("CONC-01")
async def test_a_contradiction_is_told_with_both_sides_and_nothing_is_stored(browser, world):
    number = await world.document(BASE)
    await world.save(number, 1, OURS)
    async with browser("author") as client:
        error = (await merge(client, number, AGAINST)).json()["error"]
        assert error["code"] == "MERGE_CONFLICT"
        assert error["details"]["current_revision"] == 2
        assert error["details"]["conflicts"] == [
            {
                "section": "Targets",
                "base": "Under 200 ms.\n",
                "current": "Under 150 ms.\n",
                "yours": "Under 100 ms.\n",
                "lines": {"base": 5, "current": 5, "yours": 5},
            }
        ]
        for line in ("<<<<<<< revision 2", "Under 150 ms.", "Under 200 ms.", "Under 100 ms.", ">>>>>>> yours"):
            assert line in error["details"]["text"]
        assert await current(client, number) == OURS


@on_sqlite
async def test_a_merge_asked_for_twice_is_done_once(browser, world):
    number = await world.document(BASE)
    await world.save(number, 1, OURS)
    async with browser("author") as client:
        first = await merge(client, number, THEIRS, **{"idempotency-key": "k"})
        await world.save(number, 3, THEIRS.replace("The disk.", "The network."))
        again = await merge(client, number, THEIRS, **{"idempotency-key": "k"})
    assert (again.status_code, again.json()) == (201, first.json())
    assert await rows("SELECT max(number) FROM revision") == [(4,)]


async def test_merges_at_once_lose_nothing(browser, world):
    sections = "".join(f"## Part {n}\n\nAs it was.\n\n" for n in range(6))
    text = f"# Many\n\n{sections}"
    number = await world.document(text)
    async with browser("author") as client:
        changed = [text.replace(f"## Part {n}\n\nAs it was.", f"## Part {n}\n\nWritten by {n}.") for n in range(6)]
        answers = await asyncio.gather(*(merge(client, number, one) for one in changed))
        assert {answer.status_code for answer in answers} <= {201, 503}
        kept = await current(client, number)
    for n, answer in enumerate(answers):
        assert (f"Written by {n}." in kept) == (answer.status_code == 201)


@on_sqlite
async def test_a_base_that_is_none_or_a_text_that_adds_nothing_is_refused(browser, world):
    number = await world.document(BASE)
    async with browser("author") as client:
        for base, status in ((2, 404), (0, 422), (2**31, 422)):
            assert (await merge(client, number, THEIRS, base)).status_code == status
        assert (await merge(client, number, BASE)).status_code == 409
        assert (await merge(client, number, " ")).status_code == 422
    async with browser("reader") as client:
        assert (await merge(client, number, THEIRS)).status_code == 403


@on_sqlite
@pytest.mark.req("CONC-01", "CONC-02")
async def test_a_text_is_put_as_it_is_read(browser, world):
    number = await world.document(BASE)
    path = f"/api/v1/documents/{number}/text"
    exact = "\ufeff# Ünïcode 😀\r\n\r\nline\rend\n".encode()
    async with browser("author") as client:
        kind = {"content-type": "text/markdown"}
        assert (await client.put(path, content=exact, headers=kind)).status_code == 428
        first = await client.put(f"{path}?message=Put", content=exact, headers={**kind, "if-match": '"1"'})
        assert (first.status_code, first.json()["message"], first.headers["etag"]) == (200, "Put", '"2"')
        assert (await client.put(path, content=b"# x\n", headers={**kind, "if-match": '"1"'})).status_code == 412
        assert (await client.put(path, content=b"\xff\xfe#", headers={**kind, "if-match": '"2"'})).status_code == 415
        assert (await client.get(path)).content == exact


@pytest.mark.req("CONC-04")
async def test_of_twenty_writers_with_one_tag_one_wins(browser, world):
    number = await world.document()
    path = f"/api/v1/documents/{number}"
    async with browser("author") as client:
        for round_ in range(5):
            etag = (await client.get(path)).headers["etag"]
            texts = [f"# Round {round_} by {n}\n" for n in range(20)]
            sent = {"if-match": etag, "content-type": "text/markdown"}
            writers = (client.put(f"{path}/text", content=text.encode(), headers=sent) for text in texts)
            statuses = [answer.status_code for answer in await asyncio.gather(*writers)]
            assert sorted(statuses) == [200, *[412] * 19]
            assert await current(client, number) == texts[statuses.index(200)]
