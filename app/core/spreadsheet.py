"""Lines of CSV that a spreadsheet shows as text and never runs as a formula (OWASP, CSV injection)."""

import csv
import io
from collections.abc import Iterable

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def line(values: Iterable[object]) -> str:
    """One record, with its line end (RFC 4180)."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow([cell(value) for value in values])
    return written.getvalue()


def cell(value: object) -> str:
    """`value` as text; with an apostrophe before it where a spreadsheet would take it for a formula. Blanks before the
    sign count too, because some programs drop them. Numbers are left alone.
    """
    if isinstance(value, int | float):
        return str(value)
    text = "" if value is None else str(value).replace("\0", "")
    return f"'{text}" if text.startswith(_STARTS) or text.lstrip().startswith(_STARTS) else text
