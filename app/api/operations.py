"""What runs the server asks: alive, ready, metrics."""

import hmac
from typing import Annotated

from fastapi import APIRouter, Header
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import PlainTextResponse, Response

from app.api.failures import errors
from app.core import answers, db
from app.core.errors import Forbidden, Unauthenticated
from app.core.settings import settings
from app.gateway import metrics
from app.gateway.context import caller

router = APIRouter(tags=["operations"])


@router.get("/healthz", summary="Whether the process lives", response_class=PlainTextResponse)
async def alive() -> str:
    return "alive\n"


@router.get(
    "/readyz",
    summary="Whether the database and Redis answer",
    response_class=PlainTextResponse,
    responses=errors("SESSION_STORE_UNAVAILABLE"),
)
async def ready() -> str:
    await db.check()
    await answers.check()
    return "ready\n"


Text = Annotated[str, Header(max_length=4096)]


@router.get("/metrics", include_in_schema=False)
async def show(authorization: Text = "", x_forwarded_for: Text = "", forwarded: Text = "") -> Response:
    _may_measure(authorization, direct=not (x_forwarded_for or forwarded))
    return Response(await metrics.text(), media_type=CONTENT_TYPE_LATEST)


def _may_measure(authorization: str, *, direct: bool) -> None:
    """With a token set, that token; without one (never in production) only this machine, and nobody behind a proxy."""
    token = settings().metrics_token
    if token is None:
        if not direct or caller().address not in {"127.0.0.1", "::1"}:
            raise Forbidden("Set PLUMBLINE_METRICS_TOKEN to read the metrics from elsewhere.")
        return
    expected = f"Bearer {token.get_secret_value()}"
    if not hmac.compare_digest(authorization.encode(), expected.encode()):
        raise Unauthenticated("The metrics ask for their own bearer token.")
