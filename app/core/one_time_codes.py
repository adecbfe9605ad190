"""One-time codes of an authenticator app (TOTP, RFC 6238: six digits, 30 seconds) and recovery codes.

Pure, but for the random bits: what is stored, and how often somebody may try, is the services' to say.
"""

import re
import secrets
from io import BytesIO

import pyotp
import segno

PERIOD_S = 30
DRIFT = 1
"""Steps before and after now that count too: clocks differ, and people type slowly."""
ISSUER = "Plumbline"
RECOVERY_CODES = 10
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no characters that look alike
_GROUPS, _GROUP = 4, 4


def new_secret() -> str:
    """160 random bits in base 32, the form that people type where no camera is at hand."""
    return pyotp.random_base32()


def uri(secret: str, account: str) -> str:
    """What an authenticator app reads (`otpauth://`)."""
    return pyotp.TOTP(secret, interval=PERIOD_S).provisioning_uri(name=account, issuer_name=ISSUER)


def picture(address: str) -> str:
    """A QR code as an SVG element, black on white in light and dark alike: cameras want it so."""
    made = BytesIO()
    segno.make(address, error="m").save(made, kind="svg", scale=4, border=3, light="white", xmldecl=False, svgns=True)
    return made.getvalue().decode()


def step_of(secret: str, code: str, at: float) -> int | None:
    """The step (number of periods since 1970) whose code this is, if it is near `at` (Unix time); else None."""
    typed = re.sub(r"[\s-]", "", code)
    if not re.fullmatch(r"[0-9]{6}", typed):
        return None
    now, app = int(at) // PERIOD_S, pyotp.TOTP(secret, interval=PERIOD_S)
    near = range(now - DRIFT, now + DRIFT + 1)
    return next((step for step in near if secrets.compare_digest(app.generate_otp(step), typed)), None)


def new_recovery_codes() -> tuple[str, ...]:
    """Ten of 79 bits each, in four groups."""
    return tuple("-".join(_word() for _ in range(_GROUPS)) for _ in range(RECOVERY_CODES))


def plain(recovery_code: str) -> str:
    """As it is digested: lower case without anything between the groups."""
    return re.sub(r"[^a-z0-9]", "", recovery_code.lower()[:100])


def _word() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_GROUP))
