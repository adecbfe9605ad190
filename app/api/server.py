"""The FastAPI application: routes found by the registry, FastAPI's own errors put into our envelope."""

from functools import partial
from importlib.metadata import version
from types import ModuleType

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Match

import app.api
from app.api import access
from app.api.conditions import Conditional
from app.api.description import describe, unique_id
from app.api.finding import Found
from app.core.errors import AppError, Invalid
from app.core.registry import modules_of
from app.gateway import heads
from app.gateway.asgi import ASGIApp, Receive, Scope, Send, extra_headers
from app.gateway.context import caller
from app.gateway.errors import unforeseen

_CODES = {400: "BAD_REQUEST", 404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED", 413: "PAYLOAD_TOO_LARGE"}
_NAMED = 20


def _answer(error: AppError) -> Response:
    return JSONResponse(error.envelope(), error.status, extra_headers(error))


async def _on_app_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, AppError)
    return _answer(error)


async def _on_http_error(request: Request, error: Exception) -> Response:
    """FastAPI takes whatever ends the reading of a body for a broken body: ours is its cause."""
    assert isinstance(error, HTTPException)
    if isinstance(error.__cause__, AppError):
        return _answer(error.__cause__)
    code = _CODES.get(error.status_code, "BAD_REQUEST")
    sentences = {404: "There is nothing at this address.", 405: "This address does not take that method."}
    details = {"allow": ", ".join(sorted(_taken(request.scope)))} if code == "METHOD_NOT_ALLOWED" else {}
    return _answer(
        AppError(sentences.get(error.status_code, "The request could not be read."), code=code, details=details)
    )


def _taken(scope: Scope) -> set[str]:
    """The methods of all operations at this address; what is read takes HEAD as well."""
    fitting = [route for route in own_routes() if route.matches(scope)[0] is not Match.NONE]
    found = {method for route in fitting for method in route.methods or ()}
    return found | {"HEAD"} if "GET" in found and heads.is_read(scope["path"]) else found


async def _on_invalid(_request: Request, error: Exception) -> Response:
    """Names what is wrong where (the first twenty), and never echoes what was sent."""
    assert isinstance(error, RequestValidationError)
    if any(item["type"] == "json_invalid" for item in error.errors()):
        return _answer(AppError("The body is not valid JSON.", code="MALFORMED_JSON"))
    wrong = error.errors()[:_NAMED]
    fields = [{"field": ".".join(map(str, item["loc"]))[:200], "problem": item["msg"][:200]} for item in wrong]
    return _answer(Invalid("Something in the request is missing or wrong.", details={"fields": fields}))


async def _on_defect(_request: Request, _error: Exception) -> Response:
    """The same error goes on to the gateway, which logs it."""
    return _answer(unforeseen())


def build() -> ASGIApp:
    return served(application())


def application() -> FastAPI:
    """All routes, with what they declare. Raises `LookupError` when one does not say what it takes."""
    api = FastAPI(title="Plumbline", version=version("plumbline"), docs_url=None, redoc_url=None)
    api.router.generate_unique_id_function = unique_id
    api.router.redirect_slashes = False  # such a redirect would lead to whatever the Host header says
    routes = own_routes()
    for module in _modules():
        api.include_router(module.router)
    access.check([f"{method} {route.path}" for route in routes for method in route.methods or ()])
    api.add_exception_handler(AppError, _on_app_error)
    api.add_exception_handler(HTTPException, _on_http_error)
    api.add_exception_handler(RequestValidationError, _on_invalid)
    api.add_exception_handler(Exception, _on_defect)
    api.router.routes.insert(0, Found(routes))
    api.openapi = partial(describe, api)  # type: ignore[method-assign]  # FastAPI's own way of replacing it
    return api


def own_routes() -> list[APIRoute]:
    """In the order in which they are tried."""
    return [route for module in _modules() for route in module.router.routes]


def _modules() -> list[ModuleType]:
    return [module for module in modules_of(app.api) if hasattr(module, "router")]


def served(api: FastAPI) -> ASGIApp:
    """Answers conditional reads, and tells the gateway which route it was."""
    conditional = Conditional(api)

    async def routed(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await conditional(scope, receive, send)
        finally:
            caller().route = getattr(scope.get("route"), "path", "unmatched")

    return routed
