"""This site as authenticators know it, and careful reading of what they answer. Verifying is `passkeys`' part."""

import json
from typing import Any
from urllib.parse import urlsplit

from webauthn import base64url_to_bytes

from app.core.errors import Invalid
from app.core.settings import settings

_LONGEST = 200
_TRANSPORTS = frozenset({"usb", "nfc", "ble", "smart-card", "hybrid", "internal"})


def name() -> str:
    """The host that passkeys belong to: another host means other passkeys."""
    return urlsplit(settings().public_url).hostname or "localhost"


def origin() -> str:
    parts = urlsplit(settings().public_url)
    return f"{parts.scheme}://{parts.netloc}"


def challenge(credential: dict[str, Any]) -> str:
    """The challenge that an answer says it answers. Raises `Invalid` where there is none to read."""
    try:
        said = json.loads(base64url_to_bytes(_response(credential)["clientDataJSON"]))["challenge"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Invalid("This is no answer of a passkey.") from error
    if not isinstance(said, str) or not 0 < len(said) <= _LONGEST:
        raise Invalid("This is no answer of a passkey.")
    return said


def user(credential: dict[str, Any]) -> str:
    """The id of the person whom the authenticator means, empty when it does not say."""
    try:
        return base64url_to_bytes(_response(credential)["userHandle"]).decode("ascii")
    except (ValueError, TypeError, KeyError):
        return ""


def transports(credential: dict[str, Any]) -> list[str]:
    said = _response(credential).get("transports")
    return sorted(_TRANSPORTS & {str(one) for one in said}) if isinstance(said, list) else []


def _response(credential: dict[str, Any]) -> dict[str, Any]:
    found = credential.get("response")
    return found if isinstance(found, dict) else {}
