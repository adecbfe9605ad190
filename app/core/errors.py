"""What can go wrong, as the outside sees it: one code and one HTTP status per kind of failure.

The codes are the stable API (docs/errors.md is generated from `CODES`); messages may change. Everything a person
may see raises an `AppError`; anything else that escapes is a defect and becomes INTERNAL_ERROR at the gateway.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

CODES: Mapping[str, int] = MappingProxyType(
    {
        "BAD_REQUEST": 400,
        "MALFORMED_JSON": 400,
        "UNAUTHENTICATED": 401,
        "INVALID_CREDENTIALS": 401,
        "INVALID_TOKEN": 401,
        "SESSION_REVOKED": 401,
        "REFRESH_REUSED": 401,
        "SECOND_FACTOR_REQUIRED": 401,
        "FORBIDDEN": 403,
        "CROSS_SITE": 403,
        "REAUTHENTICATION_REQUIRED": 403,
        "NOT_FOUND": 404,
        "METHOD_NOT_ALLOWED": 405,
        "CONFLICT": 409,
        "LINK_REQUIRED": 409,
        "MERGE_CONFLICT": 409,
        "REVISION_CONFLICT": 412,
        "PAYLOAD_TOO_LARGE": 413,
        "UNSUPPORTED_MEDIA_TYPE": 415,
        "VALIDATION_ERROR": 422,
        "IDEMPOTENCY_KEY_REUSED": 422,
        "PRECONDITION_REQUIRED": 428,
        "RATE_LIMITED": 429,
        "INTERNAL_ERROR": 500,
        "UNAVAILABLE": 503,
        "STORAGE_UNAVAILABLE": 503,
        "SESSION_STORE_UNAVAILABLE": 503,
        "INSUFFICIENT_STORAGE": 507,
    }
)


class AppError(Exception):
    """A failure with a code of `CODES`, a sentence to show as it is, and details for programs.

    `details` must be JSON-serialisable and must never echo what the caller sent without bounding it.
    """

    code: str = "INTERNAL_ERROR"

    def __init__(self, message: str, *, code: str | None = None, details: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.code = code or type(self).code
        self.message = message
        self.details = dict(details or {})

    @property
    def status(self) -> int:
        return CODES[self.code]

    def envelope(self) -> dict[str, Any]:
        return {"error": {"code": self.code, "message": self.message, "details": self.details}}


class BadRequest(AppError):
    code = "BAD_REQUEST"


class Invalid(AppError):
    code = "VALIDATION_ERROR"


class Unauthenticated(AppError):
    code = "UNAUTHENTICATED"


class InvalidCredentials(AppError):
    code = "INVALID_CREDENTIALS"


class Forbidden(AppError):
    code = "FORBIDDEN"


class NotFound(AppError):
    code = "NOT_FOUND"


class Conflict(AppError):
    code = "CONFLICT"


class PayloadTooLarge(AppError):
    code = "PAYLOAD_TOO_LARGE"


class UnsupportedMediaType(AppError):
    code = "UNSUPPORTED_MEDIA_TYPE"


class RateLimited(AppError):
    code = "RATE_LIMITED"


class StorageUnavailable(AppError):
    code = "STORAGE_UNAVAILABLE"
