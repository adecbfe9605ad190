"""Requests that make no sense: each is a client error in the envelope, and the server goes on."""

import json

import pytest

from tests.integration.api.site import ADDRESS, SAME_ORIGIN, on_sqlite
from tests.integration.world import rows

ANSWERS = "/api/v1/imports/answers"
ID = "0" * 32
GOOD = {"batch_id": ID, "item_id": ID, "choice": "drop"}
INSIDE = ("Traceback", 'File "', "site-packages", "pydantic", "sqlalchemy", "asyncpg", "planted")


def changed(**fields: object) -> bytes:
    return json.dumps({**GOOD, **fields}).encode()


BODIES = {
    "nothing": b"",
    "spaces": b"   ",
    "half an object": b'{"batch_id": "',
    "a trailing comma": b'{"batch_id": "a",}',
    "single quotes": b"{'batch_id': 'planted'}",
    "a comment": b'{"batch_id": "a" /* planted */}',
    "two values": b"{} {}",
    "no UTF-8": b'{"batch_id": "\xff\xfe"}',
    "UTF-16": '{"batch_id": "a"}'.encode("utf-16"),
    "a NUL byte": b'{"batch_id": "\x00"}',
    "a raw line end": b'{"batch_id": "a\nb"}',
    "a bad escape": b'{"batch_id": "\\x00"}',
    "null": b"null",
    "true": b"true",
    "a number": b"7",
    "a string": b'"planted"',
    "a list": b"[]",
    "a list of objects": json.dumps([GOOD]).encode(),
    "an empty object": b"{}",
    "NaN": b'{"batch_id": NaN, "item_id": Infinity, "choice": -Infinity}',
    "a huge number": b'{"batch_id": 1e999, "item_id": 1, "choice": 2}',
    "5,000 digits": b'{"batch_id": ' + b"9" * 5000 + b"}",
    "10,000 levels of lists": b"[" * 10_000 + b"]" * 10_000,
    "10,000 levels of objects": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "a list for a string": changed(batch_id=["planted"]),
    "an object for a string": changed(item_id={"planted": 1}),
    "null for a string": changed(batch_id=None),
    "a choice that is none": changed(choice="planted"),
    "a choice in capitals": changed(choice="DROP"),
    "a field too much": changed(planted=1),
    "half a character in a value": b'{"batch_id": "\\ud800", "item_id": "a", "choice": "drop"}',
    "half a character in a name": b'{"\\ud800": 1, "batch_id": "a", "item_id": "a", "choice": "drop"}',
    "NUL in an id": changed(batch_id="\0" * 32),
    "a prototype": changed(__proto__={"planted": 1}, constructor=1),
}


@pytest.mark.req("ERR-01")
async def test_no_json_body_gets_past_a_client_error(browser):
    told = {}
    async with browser("author") as client:
        for name, body in BODIES.items():
            answer = await client.post(ANSWERS, content=body, headers={"content-type": "application/json"})
            error = answer.json()["error"]
            well_formed = set(error) == {"code", "message", "details"} and set(answer.json()) == {"error"}
            told[name] = (answer.status_code, well_formed, [word for word in INSIDE[:-1] if word in answer.text])
        assert (await client.get("/api/v1/documents")).status_code == 200
    wrong = {name: what for name, what in told.items() if what[0] not in {400, 404, 422} or what[1:] != (True, [])}
    assert wrong == {}


@on_sqlite
@pytest.mark.req("ERR-01")
async def test_what_was_sent_is_not_echoed(browser):
    async with browser("author") as client:
        for body in (changed(choice="planted"), changed(batch_id=["planted"]), b"{'planted'"):
            answer = await client.post(ANSWERS, content=body, headers={"content-type": "application/json"})
            assert "planted" not in answer.text
        many = changed(**{f"field-{n}-{'x' * 900}": 1 for n in range(50)})
        answer = await client.post(ANSWERS, content=many, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert len(answer.content) < 8_000


@on_sqlite
@pytest.mark.req("ERR-02")
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml", "", "nonsense"])
async def test_json_under_another_name_is_refused(browser, kind):
    async with browser("author") as client:
        answer = await client.post(ANSWERS, content=json.dumps(GOOD), headers={"content-type": kind})
    assert answer.status_code in {400, 415, 422}
    assert answer.json()["error"]["code"] in {"BAD_REQUEST", "UNSUPPORTED_MEDIA_TYPE", "VALIDATION_ERROR"}


@on_sqlite
@pytest.mark.req("ERR-02")
async def test_a_form_under_another_name_is_refused(browser):
    async with browser("author") as client:
        for kind in ("application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary="):
            answer = await client.post("/api/v1/imports", content=b"space=ENG", headers={"content-type": kind})
            assert answer.status_code in {400, 415, 422}, kind
            assert set(answer.json()["error"]) == {"code", "message", "details"}


IDS = [
    "",
    "0",
    "-1",
    "ENG",
    "ENG-",
    "ENG-0",
    "ENG-01",
    "ENG--1",
    "ENG-1.0",
    "ENG-1e3",
    "ENG-9999999999",
    f"ENG-{2**63}",
    f"ENG-{'9' * 400}",
    "eng-1",
    "ENG-١",
    "ENG-1\0",
    "ENG-1\r\nX: y",
    "ENG 1",
    "ÉNG-1",
    "😀",
    "'; DROP TABLE document; --",
    "..%2f..%2fetc%2fpasswd",
    "{{7*7}}",
    "null",
    "\ufeffENG-1",
    "A" * 5_000,
]


@pytest.mark.req("ERR-04")
async def test_no_identifier_is_more_than_a_client_error(site, world):
    cookie = ("cookie", f"plumbline={world.tokens['author']}")
    wrong = {}
    for number in IDS:
        for path in (
            f"/api/v1/documents/{number}",
            f"/api/v1/documents/{number}/text",
            f"/api/v1/documents/{number}/revisions",
            f"/api/v1/imports/{number}",
            f"/content/{number}",
            f"/d/{number}",
            f"/d/ENG-1/r/{number}",
        ):
            answer = await site.send("GET", path, headers=[cookie])
            if answer.status not in {400, 404, 405, 422}:
                wrong[path[:80]] = answer.status
    assert wrong == {}


@on_sqlite
@pytest.mark.req("ERR-04", "PAGE-01")
@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=-1",
        "limit=ten",
        "limit=1e9",
        f"limit={2**70}",
        f"limit={'9' * 5000}",
        "limit=",
        "after=nonsense",
        "after=%00",
        "after=" + "A" * 399,
        "after=" + "A" * 401,
        "after=WyJhIiwiYiJd",
        "after=W10",
        "after=bnVsbA",
        "after=WyI5OTk5LTEyLTMxVDIzOjU5OjU5KzE0OjAwIiwiYSJd",
    ],
)
async def test_sizes_and_cursors_that_are_none_are_refused(browser, query):
    async with browser("author") as client:
        for path in ("/api/v1/documents", "/api/v1/documents/ENG-1/revisions"):
            answer = await client.get(f"{path}?{query}")
            assert answer.status_code in ({404, 422} if path.endswith("revisions") else {200, 422}), answer.text
            assert answer.status_code != 200 or "WyI5OTk5" in query


