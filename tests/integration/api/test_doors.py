"""What is not meant to be reached is not reached: files, traversal, the framework's own endpoints."""

import pytest

DOORS = [
    "/.env",
    "/.git/config",
    "/.git/HEAD",
    "/assets/.env",
    "/assets/%2eenv",
    "/data/plumbline.db",
    "/plumbline.db",
    "/data/secret.key",
    "/app/app.py",
    "/app/core/settings/whole.py",
    "/rxconfig.py",
    "/pyproject.toml",
    "/uv.lock",
    "/alembic.ini",
    "/package.json",
    "/.web/package.json",
    "/tests/policy.tsv",
    "/docs",
    "/redoc",
    "/debug",
    "/server-status",
    "/actuator/env",
    "/phpinfo.php",
    "/sitemap.xml",
    "/_event",
    "/_event/",
    "/_event/?EIO=4&transport=polling",
    "/_upload",
    "/_upload/x",
    "/_health",
    "/ping",
    "/_all_routes",
    "/auth-codespace",
    "/_reflex",
    "/external/x.jsx",
    "/login.html",
    "/not-found-shell.html",
    "/assets",
    "/assets/",
    "/assets//",
    "/assets/../outside.txt",
    "/assets/../../outside.txt",
    "/assets/../../../../../../../../etc/passwd",
    "/assets/..%2f..%2foutside.txt",
    "/assets/%2e%2e/%2e%2e/outside.txt",
    "/assets/....//....//outside.txt",
    "/assets/..\\..\\outside.txt",
    "/assets/..;/outside.txt",
    "/assets//etc/passwd",
    "/assets/\0/../outside.txt",
    "/assets/app-1a2b3c.js\0.css",
    "/assets/app-1a2b3c.js/",
    "/assets/app-1a2b3c.js/x",
    "/assets/../login.html",
    "/assets/../d/shell.html",
    "/assets/./../login.html",
    "/assets/link.txt",
    f"/assets/{'x' * 5000}.js",
    f"/assets/{'x/' * 3000}",
    "/assets/\ud7ff\u202e.js",
    "/favicon.ico",
    "//assets/app-1a2b3c.js",
    "/ASSETS/app-1a2b3c.js",
    "/documents/../.env",
    "/d/../.env",
    "/import/../../outside.txt",
]


@pytest.mark.req("AUTHZ-05")
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
async def test_no_door_but_those_that_are_named(site, tmp_path, method):
    (tmp_path / "build" / "client" / "assets" / "link.txt").symlink_to(tmp_path / "build" / "outside.txt")
    wrong = {}
    for path in DOORS:
        spelt, _, query = path.partition("?")
        answer = await site.send(method, spelt, query=query, headers=[("accept", "*/*")])
        if answer.status not in {404, 405} or b"planted" in answer.body:
            wrong[path[:60]] = (answer.status, answer.body[:60])
    assert wrong == {}
    assert site.reflex.scopes == []


@pytest.mark.req("AUTHZ-05")
async def test_the_built_files_are_served_packed_and_for_good(site):
    async with site.client() as client:
        answer = await client.get("/assets/app-1a2b3c.js")
        assert "export const built" in answer.text
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-type"].startswith("text/javascript")
        again = await client.get("/assets/app-1a2b3c.js", headers={"if-none-match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        icon = await client.get("/favicon.svg")
        assert (icon.status_code, icon.headers["cache-control"]) == (200, "public, max-age=3600")


@pytest.mark.parametrize(
    "headers",
    [
        {"range": "bytes=0-1"},
        {"range": "bytes=9999-"},
        {"range": "bytes=5-1"},
        {"range": "bytes=" + "0-1," * 2000 + "0-1"},
        {"range": "nonsense"},
        {"if-modified-since": "nonsense"},
        {"if-none-match": '"' * 1000},
        {"if-range": "x", "range": "bytes=0-1"},
        {"accept-encoding": "br;q=nan, gzip;q=1e999, *;q=-1"},
        {"accept-encoding": "gzip," * 5000},
    ],
)
async def test_odd_questions_about_a_file_break_nothing(site, headers):
    answer = await site.send("GET", "/assets/app-1a2b3c.js", headers=headers.items())
    assert answer.status in {200, 206, 304, 400, 416}
    assert ("immutable" in answer.headers["cache-control"]) == (answer.status < 400)
    assert len(answer.body) < 100_000
