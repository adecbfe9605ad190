"""Who may do what over HTTP: the written policy (tests/policy.tsv) against every operation, and ways around it."""

import csv
from pathlib import Path

import pytest

from app.api.access import OPERATIONS
from app.domain.permissions import Permission
from app.services import accounts
from tests.integration.api.requests import request
from tests.integration.api.scene import PASSWORD, Scene
from tests.integration.api.site import on_sqlite
from tests.integration.world import PEOPLE, rows

FILE = Path(__file__).resolve().parents[2] / "policy.tsv"
POLICY = {row["operation"]: row for row in csv.DictReader(FILE.read_text().splitlines(), delimiter="\t")}
ROLES = tuple(name for name in next(iter(POLICY.values())) if name not in ("operation", "note"))
ENDING = ("POST /auth/sign-out", "POST /api/v1/auth/logout")  # end the session that they come with


@on_sqlite
@pytest.mark.req("AUTHZ-01")
async def test_the_policy_names_every_operation_and_no_other(browser):
    async with browser() as client:
        described = (await client.get("/openapi.json")).json()["paths"]
    operations = {f"{method.upper()} {path}" for path, methods in described.items() for method in methods}
    assert operations - set(POLICY) == set(), "operations without a row in tests/policy.tsv"
    assert set(POLICY) - operations == set(), "stale rows in tests/policy.tsv"


@pytest.fixture
async def scene(world):
    return await Scene().made(world)


@pytest.mark.req("AUTHZ-02")
@pytest.mark.parametrize("role", ROLES)
async def test_every_operation_does_as_the_policy_says(browser, scene, role, asked):
    """And asks for what it declares, whenever it gets as far as doing something."""
    wrong = {}
    for operation in POLICY:
        method, path, sent = request(scene, operation)
        async with browser("" if role == "anonymous" else role) as client:
            if operation in ENDING and role != "anonymous":
                fresh = await client.post("/auth/sign-in", data={"email": f"{role}@example.org", "password": PASSWORD})
                client.headers["cookie"] = fresh.headers["set-cookie"].partition(";")[0]
            answer = await client.request(method, path, **sent)
        if answer.status_code != int(POLICY[operation][role]):
            wrong[operation] = (answer.status_code, answer.text[:200])
        elif answer.status_code < 300 and isinstance(OPERATIONS[operation], Permission):
            assert OPERATIONS[operation] in asked, operation
        asked.clear()
    assert wrong == {}


@pytest.mark.req("AUTHZ-01")
def test_the_policy_covers_every_role():
    """Each role is called, and each row has a status for it."""
    assert set(ROLES) == {"anonymous", *PEOPLE}
    gaps = {operation for operation, row in POLICY.items() for role in ROLES if not (row[role] or "").isdigit()}
    assert gaps == set(), f"tests/policy.tsv has a status for each of {', '.join(ROLES)}, then a note"


@pytest.mark.req("AUTHZ-02")
async def test_refused_writes_change_nothing(browser, scene):
    counted = (
        "SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM revision), (SELECT count(*) FROM import_batch)"
    )
    before = await rows(counted)
    for role in ("", "outsider", "guest", "reader", "reviewer", "admin"):
        async with browser(role) as client:
            for operation in (
                name for name in POLICY if name.startswith(("POST /api/v1/documents", "POST /api/v1/imp"))
            ):
                method, path, sent = request(scene, operation)
                assert (await client.request(method, path, **sent)).status_code in {401, 403, 404}
    assert await rows(counted) == before


