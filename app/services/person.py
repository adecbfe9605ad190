"""What an address and a name of a person are. Whether the address is theirs is not known here."""

import re
import unicodedata

from app.core.errors import Invalid

_EMAIL = re.compile(r"[^@\s\0]{1,64}@[^@\s\0]{1,255}")


def email_or_none(value: str) -> str | None:
    """As it is stored: NFC, case-folded. None for what is no address."""
    email = unicodedata.normalize("NFC", value.strip()).casefold()
    return email if len(email) <= 320 and email.isprintable() and _EMAIL.fullmatch(email) else None


def email(value: str) -> str:
    """The same, raising `Invalid`."""
    found = email_or_none(value)
    if found is None:
        raise Invalid("This is not an e-mail address.", details={"field": "email"})
    return found


def name(value: str) -> str:
    """With single spaces. Raises `Invalid` for what cannot be shown."""
    found = " ".join(value.split())
    if not found or len(found) > 120 or not found.isprintable():
        raise Invalid("A name has 1 to 120 visible characters.", details={"field": "name"})
    return found
