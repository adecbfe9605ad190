"""The templates that come with Plumbline, and how a document is begun from a template. Each is one Markdown file."""

import re
from datetime import date
from functools import cache
from pathlib import Path

from app.domain.source import Source, read

_FOLDER = Path(__file__).parent
_OPTIONAL = re.compile(rb"[ \t]*\(optional\)(?=[ \t#]*$)", re.IGNORECASE | re.MULTILINE)
_TODAY = re.compile(r"\$\(date [^()\n]*\)")
_BLANKS = re.compile(rb"(?:[ \t]*\r?\n)*")


@cache
def templates() -> dict[str, str]:
    """The texts by name, in the order of their names."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.md"))}


def begun(template: str, *, title: str = "", today: date | None = None) -> str:
    """A document to write in: without the template's comments and marks, with its title and today's date.

    Without a title or a day their placeholders stay. Code keeps whatever stands in it.
    """
    source = read(template)
    pieces, end = [], 0
    for start, stop, replacement in sorted(_changes(source, title)):
        pieces += [source.data[end:start], replacement]
        end = stop
    text = b"".join([*pieces, source.data[end:]]).decode()
    if today:
        text = _TODAY.sub(today.isoformat(), text)
    return text


def _changes(source: Source, title: str) -> list[tuple[int, int, bytes]]:
    """What is cut or replaced, by bytes."""
    changes: list[tuple[int, int, bytes]] = []
    titled = not title
    for block in source.leaves:
        written = source.data[block.start : block.end]
        if block.kind == "HtmlBlock" and _is_comment(written):
            blanks = _BLANKS.match(source.data, block.end)
            changes.append((block.start, blanks.end() if blanks else block.end, b""))
        elif block.kind == "Heading":
            if not titled and block.level == 1 and written.startswith(b"# "):
                titled = True
                changes.append(
                    (block.start, block.start + len(written.rstrip()), f"# {' '.join(title.split())}".encode())
                )
            elif mark := _OPTIONAL.search(written):
                changes.append((block.start + mark.start(), block.start + mark.end(), b""))
    return changes


def _is_comment(written: bytes) -> bool:
    stripped = written.strip()
    return stripped.startswith(b"<!--") and stripped.endswith(b"-->") and stripped.find(b"-->") == len(stripped) - 3
