"""What an operation may answer besides success: each route names its own codes, the gateway's are the same for all.

`@router.get("/x", responses=errors("NOT_FOUND"))` is all that a route says; `description` puts the rest beside it.
"""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from app.core.errors import CODES
from app.gateway.identity import OPEN
from app.gateway.origin import SAFE_METHODS
from app.schemas.errors import ErrorEnvelope

_SHOWN: Mapping[str, tuple[str, dict[str, Any]]] = MappingProxyType(
    {
        "BAD_REQUEST": ("The request could not be read.", {}),
        "MALFORMED_JSON": ("The body is not valid JSON.", {}),
        "UNAUTHENTICATED": ("Sign in first.", {}),
        "INVALID_CREDENTIALS": ("The address or the password is not right.", {}),
        "INVALID_TOKEN": ("This token is not good: it has expired, was changed, or is none of ours.", {}),
        "SESSION_REVOKED": ("The session of this token has ended: sign in again.", {}),
        "REFRESH_REUSED": ("This refresh token was used before, so the session has ended: sign in again.", {}),
        "SECOND_FACTOR_REQUIRED": (
            "Type the code of your authenticator app.",
            {"ticket": "Zk3v9wq2Xr1t0b7Yc5u8d4e6f1g2h3i4j5k6l7m8n9o", "expires_in": 300},
        ),
        "FORBIDDEN": ("You may not change this document. Ask a maintainer of the space.", {}),
        "REAUTHENTICATION_REQUIRED": ("Confirm that it is you first, then do this again.", {}),
        "CROSS_SITE": ("This request came from another site and was refused.", {}),
        "NOT_FOUND": ("There is no such document, or it is not shared with you.", {}),
        "CONFLICT": ("Nothing changed: this is the text of the newest revision.", {"current_revision": 3}),
        "MERGE_CONFLICT": (
            "Your text and revision 4 contradict each other in 1 place: nothing was saved. Decide, and save again.",
            {
                "base": 3,
                "current_revision": 4,
                "conflicts": [
                    {
                        "section": "Targets",
                        "base": "200 ms\n",
                        "current": "150 ms\n",
                        "yours": "100 ms\n",
                        "lines": {"base": 12, "current": 12, "yours": 12},
                    }
                ],
                "text": "…",
            },
        ),
        "IDEMPOTENCY_KEY_REUSED": (
            "This Idempotency-Key was used for something else: make a new one for each thing that you ask for.",
            {},
        ),
        "REVISION_CONFLICT": (
            "Somebody saved revision 4 meanwhile: your text was not saved.",
            {"current_revision": 4, "base": 3},
        ),
        "PAYLOAD_TOO_LARGE": ("The request is larger than 64 kB.", {"limit_bytes": 65536}),
        "UNSUPPORTED_MEDIA_TYPE": ("Compressed request bodies are not read: send it uncompressed.", {}),
        "VALIDATION_ERROR": (
            "Something in the request is missing or wrong.",
            {"fields": [{"field": "query.limit", "problem": "Input should be less than or equal to 100"}]},
        ),
        "PRECONDITION_REQUIRED": ("Say which version of it your change was made from (If-Match).", {}),
        "RATE_LIMITED": (
            "That was too much at once: wait a little and try again.",
            {"retry_after": 12, "limit": "person"},
        ),
        "INTERNAL_ERROR": (
            "Something went wrong on the server. Quote the request id.",
            {"request_id": "0192f0c4a1b27d3e8f90123456789abc"},
        ),
        "UNAVAILABLE": ("This took too long and was given up. Try again.", {}),
        "INSUFFICIENT_STORAGE": (
            "There is no room for more evidence in this space.",
            {"limit_bytes": 1_000_000_000, "used_bytes": 999_990_000, "size": 20_000},
        ),
        "STORAGE_UNAVAILABLE": ("The database does not answer just now. Nothing was saved; try again in a moment.", {}),
    }
)
_ALWAYS = ("PAYLOAD_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE", "INTERNAL_ERROR", "UNAVAILABLE", "STORAGE_UNAVAILABLE")
_KNOWN = ("INVALID_TOKEN", "SESSION_REVOKED", "RATE_LIMITED")
_OPERATIONS = ("/healthz", "/readyz", "/metrics")


def errors(*codes: str) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route: one per status, with an example of each code."""
    made: dict[int | str, dict[str, Any]] = {}
    for code in codes:
        answer = made.setdefault(CODES[code], response(CODES[code]))
        answer["content"]["application/json"]["examples"][code] = example(code)
    return made


def response(status: int) -> dict[str, Any]:
    content: dict[str, Any] = {"application/json": {"examples": {}}}
    return {"model": ErrorEnvelope, "description": HTTPStatus(status).phrase, "content": content}


def example(code: str) -> dict[str, Any]:
    message, details = _SHOWN.get(code, (code.replace("_", " ").capitalize() + ".", {}))
    return {"value": {"error": {"code": code, "message": message, "details": details}}}


def everywhere(method: str, path: str, *, takes_input: bool, bodies: Iterable[str]) -> tuple[str, ...]:
    """Codes that what stands before a route answers; `bodies` are the media types that the operation takes."""
    codes = list(_ALWAYS)
    if path not in _OPERATIONS:
        codes += _KNOWN
        if method not in SAFE_METHODS:
            codes.append("CROSS_SITE")
        if path.startswith("/api/") and path not in OPEN:
            codes += ("UNAUTHENTICATED", "FORBIDDEN")  # a personal token may be made for something else
    kinds = set(bodies)
    if kinds:
        codes.append("BAD_REQUEST")
    if "application/json" in kinds:
        codes.append("MALFORMED_JSON")
    return (*codes, "VALIDATION_ERROR") if takes_input else tuple(codes)
