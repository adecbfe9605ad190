"""The error catalogue: bullets and tables; and the error format, a fenced JSON."""

import json
import re
from collections.abc import Iterator, Sequence

from app.domain.blocks import Block
from app.domain.model import ErrorFormat, ErrorKind, Section
from app.domain.parse.ids import Ids
from app.domain.parse.inlines import headers, item_text, items, rows
from app.domain.parse.tense import tense_of, without_tense
from app.domain.roles import Role
from app.domain.source import Source

_BULLET = re.compile(r"(?P<name>[^():]+?)\s*\((?P<status>[1-5]\d\d)\b[^)]*\)\s*(?::\s*(?P<meaning>.*))?$", re.DOTALL)
_CODE_BULLET = re.compile(r"(?P<name>[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\s*(?P<status>)(?::\s*(?P<meaning>.*))?$", re.DOTALL)
_STATUS = re.compile(r"\b([1-5]\d\d)\b")
_NAME_HEADERS = ("code", "error code", "error", "name", "category")
_STATUS_HEADERS = ("status", "http status", "http", "status code", "http code")
_MEANING_HEADERS = ("meaning", "description", "message", "when", "cause")


def read_errors(source: Source, sections: Sequence[Section]) -> tuple[ErrorKind, ...]:
    ids = Ids("error")
    found: list[ErrorKind] = []
    for section in sections:
        if section.context is not Role.errors:
            continue
        found.extend(_from_bullets(source, section, ids))
        for block in section.blocks:
            if block.kind == "Table":
                found.extend(_from_table(source, section, block, ids))
    return tuple(found)


def read_formats(source: Source, sections: Sequence[Section]) -> tuple[ErrorFormat, ...]:
    """The first fenced `json` of each section about the error format."""
    found: list[ErrorFormat] = []
    for section in sections:
        fences = (block for block in section.blocks if block.kind == "CodeBlock" and block.language == "json")
        block = next(fences, None) if section.role is Role.error_format else None
        if block:
            code = block.code
            found.append(ErrorFormat(code, _problem(code), source.span(block.start, block.end)))
    return tuple(found)


def _from_bullets(source: Source, section: Section, ids: Ids) -> Iterator[ErrorKind]:
    for item in items(section.blocks):
        flat = item_text(source, item)
        if flat is None:
            continue
        match = _BULLET.match(flat.text.strip()) or _CODE_BULLET.match(flat.text.strip())
        if match:
            status = int(match["status"]) if match["status"] else None
            name = match["name"].strip()
            tense = tense_of(flat.text, section.tense)
            yield ErrorKind(ids.take(name), name, status, match["meaning"] or "", flat.span(0, len(flat.text)), tense)


def _from_table(source: Source, section: Section, block: Block, ids: Ids) -> Iterator[ErrorKind]:
    names = headers(block)
    named = any(name in names for name in _NAME_HEADERS)
    if not named or not any(name in names for name in (*_STATUS_HEADERS, *_MEANING_HEADERS)):
        return
    for row in rows(source, block):
        name = row.text(*_NAME_HEADERS)
        status = _STATUS.search(row.text(*_STATUS_HEADERS)) or _STATUS.fullmatch(name)
        if name:
            number = int(status[1]) if status else None
            meaning, span = row.text(*_MEANING_HEADERS), source.span(row.start, row.end)
            tense, name = tense_of(f"{name} {meaning}", section.tense), without_tense(name)
            yield ErrorKind(ids.take(name), name, number, meaning, span, tense)


def _problem(code: str) -> str:
    try:
        json.loads(code)
    except json.JSONDecodeError as error:
        return f"{error.msg} (line {error.lineno} of the block)"
    except (RecursionError, ValueError):
        return "nested too deep, or a number is too long"
    return ""
