"""Writing HTML: escaping, tags, and which addresses a link may have."""

import re

_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]+")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
SCHEMES = frozenset({"http", "https", "mailto"})


def text(value: str) -> str:
    """Escaped, with NUL as U+FFFD as Markdown has it."""
    # Every piece of every page passes here: replacing what is not there is faster than looking or calling for it.
    value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return value.replace('"', "&quot;").replace("'", "&#x27;").replace("\x00", "\ufffd")


def words(value: str) -> str:
    """Escaped for between tags, where quotes may stay."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\x00", "\ufffd")


def attributes(values: dict[str, str | None]) -> str:
    """` name="value"` for each that is not None; an empty value stands for a bare attribute."""
    return "".join(f' {name}="{text(value)}"' for name, value in values.items() if value is not None)


def safe_address(address: str) -> str | None:
    """The address if it is relative or of an allowed scheme; browsers ignore white space and controls in schemes."""
    scheme = _SCHEME.match(_squeezed(address))
    if scheme is None or scheme[0][:-1].lower() in SCHEMES:
        return address.strip()
    return None


def is_remote(address: str) -> bool:
    """Whether an address leaves this site (`//host` does, and with backslashes too)."""
    squeezed = _squeezed(address).replace("\\", "/")
    return squeezed.startswith("//") or _SCHEME.match(squeezed) is not None


def host_of(address: str) -> str:
    """The host of a remote address for people to read; no proof of anything."""
    rest = _squeezed(address).replace("\\", "/").split("//", 1)[-1]
    return re.split(r"[/?#]", rest, maxsplit=1)[0].rsplit("@", 1)[-1][:80]


def _squeezed(address: str) -> str:
    plain = address.isascii() and address.isprintable() and " " not in address
    return address if plain else _CONTROL.sub("", address)
