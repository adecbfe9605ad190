"""Finding routes by the shape of a path: the same route that FastAPI would have taken, or none."""

import pytest
from fastapi import APIRouter, FastAPI
from starlette.routing import Match

from app.api import server
from app.api.finding import Found


def chosen(routes, scope):
    """What trying one after the other comes to."""
    for route in routes:
        match, child = route.matches(dict(scope))
        if match is Match.FULL:
            return child["route"], child["path_params"]
    return None


def found(index, scope):
    match, child = index.matches(dict(scope))
    return (child["route"], child["path_params"]) if match is Match.FULL else None


def paths_of(template):
    """Spellings that fit a template, that nearly do, and that do not."""
    plain = template
    for name in ("{number}", "{revision}", "{digest}", "{path:path}"):
        plain = plain.replace(name, "x1")
    filled = plain.replace("{", "").replace("}", "")
    return [filled, f"{filled}/", f"{filled}/more", filled.rpartition("/")[0] or "/", f"/{filled}", template]


def test_every_route_of_the_product_is_found_as_fastapi_finds_it():
    index = next(route for route in server.application().router.routes if isinstance(route, Found))
    routes = server.own_routes()
    assert len(routes) > 20
    for route in routes:
        for path in paths_of(route.path):
            for method in ("GET", "POST", "PUT", "DELETE", "BREW"):
                scope = {"type": "http", "path": path, "method": method, "headers": []}
                assert found(index, scope) == chosen(routes, scope), (method, path)


def several():
    router = APIRouter()
    for path in ("/a/{x}", "/a/b", "/{x}/b", "/files/{rest:path}", "/a/b/c/{y}", "/a/b/c/d", "/", "/a/b/{n}.{kind}"):
        router.add_api_route(path, lambda: None, name=path)
    router.add_api_route("/a/b", lambda: None, methods=["POST"], name="other method")
    return router.routes


@pytest.mark.parametrize(
    "path",
    ["/a/b", "/a/z", "/z/b", "/z/z", "/", "", "/files/", "/files/a/b/c/d/e", "/files", "/a/b/c/d", "/a/b/c/z",
     "/a/b/x.svg", "//a/b", "/a/b/"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_the_first_that_matches_is_taken(path, method):
    routes = several()
    scope = {"type": "http", "path": path, "method": method, "headers": []}
    assert found(Found(routes), scope) == chosen(routes, scope)


def test_sockets_have_no_route_here():
    assert Found(several()).matches({"type": "websocket", "path": "/a/b", "headers": []})[0] is Match.NONE


async def test_what_is_found_is_called():
    app = FastAPI()
    app.add_api_route("/a/{x}", lambda x: x)
    app.router.routes.insert(0, Found([app.router.routes[-1]]))
    messages = []

    async def receive():
        return {"type": "http.request", "body": b""}

    async def send(message):
        messages.append(message)

    scope = {"type": "http", "path": "/a/1", "method": "GET", "headers": [], "query_string": b"", "root_path": ""}
    await app(scope, receive, send)
    assert (messages[0]["status"], messages[1]["body"]) == (200, b'"1"')
