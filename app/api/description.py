"""The OpenAPI document: what FastAPI finds in the routes, and what every operation has in common."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from app.api.access import OPERATIONS
from app.api.failures import errors, everywhere
from app.core.errors import CODES
from app.gateway.identity import OPEN
from app.gateway.needs import asks_who

TAGS = {
    "documents": "Texts with their revisions, and what is read out of them.",
    "revisions": "Saving texts, on what was read or merged with what others saved since.",
    "understanding": "What is read out of a text: rendering, findings, model, drawings.",
    "spaces": "Spaces, and who is in them as what.",
    "sharing": "Documents shared beyond their space, with people by name and by links.",
    "groups and roles": "Groups of people, and roles made of permissions.",
    "evidence": "What a team's own tools say of how things are, by space.",
    "imports": "Bringing texts in, with a report of what was understood.",
    "comparisons": "Two revisions of a document beside each other.",
    "account": "Signing in for programs, sessions, personal access tokens.",
    "admin": "Running the site: audit log, sessions, side work, mails. For those whose role carries it.",
    "content": "Rendered texts by their address, for our own pages.",
    "auth": "The forms of our own pages.",
    "people": "Accounts of others: inviting, helping in, closing, handing over.",
    "joining": "Links that were mailed, for our own pages.",
    "operations": "For those who run the server.",
}
ABOUT = """\
Every failure is answered as `{"error": {"code", "message", "details"}}`. Programs go by `code`. Lists are paged: give
`next_cursor` of one page as `after` of the next, until it is empty.

Every answer to a GET has an `ETag`; given as `If-None-Match`, it is answered with 304 until something changes. A change
names in `If-Match` what it was made from: the tag of the document or of its text.

A program signs in with a personal access token, or with the access token of `POST /api/v1/auth/login`, in
`Authorization: Bearer`.
"""
_METHODS = ("get", "put", "post", "patch", "delete")


def unique_id(route: APIRoute) -> str:
    """`documents_save` for the function `save` of the module `documents`."""
    return f"{route.endpoint.__module__.rpartition('.')[2]}_{route.name}"


def describe(api: FastAPI) -> dict[str, Any]:
    """Made once and kept, as FastAPI's own is."""
    if api.openapi_schema is None:
        made = get_openapi(title=api.title, version=api.version, description=ABOUT, routes=api.routes)
        made["components"]["securitySchemes"] = {
            "token": {"type": "http", "scheme": "bearer", "description": "A personal or an access token."},
            "session": {"type": "apiKey", "in": "cookie", "name": "plumbline", "description": "Of our own pages."},
        }
        for path, operations in made["paths"].items():
            for method in _METHODS:
                if method in operations:
                    _complete(method.upper(), path, operations[method])
        made["tags"] = _tags(made["paths"])
        for unused in ("HTTPValidationError", "ValidationError"):
            made["components"]["schemas"].pop(unused, None)
        api.openapi_schema = made
    return api.openapi_schema


def _complete(method: str, path: str, operation: dict[str, Any]) -> None:
    """Adds to an operation what the gateway answers in its place, and who may call it at all."""
    bodies = operation.get("requestBody", {}).get("content", {})
    takes_input = bool(bodies or operation.get("parameters"))
    operation["responses"].pop("422", None) if _is_framework(operation["responses"].get("422", {})) else None
    for code in everywhere(method, path, takes_input=takes_input, bodies=bodies):
        status = str(CODES[code])
        added = errors(code)[CODES[code]]
        del added["model"]
        answer = operation["responses"].setdefault(status, added)
        content = answer["content"]["application/json"]
        content["schema"] = {"$ref": "#/components/schemas/ErrorEnvelope"}
        content["examples"] |= added["content"]["application/json"]["examples"]
    if method == "GET":
        operation["responses"].setdefault("304", {"description": "Not changed since the tag in If-None-Match"})
    operation["responses"] = dict(sorted(operation["responses"].items()))
    is_asked = path.startswith(("/api/", "/content/")) and path not in OPEN
    need = OPERATIONS[f"{method} {path}"]
    known: list[dict[str, list[str]]] = [{"token": []}, {"session": []}]
    operation["security"] = [] if not is_asked else known if asks_who(need) else [{}, *known]
    operation["x-needs"] = need


def _is_framework(answer: dict[str, Any]) -> bool:
    return "HTTPValidationError" in str(answer)


def _tags(paths: dict[str, Any]) -> list[dict[str, str]]:
    """In the order of `TAGS`; a tag that nobody described yet comes last."""
    used = {tag for operations in paths.values() for one in operations.values() for tag in one.get("tags", [])}
    names = [*TAGS, *sorted(used - set(TAGS))]
    return [{"name": name, "description": TAGS.get(name, "")} for name in names if name in used]
