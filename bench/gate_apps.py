"""What the gate's measurements call: a bare FastAPI route of 10 KB, and it again behind stage after stage.

`bare` and `gated` are factories for a server; the data folder and the rest come from the environment.
"""

import json
from collections.abc import Callable

from fastapi import FastAPI
from starlette.responses import Response

import app.subscribers
from app.api import server
from app.api.finding import Found
from app.core import bus
from app.core.settings import settings
from app.gateway import logs
from app.gateway.access import AccessLog
from app.gateway.asgi import ASGIApp, Receive, Scope, Send
from app.gateway.errors import ErrorMapping
from app.gateway.headers import SecurityHeaders
from app.gateway.identity import Admission, Identity
from app.gateway.limits import Limits
from app.gateway.page_server import PageServer
from app.gateway.pipeline import Callers, Compression, Dispatch, pipeline
from app.gateway.rates import AddressLimit, PersonLimit
from app.gateway.served import frame_slots

PATH = "/api/v1/bench"
BODY = json.dumps([{"number": f"ENG-{number}", "title": "A design document"} for number in range(170)]).encode()


async def route() -> Response:
    return Response(BODY, media_type="application/json")


def bare() -> FastAPI:
    api = FastAPI(docs_url=None, redoc_url=None)
    api.add_api_route(PATH, route)
    return api


def product() -> ASGIApp:
    """All routes of the product and this one."""
    api = server.application()
    api.add_api_route(PATH, route)
    api.router.routes.insert(0, Found([api.router.routes[-1]]))
    return server.served(api)


async def no_framework(_scope: Scope, receive: Receive, send: Send) -> None:
    message = await receive()
    await send({"type": f"{message['type']}.complete"})


def gated() -> ASGIApp:
    logs.configure(settings())
    bus.install(app.subscribers)
    return pipeline(no_framework, product(), PageServer([], frame_slots))


def stages() -> list[tuple[str, ASGIApp]]:
    """Each with the stages before it, from the inside; what a stage reads of an outer one is always there."""
    found: list[tuple[str, ASGIApp]] = [("bare FastAPI route", bare()), ("routes of the product", product())]
    wrap: list[tuple[str, Callable[[ASGIApp], ASGIApp]]] = [
        ("origin, account", Admission),
        ("limit by person", PersonLimit),
        ("identity", Identity),
        ("limit by address", AddressLimit),
        ("size and time", Limits),
    ]
    inner = found[-1][1]
    for name, stage in wrap:
        inner = stage(inner)
        found.append((name, inner))
    dispatch = Dispatch(no_framework, product(), PageServer([], frame_slots))
    outer: list[tuple[str, Callable[[ASGIApp], ASGIApp]]] = [
        ("error mapping", ErrorMapping),
        ("compression", Compression),
        ("headers", SecurityHeaders),
        ("log and metrics", AccessLog),
    ]
    inner = dispatch
    found.append(("dispatch", inner))
    for name, stage in outer:
        inner = stage(inner)
        found.append((name, inner))
    return [(name, one if name == "bare FastAPI route" else Callers(one)) for name, one in found]
