"""Built files: which are given out, and for how long they are kept."""

import pytest

from app.core.errors import AppError
from app.gateway import pipeline
from app.gateway.context import Caller, caller_var
from app.gateway.pipeline import Dispatch, Static
from tests.unit.gateway.calls import Inside, Sent, forever, scope


@pytest.fixture(autouse=True)
def caller(monkeypatch, tmp_path):
    """Who asks, and a small build."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "app-1a2b3c.js").write_text("shown")
    (tmp_path / "assets" / "app-1a2b3c.js.br").write_text("packed by brotli")
    (tmp_path / "assets" / "app-1a2b3c.js.gz").write_text("packed by gzip")
    (tmp_path / "favicon.ico").write_text("icon")
    (tmp_path / "favicon.svg").write_text("drawn")
    (tmp_path / "index.html").write_text("page")
    monkeypatch.setattr(pipeline, "BUILD", tmp_path)
    current = Caller()
    token = caller_var.set(current)
    yield current
    caller_var.reset(token)


async def file(method, path, *headers):
    sent = Sent()
    asked = scope(method, path, *headers, root_path="", extensions={"http.response.pathsend": {}})
    await Static()(asked, forever, sent)
    return sent


@pytest.mark.req("HEAD-01")
async def test_a_file_with_a_hash_is_kept_for_good_and_read_by_frames_and_workers(caller):
    found = await file("GET", "/assets/app-1a2b3c.js")
    assert (found.status, found.body) == (200, b"shown")
    assert found.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert found.headers["access-control-allow-origin"] == "*"
    assert caller.route == "/assets"


async def test_any_other_file_is_kept_for_an_hour(caller):
    for path, body in (("/favicon.ico", b"icon"), ("/favicon.svg", b"drawn")):
        found = await file("GET", path)
        assert (found.body, found.headers["cache-control"]) == (body, "public, max-age=3600")
        assert "access-control-allow-origin" not in found.headers
    head = await file("HEAD", "/favicon.ico")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", "4")


@pytest.mark.parametrize(
    "path",
    ["/assets/", "/assets/.env", "/assets/../index.html", "/assets/a/b.js", "/assets/nothing.js", "/.env", "/", "//x",
     "/assets/é.js", "/assets/app-1a2b3c.js/", "/x/assets/app-1a2b3c.js"],
)  # fmt: skip
async def test_what_is_no_built_file_is_not_found(caller, path):
    with pytest.raises(AppError, match="There is no such file") as caught:
        await file("GET", path)
    assert (caught.value.code, caller.route) == ("NOT_FOUND", "/assets")


async def test_files_are_only_read(caller):
    for method in ("POST", "OPTIONS", "DELETE"):
        with pytest.raises(AppError) as caught:
            await file(method, "/assets/nothing.js")
        assert caught.value.code == "METHOD_NOT_ALLOWED"


async def test_what_is_not_changed_since_is_kept_as_well(caller):
    asked = scope("GET", "/favicon.ico", ("if-none-match", (await file("GET", "/favicon.ico")).headers["etag"]))
    sent = Sent()
    await Static()({**asked, "root_path": ""}, forever, sent)
    assert (sent.status, sent.headers["cache-control"]) == (304, "public, max-age=3600")


@pytest.mark.parametrize(
    ("accepted", "coding", "body"),
    [("gzip, br", "br", b"packed by brotli"), ("gzip", "gzip", b"packed by gzip"), ("zstd", None, b"shown")],
)
async def test_a_file_is_given_out_as_the_build_packed_it(caller, accepted, coding, body):
    found = await file("GET", "/assets/app-1a2b3c.js", ("accept-encoding", accepted))
    assert (found.headers.get("content-encoding"), found.body) == (coding, body)
    assert "accept-encoding" in found.headers["vary"].lower()


@pytest.mark.parametrize("path", ["/assets/app-1a2b3c.js", "/favicon.ico", "/favicon.svg"])
async def test_the_way_in_leads_to_them_past_everybody_else(caller, path):
    nobody, sent = Inside(), Sent()
    await Dispatch(nobody, nobody, Pages())(scope("GET", path, root_path=""), forever, sent)
    assert (sent.status, nobody.scopes, caller.route) == (200, [], "/assets")
    assert sent.body


class Pages(Inside):
    def find(self, _path):
        return None
