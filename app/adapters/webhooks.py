"""How what we send to other programs is signed: Standard Webhooks, version 1 (HMAC-SHA-256).

The receiver computes the same over `id.timestamp.body`, compares, and refuses old timestamps and ids it has seen.
"""

import base64
import binascii
import hmac
import secrets
from collections.abc import Mapping

_PREFIX = "whsec_"


def new_secret() -> str:
    """192 random bits as the standard writes them; both sides keep it."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(24)).decode()


def signed(secret: str, message_id: str, timestamp: int, body: bytes) -> Mapping[str, str]:
    """The headers of one delivery; `message_id` is the same over all tries, `timestamp` that of this try (Unix, s).

    Raises `ValueError` for what is no secret.
    """
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("not a webhook secret") from None
    if not secret.startswith(_PREFIX) or not 24 <= len(key) <= 64:
        raise ValueError("not a webhook secret")
    made = hmac.digest(key, f"{message_id}.{timestamp}.".encode() + body, "sha256")
    return {
        "content-type": "application/json",
        "user-agent": "Plumbline",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{base64.b64encode(made).decode()}",
    }
