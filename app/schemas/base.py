"""The two bases of every schema, and what tells two views apart. Nothing else belongs here."""

from pydantic import BaseModel, ConfigDict

from app.core import ids


class Command(BaseModel):
    """What a caller asks for. Unknown fields are refused, so that nothing is assigned by accident (AUTHZ-04)."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, ser_json_bytes="base64")


class View(BaseModel):
    """What a caller is shown; everything in it may reach the browser."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def fingerprint(shown: View) -> str:
    """Another one when anything in it is."""
    return ids.digest(shown.model_dump_json())[:16]
