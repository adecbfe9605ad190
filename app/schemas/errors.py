"""How every failure is told: one envelope, whatever failed."""

from typing import Any

from pydantic import Field

from app.schemas.base import View


class ErrorFacts(View):
    """`code` is stable and for programs, `message` for people; `details` say more, differently for each code."""

    code: str = Field(examples=["NOT_FOUND"])
    message: str = Field(examples=["There is no such document, or it is not shared with you."])
    details: dict[str, Any] = Field(examples=[{}])


class ErrorEnvelope(View):
    error: ErrorFacts
