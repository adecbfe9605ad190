"""Sealing short secrets that must be read again (a one-time code's secret), so that the database alone gives none away.

A JWE (RFC 7516, `dir` with A256GCM) under a key derived from the signing secret; what was sealed under a previous
secret can still be opened.
"""

import hashlib
import hmac

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from app.core.settings import secrets_of, settings

_HEADER = {"alg": "dir", "enc": "A256GCM"}
_PURPOSE = b"plumbline sealing 1"


class Unreadable(ValueError):
    """Sealed under a secret that is no longer known."""


def seal(value: str) -> str:
    return jwe.encrypt_compact(_HEADER, value, _keys()[0])


def unseal(sealed: str) -> str:
    """Raises `Unreadable`."""
    for key in _keys():
        try:
            opened = jwe.decrypt_compact(sealed, key, algorithms=[_HEADER["alg"], _HEADER["enc"]]).plaintext
        except (JoseError, ValueError):
            continue
        return (opened or b"").decode()
    raise Unreadable("This was sealed with a signing secret that is no longer configured.")


def _keys() -> list[OctKey]:
    derived = (hmac.digest(one, _PURPOSE, hashlib.sha256) for one in secrets_of(settings()))
    return [OctKey.import_key(key) for key in derived]
