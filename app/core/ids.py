"""Row ids, secrets and digests. Ids are 32 hex digits, time-ordered (UUIDv7, RFC 9562), and never secret."""

import hashlib
import os
import secrets
import time


def new_id() -> str:
    """A UUIDv7 as 32 hex digits: sorts by creation time (ms), 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | int.from_bytes(os.urandom(10), "big")
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return f"{value:032x}"


def new_secret() -> str:
    """256 random bits, URL-safe; shown once and stored only as `digest(secret)`."""
    return secrets.token_urlsafe(32)


def digest(data: str | bytes) -> str:
    """SHA-256 in hex of UTF-8 text or bytes."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()
