"""Answers to a browser that is itself at one of our addresses: where it goes on, or what went wrong, as a page."""

import html
from collections.abc import Callable, Coroutine, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.core.errors import AppError
from app.core.settings import settings
from app.gateway import cookies
from app.gateway.asgi import extra_headers
from app.gateway.context import caller
from app.schemas.providers import Arrived, Left

VISIT_SECONDS = 600
_PLACES: Mapping[str, str] = MappingProxyType({"invitation": "/invitation"})
"""Where people go on whose visit to a provider was for something, by its errand."""
_PAGE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title} · Plumbline</title>{refresh}</head>
<body><h1>{title}</h1><p>{message}</p><p><a href="{place}">Go on</a></p></body></html>
"""


class Navigation(APIRoute):
    """A route whose failures are pages for whoever asks for HTML, with the status that the failure has."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def shown(request: Request) -> Response:
            try:
                return await handler(request)
            except AppError as error:
                if "text/html" not in request.headers.get("accept", ""):
                    raise
                return _failure(error)

        return shown


def to_provider(left: Left) -> Response:
    return with_visit(RedirectResponse(left.url, 303), left)


def with_visit(answer: Response, left: Left | None) -> Response:
    """The browser keeps the secret of the visit; without one it forgets it."""
    secret = left.browser.get_secret_value() if left else ""
    answer.headers.append("set-cookie", cookies.issue(caller(), secret, VISIT_SECONDS, cookies.VISIT))
    return answer


def gone_on(arrived: Arrived) -> Response:
    """A ticket stands behind `#`, which no browser sends to anybody."""
    place = arrived.location
    if arrived.ticket is not None:
        place = f"/login/second?{urlencode({'next': place})}#{quote(arrived.ticket.get_secret_value())}"
    answer = with_visit(RedirectResponse(place, 303), None)
    if arrived.secret is not None:
        lifetime = settings().session_absolute_days * 86_400
        answer.headers.append("set-cookie", cookies.issue(caller(), arrived.secret.get_secret_value(), lifetime))
    return answer


def _failure(error: AppError) -> Response:
    """Says it, and leads at once to the page of ours that says it better."""
    place = _PLACES.get(error.details.get("errand", "")) or ("/settings/identities" if caller().actor else "/login")
    refresh = ""
    if "trouble" in error.details:
        place += f"?{urlencode({name: error.details[name] for name in ('trouble', 'provider')})}"
        refresh = f'<meta http-equiv="refresh" content="0; url={html.escape(place)}">'
    page = _PAGE.format(
        title="This did not work", refresh=refresh, message=html.escape(error.message), place=html.escape(place)
    )
    return HTMLResponse(page, error.status, extra_headers(error))
