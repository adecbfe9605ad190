"""Changing and deleting documents over HTTP: what the change was decided on, and who comes first."""

import asyncio

import pytest

from tests.integration.api.site import on_sqlite
from tests.integration.api.test_writing import ODD
from tests.integration.world import rows


@on_sqlite
@pytest.mark.req("CONC-01", "CONC-02")
async def test_a_document_changes_only_as_it_was_seen(browser, world):
    path = f"/api/v1/documents/{await world.document()}"
    owner = {name: {"owner": world.actor(name).user_id} for name in ("reader", "reviewer")}
    async with browser("maintainer") as client:
        etag = (await client.get(path)).headers["etag"]
        assert (await client.patch(path, json=owner["reader"])).status_code == 428
        assert (await client.delete(path)).status_code == 428
        changed = await client.patch(path, json=owner["reader"], headers={"if-match": etag})
        assert (changed.status_code, changed.json()["owner"]) == (200, "Reader Person")
        assert changed.headers["etag"] == (await client.get(path)).headers["etag"] != etag
        for sent in (client.patch(path, json=owner["reviewer"], headers={"if-match": etag}),
                     client.delete(path, headers={"if-match": etag}),
                     client.delete(path, headers={"if-match": '"2"'})):  # fmt: skip
            answer = await sent
            assert (answer.status_code, answer.json()["error"]["code"]) == (412, "REVISION_CONFLICT")
        assert (await client.get(path)).json()["owner"] == "Reader Person"
        assert (await client.delete(path, headers={"if-match": '"1"'})).status_code == 204
        assert (await client.get(path)).status_code == 404
        restored = await client.post(f"{path}/restore")
        assert (restored.status_code, restored.headers["etag"]) == (200, changed.headers["etag"])


@on_sqlite
@pytest.mark.req("CONC-03")
async def test_odd_tags_delete_nothing(browser, world):
    path = f"/api/v1/documents/{await world.document()}"
    async with browser("author") as client:
        for value in (*ODD, '"1-0123456789abcde"', '"1-0123456789abcdef"'):
            answer = await client.delete(path, headers={"if-match": value.encode()})
            assert answer.status_code in {400, 412, 422}, value
        assert (await client.get(path)).status_code == 200


@on_sqlite
@pytest.mark.req("AUTHZ-04")
async def test_nothing_else_of_a_document_can_be_set(browser, world):
    path = f"/api/v1/documents/{await world.document()}"
    async with browser("author") as client:
        for field in ("title", "status", "number", "revision", "deleted_at", "owner_id", "space_id", "text"):
            answer = await client.patch(path, json={field: "1"}, headers={"if-match": '"1"'})
            assert (answer.status_code, answer.json()["error"]["code"]) == (422, "VALIDATION_ERROR")


@pytest.mark.req("CONC-05")
async def test_deleting_against_updating_has_one_outcome(browser, world):
    """Of a deletion and writers who all saw the same revision one wins, and what is stored is what it said."""
    sent = {"content-type": "text/markdown", "if-match": '"1"'}
    async with browser("author") as client, browser("maintainer") as other:
        for round_ in range(12):
            number = await world.document(f"# Round {round_}\n")
            path = f"/api/v1/documents/{number}"
            writes = [client.put(f"{path}/text", content=f"# {n}\n".encode(), headers=sent) for n in range(3)]
            owner = {"owner": world.actor("reader").user_id}
            calls = [*writes, other.patch(path, json=owner, headers={"if-match": '"1"'})]
            calls.insert(round_ % 5, other.delete(path, headers={"if-match": '"1"'}))
            answers = await asyncio.gather(*calls)
            deleted = answers.pop(round_ % 5).status_code == 204
            statuses = [answer.status_code for answer in answers[:3]]
            assert set(statuses) <= ({404, 412} if deleted else {200, 412}), statuses
            assert statuses.count(200) == (0 if deleted else 1)
            assert answers[3].status_code in {200, 404 if deleted else 412}
            assert (await client.get(path)).status_code == (404 if deleted else 200)
            key, _, count = number.partition("-")
            found = await rows(
                "SELECT d.head_revision, d.deleted_at IS NOT NULL, count(r.id) FROM document d"
                " JOIN space s ON s.id = d.space_id JOIN revision r ON r.document_id = d.id"
                " WHERE s.key = :key AND d.number = :number GROUP BY d.id, d.head_revision, d.deleted_at",
                key=key,
                number=int(count),
            )
            revisions = 1 if deleted else 2
            assert [tuple(map(int, row)) for row in found] == [(revisions, deleted, revisions)]


@pytest.mark.req("CONC-05")
async def test_of_several_deletions_or_restorations_at_once_one_happens(browser, world):
    path = f"/api/v1/documents/{await world.document()}"
    async with browser("author") as client:
        for _ in range(3):
            gone = await asyncio.gather(*(client.delete(path, headers={"if-match": '"1"'}) for _ in range(6)))
            assert sorted(answer.status_code for answer in gone) == [204, *[404] * 5]
            back = await asyncio.gather(*(client.post(f"{path}/restore") for _ in range(6)))
            assert sorted(answer.status_code for answer in back) == [200, *[409] * 5]
    told = await rows("SELECT count(*) FROM audit_event WHERE action LIKE 'document:document:%ed'")
    assert told == [(7,)]
