"""Running the site over HTTP: what those do who may, and pages that are not there for others."""

import csv
import io
import json

import pytest

from tests.integration.api.site import on_sqlite
from tests.integration.world import change, rows

PAGES = (
    "/admin",
    *("/admin/people", "/admin/invitations", "/admin/spaces", "/admin/groups", "/admin/roles", "/admin/permissions"),
    *("/admin/audit", "/admin/sessions", "/admin/tokens", "/admin/jobs", "/admin/mails"),
)


@on_sqlite
@pytest.mark.req("AUTHZ-02", "SESS-06")
async def test_admin_pages_are_there_for_those_who_run_the_site_and_not_found_for_others(browser, world):
    for page in PAGES:
        for role, status in (("owner", 200), ("admin", 200), ("maintainer", 404), ("outsider", 404), ("", 303)):
            async with browser(role) as client:
                answer = await client.get(page)
            assert answer.status_code == status, (page, role)
    async with browser("reader") as client:
        assert 'data-slot="closed" data-tone="yes"' in (await client.get("/admin/audit")).text
    await change("""UPDATE "user" SET role = 'member' WHERE email = 'admin@example.org'""")
    async with browser("admin") as client:
        assert (await client.get("/admin/audit")).status_code == 404


@on_sqlite
async def test_the_rail_names_the_admin_pages_at_first_paint_for_them_only(browser):
    for role, told in (("admin", 'data-tone="yes"'), ("reader", 'data-tone=""')):
        async with browser(role) as client:
            page = (await client.get("/documents")).text
        assert f'data-slot="admin" {told}' in page


async def test_everything_is_listed_for_an_admin(browser, world):
    async with browser("admin") as client:
        for name in ("audit", "sessions", "tokens", "jobs", "mails"):
            answer = await client.get(f"/api/v1/{name}", params={"limit": 1})
            assert answer.status_code == 200, answer.text
            assert set(answer.json()) == {"items", "next_cursor", "total", "is_cut"}
        overview = (await client.get("/api/v1/overview", params={"span": "24h"})).json()
    assert (overview["accounts"], overview["span"]) == (len(world.actors), "1h")
    assert overview["people"] == len(world.actors)
    assert overview["database_bytes"] > 10_000
    assert overview["memory_bytes"] > 10_000_000
    assert {len(line["points"]) for chart in overview["charts"] for line in chart["lines"]} == {60}


@pytest.mark.parametrize(
    "asked", ["limit=0", "limit=101", "sort=secret", "after=%00", "who=x&nothing=1", "client=cookie"]
)
async def test_nonsense_is_refused_by_name(browser, asked):
    async with browser("admin") as client:
        answer = await client.get(f"/api/v1/sessions?{asked}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "VALIDATION_ERROR")


@on_sqlite
@pytest.mark.req("FILE-05", "FILE-08")
async def test_the_log_is_a_download_of_our_own_kind(browser, world):
    await change("""UPDATE "user" SET name = '=1+1' WHERE email = 'author@example.org'""")
    await world.document()
    async with browser("admin") as client:
        table = await client.get("/api/v1/audit/export?format=csv&actor=author")
        told = await client.get("/api/v1/audit/export?format=json&actor=author")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert table.headers["content-disposition"].startswith('attachment; filename="audit-')
    assert {row["actor"] for row in csv.DictReader(io.StringIO(table.text, newline=""))} == {"'=1+1"}
    assert told.headers["content-disposition"].endswith('.json"')
    assert {event["actor"] for event in json.loads(told.text)} == {"=1+1"}
    assert await rows("SELECT count(*) FROM audit_event WHERE action = 'admin:audit:exported'") == [(2,)]


@pytest.mark.req("SESS-10", "SESS-06")
async def test_an_admin_ends_a_session_and_the_next_request_of_it_is_nobody_s(browser, world):
    async with browser("admin") as admin, browser("author") as author:
        assert (await author.get("/api/v1/me")).status_code == 200
        ended = await admin.delete(f"/api/v1/sessions/{world.actor('author').session_id}")
        assert (ended.status_code, ended.content) == (204, b"")
        assert (await author.get("/api/v1/me")).status_code == 401
        assert (await author.get("/documents")).headers["location"] == "/login?next=%2Fdocuments"
        again = await admin.delete(f"/api/v1/sessions/{world.actor('author').session_id}")
        assert again.status_code == 404


@on_sqlite
@pytest.mark.req("OPS-02")
async def test_the_log_cannot_be_written_over_http(browser):
    async with browser("owner") as client:
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            for path in ("/api/v1/audit", "/api/v1/audit/0192f0c4a1b27d3e8f90123456789abc", "/api/v1/audit/export"):
                assert (await client.request(method, path)).status_code in {404, 405}
