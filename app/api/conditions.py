"""Preconditions: a write names the revision it was made from in If-Match (RFC 9110, 13.1.1; RFC 6585, 3)."""

import re

from app.core.errors import AppError, BadRequest

_TAG = re.compile(r'(?:W/)?"?(\d{1,9})"?')


def revision_of(if_match: str) -> int:
    """The revision number in an If-Match header. Raises PRECONDITION_REQUIRED without one, BAD_REQUEST for nonsense."""
    if not if_match.strip():
        raise AppError("Say which revision this text was made from (If-Match).", code="PRECONDITION_REQUIRED")
    found = _TAG.fullmatch(if_match.strip())
    if found is None:
        raise BadRequest('If-Match must be one revision number in quotes, as in "3".')
    return int(found[1])