@on_sqlite
@pytest.mark.req("ERR-04")
@pytest.mark.parametrize("revision", ["0", "-1", "x", "1.5", str(2**31), str(2**63), "9" * 4400, "%00", "", "²"])
async def test_a_revision_that_is_no_number_is_refused(browser, world, revision):
    number = await world.document()
    async with browser("author") as client:
        answer = await client.get(f"/api/v1/documents/{number}/text?revision={revision}")
    assert answer.status_code == 422


@pytest.mark.req("ERR-03")
async def test_text_comes_back_byte_for_byte(browser, world):
    number = await world.document()
    text = (
        "\ufeff# Ünïcode 😀 \u202e\r\n\r\nline\rend\ttab\u2028\u0085\n\n<b>&amp;</b> \\ \" ' \x1b[0m\x7f\n   ".encode()
    )
    files = {"text": ("text.md", text, "text/markdown")}
    async with browser("author") as client:
        saved = await client.post(f"/api/v1/documents/{number}/revisions", files=files, headers={"if-match": '"1"'})
        assert saved.status_code == 201, saved.text
        assert (await client.get(f"/api/v1/documents/{number}/text")).content == text


@pytest.mark.req("ERR-03")
@pytest.mark.parametrize(
    "text", [b"# a\0b\n", b"\xff\xfe#\0", b"# \xc3\x28", b"# \xed\xa0\x80", b"", b"  \n", b"# \xf5\x80\x80\x80"]
)
async def test_text_that_cannot_be_kept_exactly_is_refused(browser, world, text):
    number = await world.document()
    files = {"text": ("text.md", text, "text/markdown")}
    async with browser("author") as client:
        answer = await client.post(f"/api/v1/documents/{number}/revisions", files=files, headers={"if-match": '"1"'})
    assert answer.status_code in {415, 422}
    assert await rows("SELECT count(*) FROM revision") == [(1,)]


STRANGE = '\\ud800\\udfff\\x00 <b>"'


@pytest.mark.req("ERR-03")
@pytest.mark.parametrize("charset", ["unicode_escape", "utf-7", "utf-16", "no-such-charset", "idna"])
async def test_a_charset_of_the_sender_smuggles_nothing_in(site, world, charset):
    """A multipart form may name its charset; some of them decode to what no database stores."""
    number = await world.document()
    boundary = "b0undary"

    def part(name: str, value: str) -> str:
        return f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'

    fields = {"token": STRANGE, "name": STRANGE, "email": "a@example.org", "password": STRANGE, "space": STRANGE}
    body = "".join(part(name, value) for name, value in {**fields, "message": STRANGE}.items())
    file = f'--{boundary}\r\nContent-Disposition: form-data; name="text"; filename="{STRANGE}.md"\r\n\r\n# x\r\n'
    files = file.replace('"text"', '"files"')
    sent = [
        ("content-type", f"multipart/form-data; boundary={boundary}; charset={charset}"),
        ("cookie", f"plumbline={world.tokens['author']}"),
        ("if-match", '"1"'),
        ("origin", ADDRESS),
        *SAME_ORIGIN.items(),
    ]
    for path in ("/auth/setup", "/auth/sign-in", "/api/v1/imports", f"/api/v1/documents/{number}/revisions"):
        whole = f"{body}{file}{files}--{boundary}--\r\n".encode()
        answer = await site.send("POST", path, headers=sent, chunks=[whole])
        assert answer.status < 500, (path, answer.body)
