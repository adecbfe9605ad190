"""XML as it goes by: no tree is built, nothing is expanded, and every dimension of a file has a bound.

Which encoding a file claims for itself plays no part: it is read as UTF-8. Names keep their prefix until it is cut off
here: in a parser that knows namespaces each name carries the whole address of its own, which may have a megabyte.
"""

from collections.abc import Mapping
from typing import Any
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException, DTDForbidden
from defusedxml.expatreader import DefusedExpatParser

from app.domain.evidence.format import Watcher, XmlFormat
from app.domain.evidence.kind import Unknown, Unreadable

MOST_DEEP = 100
MOST_ELEMENTS = 500_000
MOST_NAMES = 300
"""Different names of elements and attributes; the formats that are read have a few dozen."""
MOST_WAITING = 1_000_000
"""Bytes of one tag, comment or instruction: the parser holds it whole before anybody sees it."""
_SLICE = 65_536


def watched(data: bytes, formats: Mapping[str, XmlFormat]) -> tuple[XmlFormat, Watcher]:
    """The format, by the name of the outermost element, and its watcher, who has seen all. Raises `Unreadable`."""
    target = _Target(formats)
    try:
        _feed(_parser(target), data)
    except DTDForbidden:
        raise Unreadable("It declares a document type (<!DOCTYPE …>), which is never read: leave that out.") from None
    except (ExpatError, DefusedXmlException, ValueError):
        raise Unreadable("It is not well-formed XML.") from None
    if target.found is None:
        raise Unreadable("There is no element in it.")
    return target.found


def _parser(target: "_Target") -> Any:
    """Expat with what `defusedxml` forbids; of the rest only tags are asked for."""
    defused = DefusedExpatParser(namespaceHandling=0, forbid_dtd=True)
    defused._source.setEncoding("utf-8")  # noqa: SLF001 (there is no other way to say it but by naming a file)
    defused.reset()
    parser = defused._parser  # noqa: SLF001 (its own way of feeding makes an object of each tag)
    parser.StartElementHandler, parser.EndElementHandler = target.start, target.end
    parser.StartNamespaceDeclHandler = parser.EndNamespaceDeclHandler = None
    parser.CharacterDataHandler = parser.ProcessingInstructionHandler = None
    return parser


def _feed(parser: Any, data: bytes) -> None:
    for start in range(0, len(data), _SLICE):
        parser.Parse(data[start : start + _SLICE])
        if start + _SLICE - parser.CurrentByteIndex > MOST_WAITING:
            raise Unreadable(f"One tag or comment in it has more than {MOST_WAITING:,} bytes.")
    parser.Parse(b"", 1)


class _Target:
    """What the parser calls."""

    def __init__(self, formats: Mapping[str, XmlFormat]) -> None:
        self.formats = formats
        self.found: tuple[XmlFormat, Watcher] | None = None
        self.depth = self.elements = 0
        self.names: set[str] = set()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self.depth += 1
        self.elements += 1
        self.names.add(name)
        self.names.update(attributes)
        if self.depth > MOST_DEEP or self.elements > MOST_ELEMENTS or len(self.names) > MOST_NAMES:
            raise Unreadable(
                f"It has more than {MOST_DEEP} elements in each other, {MOST_ELEMENTS:,} in all or {MOST_NAMES} names."
            )
        if self.found is None:
            self.found = self._recognised(name)
        self.found[1].start(name, attributes)

    def end(self, tag: str) -> None:
        self.depth -= 1
        if self.found is not None:
            self.found[1].end(tag.rpartition(":")[2])

    def _recognised(self, name: str) -> tuple[XmlFormat, Watcher]:
        found = self.formats.get(name)
        if found is None:
            known = ", ".join(f"<{one}>" for one in sorted(self.formats))
            raise Unknown(f"This XML is of no kind that is known: its outermost element is none of {known}.")
        return found, found.watch()
