"""Documents made by programs."""

import asyncio

import pytest

from tests.integration.api.site import on_sqlite
from tests.integration.world import rows

MADE = {"space": "ENG", "text": "# Orders\r\n\r\nText.\n", "message": "First"}
PATH = "/api/v1/documents"


async def test_a_document_is_made_and_read_back(browser, world):
    async with browser("author") as client:
        made = await client.post(PATH, json=MADE)
        assert (made.status_code, made.headers["location"]) == (201, f"{PATH}/ENG-1"), made.text
        head = await client.get(made.headers["location"])
        assert (head.json(), head.headers["etag"]) == (made.json(), made.headers["etag"])
        assert (await client.get(f"{PATH}/ENG-1/text")).text == MADE["text"]
        (saved,) = (await client.get(f"{PATH}/ENG-1/revisions")).json()["items"]
        assert (saved["message"], saved["author"]) == ("First", "Author Person")
    assert await rows("SELECT action FROM audit_event WHERE object_type = 'document'") == [
        ("document:document:created",)
    ]


@pytest.mark.req("IDEM-01")
async def test_made_under_one_key_at_once_it_is_one(browser, world):
    async with browser("author") as client:
        many = [client.post(PATH, json=MADE, headers={"idempotency-key": "k"}) for _ in range(8)]
        answers = await asyncio.gather(*many)
    assert {(answer.status_code, answer.text) for answer in answers} == {(201, answers[0].text)}
    assert await rows("SELECT count(*) FROM document") == [(1,)]


@on_sqlite
async def test_a_text_without_a_title_takes_that_of_its_file(browser, world):
    async with browser("author") as client:
        sent = {"space": "ENG", "text": "No heading.\n", "file_name": "order-flow.md"}
        assert (await client.post(PATH, json=sent)).json()["title"] == "Order flow"
        assert (await client.post(PATH, json=sent | {"file_name": ""})).status_code == 422
    assert await rows("SELECT origin FROM document") == [("order-flow.md",)]


@on_sqlite
@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"text": ""}, 422),
        ({"text": "# a\0b"}, 422),
        ({"text": "# \ud800"}, 400),
        ({"file_name": "../x.md"}, 422),
        ({"file_name": "x.zip"}, 415),
        ({"message": "a\nb"}, 422),
        ({"space": "OPS"}, 404),
        ({"space": "eng"}, 404),
        ({"status": "approved"}, 422),
        ({"owner": "me"}, 422),
    ],
)
async def test_what_cannot_be_a_document_is_refused(browser, world, changed, status):
    async with browser("author") as client:
        body = {**MADE, **changed}
        if "\ud800" in body["text"]:
            answer = await client.post(
                PATH, content=b'{"space": "ENG", "text": "# \\ud800"}', headers={"content-type": "application/json"}
            )
            assert answer.status_code == 422
        else:
            assert (await client.post(PATH, json=body)).status_code == status
    assert await rows("SELECT count(*) FROM document") == [(0,)]
