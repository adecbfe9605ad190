"""Nothing but the one client speaks HTTP to other systems."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
CLIENTS = (
    "httpx2",
    "httpx",
    "httpcore2",
    "httpcore",
    "requests",
    "aiohttp",
    "urllib3",
    "urllib.request",
    "http.client",
)
THROUGH_IT = ("authlib.integrations",)
"""Libraries that speak HTTP through the client that they are given."""


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def using(names):
    """Our files that import one of these modules. `app/client` is a program of other people's machines."""
    found = set()
    for room in ("app", "components", "models", "state"):
        for path in (ROOT / room).rglob("*.py"):
            place = path.relative_to(ROOT)
            if place.parts[:2] != ("app", "client") and any(
                name == one or name.startswith(f"{one}.") for name in imports(path) for one in names
            ):
                found.add(str(place))
    return found


@pytest.mark.req("SSRF-07")
def test_one_module_makes_all_calls():
    assert using(CLIENTS) == {"app/adapters/http.py"}


@pytest.mark.req("SSRF-07")
def test_who_is_given_a_client_is_given_this_one():
    for place in using(THROUGH_IT):
        assert place.startswith("app/adapters/")
        assert "http.options(" in (ROOT / place).read_text(encoding="utf-8")
