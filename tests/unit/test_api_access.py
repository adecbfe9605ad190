"""Every operation says what it takes; one that does not keeps the site from being built."""

from types import ModuleType

import pytest
from fastapi import APIRouter

from app.api import access, server
from app.domain.permissions import Permission
from app.gateway.needs import Access, asks_who


@pytest.mark.req("AUTHZ-01")
def test_without_a_line_for_each_operation_nothing_is_built(monkeypatch):
    assert server.application()
    added = ModuleType("added")
    added.router = APIRouter()
    added.router.get("/api/v1/added")(lambda: None)
    modules = [*server.modules_of(server.app.api), added]
    monkeypatch.setattr(server, "modules_of", lambda _: modules)
    with pytest.raises(LookupError, match=r"nothing is declared for .*GET /api/v1/added"):
        server.application()


@pytest.mark.req("AUTHZ-01")
def test_a_line_for_what_is_not_there_is_stale():
    operations = set(access.OPERATIONS)
    access.check(operations)
    with pytest.raises(LookupError, match=r"there is no \['GET /healthz'\]"):
        access.check(operations - {"GET /healthz"})


def test_reading_may_be_open_and_writing_is_not():
    known = {operation for operation, need in access.OPERATIONS.items() if asks_who(need)}
    writes = {operation for operation in access.OPERATIONS if not operation.startswith("GET ")}
    assert {operation for operation in writes - known if access.OPERATIONS[operation] is not Access.public} == set()
    assert "GET /api/v1/documents/{number}" not in known
    assert "GET /api/v1/me" in known
    assert asks_who(Permission.member_read)
    assert not asks_who(Permission.revision_read)


def test_the_description_says_what_each_operation_takes():
    paths = server.application().openapi()["paths"]
    found = {
        f"{method.upper()} {path}": operation
        for path, operations in paths.items()
        for method, operation in operations.items()
    }
    assert {name: operation["x-needs"] for name, operation in found.items()} == {
        name: access.OPERATIONS[name] for name in found
    }
    assert {} in found["GET /api/v1/documents/{number}"]["security"]
    assert {} not in found["GET /api/v1/me"]["security"]
