"""What may be stored as a document's text, and how bytes become one. Text is kept exactly as given."""

from app.core.errors import Invalid, PayloadTooLarge, UnsupportedMediaType

MAX_BYTES = 2_000_000
MAX_MESSAGE = 500
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_ARCHIVES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"BZh",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
)


def accept(text: str) -> str:
    """The same text; raises what forbids to store it."""
    if "\0" in text:
        raise Invalid("The text holds a NUL character: remove it.", details={"field": "text"})
    if not text.strip("\ufeff \t\r\n"):
        raise Invalid("The text is empty.", details={"field": "text"})
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise Invalid("The text holds half a character that cannot be stored.", details={"field": "text"}) from None
    if size > MAX_BYTES:
        raise _too_large(size)
    return text


def decode(data: bytes) -> str:
    """UTF-8 and nothing else, byte order mark and line ends kept."""
    if len(data) > MAX_BYTES:
        raise _too_large(len(data))
    if data.startswith(_ARCHIVES):
        raise UnsupportedMediaType("This is an archive: unpack it and send the Markdown files themselves.")
    if data.startswith(_WIDE):
        raise UnsupportedMediaType("This file is UTF-16 or UTF-32: save it as UTF-8 and send it again.")
    if b"\0" in data:
        raise UnsupportedMediaType("This is a binary file: only Markdown text can be imported.")
    try:
        return accept(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UnsupportedMediaType(
            f"This file is not UTF-8 (first at byte {error.start + 1}): save it as UTF-8 and send it again."
        ) from None


def message(given: str) -> str:
    """One line of what changed; control characters are refused, since it stands in lists and logs."""
    line = given.strip()
    if len(line) > MAX_MESSAGE:
        raise Invalid(f"The message is longer than {MAX_MESSAGE} characters.", details={"field": "message"})
    if any(ord(character) < 32 or "\ud800" <= character <= "\udfff" for character in line):
        raise Invalid("The message holds control characters: write it in one line.", details={"field": "message"})
    return line


def _too_large(size: int) -> PayloadTooLarge:
    return PayloadTooLarge(
        f"The text has {size:,} bytes; a document has at most {MAX_BYTES:,}: split it.", details={"limit": MAX_BYTES}
    )