@pytest.mark.req("IDOR-02")
async def test_what_is_not_shared_looks_like_what_is_not_there(browser, scene):
    """Same status, same body, for every address that names something."""
    nothing = {scene.number: "ENG-999", scene.digest: "0" * 64 + scene.digest[64:], scene.batch: "0" * 32}
    async with browser("outsider") as client:
        for operation in (name for name in POLICY if "{" in name or name.endswith("answers")):
            method, path, sent = request(scene, operation)
            theirs = await client.request(method, path, **sent)
            for real, made_up in nothing.items():
                path = path.replace(real, made_up)
            if "batch_id" in sent.get("json", {}):
                sent["json"] = sent["json"] | {"batch_id": "0" * 32}
            absent = await client.request(method, path, **sent)
            assert (theirs.status_code, theirs.content) == (absent.status_code, absent.content), operation
        for page in (f"/d/{scene.number}", f"/d/{scene.number}/edit", f"/d/{scene.number}/history"):
            theirs = await client.get(page)
            absent = await client.get(page.replace(scene.number, "ENG-999"))
            assert theirs.status_code == absent.status_code == 404
            ids = [answer.headers["x-request-id"] for answer in (theirs, absent)]
            assert theirs.text.replace(scene.number, "ENG-999").replace(*ids) == absent.text


CLAIMS = {
    "x-role": "owner",
    "x-user": "owner@example.org",
    "x-forwarded-user": "owner@example.org",
    "x-remote-user": "owner",
    "remote-user": "owner",
    "x-auth-request-email": "owner@example.org",
    "x-original-url": "/healthz",
    "x-rewrite-url": "/healthz",
    "x-plumbline-session": "0" * 32,
    "x-http-method-override": "POST",
    "x-http-method": "DELETE",
    "x-method-override": "DELETE",
    "authorization": "Basic b3duZXI6b3duZXI=",
}


@on_sqlite
@pytest.mark.req("AUTHZ-03")
async def test_headers_that_claim_something_change_nothing(browser, world, scene):
    claims = CLAIMS | {
        "x-user-id": world.actor("owner").user_id,
        "x-plumbline-session": world.actor("owner").session_id,
    }
    for role, status in (("", 401), ("outsider", 404), ("reader", 200)):
        async with browser(role) as client:
            for query in ("", "?_method=DELETE&role=owner&user=owner&as=owner"):
                answer = await client.get(f"/api/v1/documents/{scene.number}{query}", headers=claims)
                assert answer.status_code == status
    async with browser("reader") as client:
        method, path, sent = request(scene, "POST /api/v1/imports")
        assert (
            await client.request(method, path, data=sent["data"], files=sent["files"], headers=claims)
        ).status_code == 403


@on_sqlite
@pytest.mark.req("AUTHZ-04")
async def test_fields_that_are_not_asked_for_set_nothing(browser, world, scene):
    owner = world.actor("owner").user_id
    extra = {"id": "0" * 32, "owner_id": owner, "author_id": owner, "role": "owner", "status": "approved"}
    extra |= {"number": "77", "revision": "9", "head_revision": "9", "created_at": "2001-01-01", "space_key": "OPS"}
    file = ("mass.md", b"# Mass\n\nText.\n", "text/markdown")
    async with browser("author") as client:
        made = await client.post("/api/v1/imports", data={"space": "ENG", **extra}, files={"files": file})
        assert made.status_code == 201
        saved = await client.post(
            f"/api/v1/documents/{scene.number}/revisions", data=extra, files={"text": file}, headers={"if-match": '"1"'}
        )
        assert saved.status_code == 201
        answered = await client.post(
            "/api/v1/imports/answers",
            json={"batch_id": scene.batch, "item_id": scene.item, "choice": "drop", "status": "approved"},
        )
        assert answered.status_code == 422
    found = await rows("SELECT status, owner_id, number, head_revision FROM document ORDER BY number")
    author = world.actor("author").user_id
    assert [tuple(row) for row in found] == [("draft", author, 1, 2), ("draft", author, 2, 1)]
    assert await rows("SELECT DISTINCT author_id FROM revision") == [(author,)]


@on_sqlite
@pytest.mark.req("AUTHZ-04")
async def test_setting_up_gives_the_role_it_gives_and_no_other(site, database):
    token = await accounts.issue_setup_link()
    fields = {"token": token, "name": "O", "email": "o@example.org", "password": PASSWORD, "start": "empty"}
    async with site.client() as client:
        answer = await client.post("/auth/setup", data={**fields, "role": "member", "id": "0" * 32})
    assert answer.status_code == 200, answer.text
    assert await rows('SELECT role FROM "user"') == [("owner",)]
