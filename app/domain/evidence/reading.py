"""A file of evidence, read: what it is, by what stands in it, and its summary. Its name and type are not asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.core.registry import modules_of
from app.domain.evidence import bounded_json, bounded_xml, formats
from app.domain.evidence.format import JsonFormat, XmlFormat
from app.domain.evidence.kind import Kind, Summary, Unknown, Unreadable


@dataclass(frozen=True)
class Read:
    """`ending` is xml or json; `format_name` whose format it is; `facts` and `words` are those of the summary."""

    kind: Kind
    ending: str
    format_name: str
    facts: Mapping[str, Any]
    words: str


def read(data: bytes) -> Read:
    """Raises `Unreadable` with a sentence for who sent it, `Unknown` for what is no evidence."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("It is not UTF-8 text: send the report as its tool wrote it, not packed.") from None
    match text.lstrip()[:1]:
        case "<":
            found, watcher = bounded_xml.watched(data, _xml_formats())
            return _read(found, "xml", watcher.summary())
        case "{" | "[":
            return _read_json(text)
    raise Unknown("It is neither XML nor JSON.")


def _read_json(text: str) -> Read:
    value = bounded_json.read(text)
    for one in _json_formats():
        if one.fits(value):
            return _read(one, "json", one.read(value))
    names = ", ".join(one.name for one in _json_formats())
    raise Unknown(f"This JSON is of no kind that is known: {names}.")


def _read(found: XmlFormat | JsonFormat, ending: str, summary: Summary) -> Read:
    return Read(found.kind, ending, found.name, summary.facts, summary.words)


@cache
def _all() -> tuple[Any, ...]:
    return tuple(module.FORMAT for module in modules_of(formats))


@cache
def _xml_formats() -> dict[str, XmlFormat]:
    return {root: one for one in _all() if isinstance(one, XmlFormat) for root in one.roots}


@cache
def _json_formats() -> tuple[JsonFormat, ...]:
    return tuple(one for one in _all() if isinstance(one, JsonFormat))
