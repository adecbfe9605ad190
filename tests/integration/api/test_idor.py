"""Ids of others in every place where an operation takes one: what is not shared answers as what is not there."""

import re

import pytest

from app.api.access import OPERATIONS
from app.core.ids import new_id
from tests.integration.api.requests import request
from tests.integration.api.scene import Scene
from tests.integration.api.site import on_sqlite
from tests.integration.world import rows

PARAMETER = re.compile(r"\{(\w+)\}")
SEEN_BY_MEMBERS = {("GET /api/v1/groups/{group_id}", "group_id")}
"""Who is in which group is no secret among people of the site."""
WORDS = {"diagram", "notation", "shown", "provider"}
"""Parameters that choose one of a few words and name nothing of anybody's."""
NOWHERE = {"number": "ENG-999", "key": "NOPE", "digest": f"{'0' * 64}-00000000", "secret": "B" * 43}
NOWHERE |= {
    "address": f"{'0' * 64}-{'0' * 64}-00000000",
    "old": "7",
    "new": "7",
    "provider": "github",
    "shown": "source",
}


@pytest.fixture
async def scene(world):
    return await Scene().made(world)


def places():
    """Every operation with every parameter of its address that is an id."""
    found = [(operation, name) for operation in OPERATIONS for name in PARAMETER.findall(operation)]
    return [place for place in found if place[1] not in WORDS]


@pytest.mark.req("IDOR-01", "IDOR-02")
@pytest.mark.parametrize("role", ["outsider", "guest"])
async def test_a_real_id_of_others_answers_as_one_that_is_none(browser, scene, role):
    """One parameter after the other; the guest knows the document they are invited to, and nothing beside it."""
    told = {}
    async with browser(role) as client:
        for operation, name in places():
            if (operation, name) in SEEN_BY_MEMBERS or (role == "guest" and _is_theirs(operation)):
                continue
            method, real, sent = request(scene, operation)
            made_up = _with(operation, real, name)
            answers = [await client.request(method, path, **sent) for path in (real, made_up)]
            status, body = [answer.status_code for answer in answers], [answer.content for answer in answers]
            if status[0] != status[1] or body[0] != body[1]:
                told[operation, name] = status
    assert told == {}


def _is_theirs(operation: str) -> bool:
    return "{number}" in operation or operation.startswith("GET /content")


def _with(operation: str, path: str, name: str, value: str = "") -> str:
    """The path with another value in this place, by itself an id that is nobody's."""
    pattern = PARAMETER.sub(lambda found: f"(?P<{found[1]}>[^/]+)", operation.split(" ")[1])
    found = re.fullmatch(pattern, path)
    assert found is not None
    start, end = found.span(name)
    return path[:start] + (value or NOWHERE.get(name, new_id())) + path[end:]


OWN = "OPS"


@pytest.mark.req("IDOR-01")
async def test_ids_of_others_within_what_is_ones_own(browser, world, scene):
    """A maintainer of one space names people, groups and links of another in the addresses of their own."""
    number = await world.document("# Mine\n", by="outsider")
    tables = ("space_member", "space_group", "document_member", "share_link WHERE revoked_at IS NULL")
    held = "SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)
    before = await rows(held)
    async with browser("outsider") as client:
        for path in (
            f"/api/v1/spaces/{OWN}/members/{scene.member}",
            f"/api/v1/spaces/{OWN}/groups/{scene.group}",
            f"/api/v1/documents/{number}/sharing/people/{scene.member}",
            f"/api/v1/documents/{number}/sharing/links/{scene.link}",
        ):
            assert (await client.delete(path)).status_code == 404, path
        answer = await client.put(f"/api/v1/spaces/{OWN}/members/{new_id()}", json={"role": "reader"})
        assert answer.status_code == 404
    assert await rows(held) == before


@on_sqlite
@pytest.mark.req("ERR-04")
async def test_every_id_in_an_address_is_judged_at_the_edge(browser):
    """And what is none is refused in the envelope, before anybody is asked."""
    async with browser("owner") as client:
        described = (await client.get("/openapi.json")).json()["paths"]
        loose = []
        for operation, name in places():
            method, path = operation.split(" ")
            if not name.endswith("_id"):
                continue
            taken = {one["name"]: one for one in described[path][method.lower()]["parameters"]}
            if not taken[name]["schema"].get("pattern"):
                loose.append((operation, name))
                continue
            made_up = PARAMETER.sub(lambda found: "ENG" if found[1] == "key" else "G" * 32, path)
            answer = await client.request(method, made_up)
            assert (answer.status_code, answer.json()["error"]["code"]) == (422, "VALIDATION_ERROR"), operation
    assert loose == []


ODD = ["%00", "x", "0" * 31, "0" * 33, "G" * 32, "%F0%9F%92%A9", "..", "' OR 1=1 --", "0" * 4000]


@pytest.mark.req("ERR-04")
@pytest.mark.parametrize("odd", ODD)
async def test_odd_ids_are_client_errors_everywhere(browser, scene, odd):
    """Or the path of another operation, where they hold a slash or dots."""
    wrong = {}
    async with browser("owner") as client:
        for operation, name in places():
            method, path, sent = request(scene, operation)
            answer = await client.request(method, _with(operation, path, name, odd), **sent)
            if answer.status_code >= 500 or (answer.status_code < 300 and method != "GET" and odd != ".."):
                wrong[operation, name] = (answer.status_code, answer.text[:100])
    assert wrong == {}
