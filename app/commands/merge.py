"""`plumbline merge`: three files into one, for people and as git's merge driver."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from app.commands.reading import Unreadable, read
from app.commands.writing import replace_text
from app.domain.merge.chunks import Piece, Settled
from app.domain.merge.three_way import Merge, merge

CLEAN, CONFLICTS, TROUBLE = 0, 1, 2


def run(arguments: Sequence[str]) -> int:
    """Prints the merged text, or writes it into a file; the exit code that git's merge driver asks for."""
    parser = _options()
    options = parser.parse_args(arguments)
    if options.write and options.format == "json":
        parser.error("--write puts a document into OURS; use --output for JSON.")
    try:
        result = merge(*(read(path) for path in (options.base, options.ours, options.theirs)))
        shown = json.dumps(_plain(result), ensure_ascii=False) if options.format == "json" else _text(result, options)
        _give(shown, options)
    except Unreadable as error:
        typer.echo(str(error), err=True)
        return TROUBLE
    if result.conflicts:
        where = options.path or options.ours
        sections = ", ".join(dict.fromkeys(f"“{one.section}”" for one in result.conflicts if one.section))
        count = len(result.conflicts)
        told = f"{count} conflict{'s' if count > 1 else ''}" + (f" in {sections}" if sections else "")
        typer.echo(f"{where}: {told}; both sides are kept.", err=True)
    return CONFLICTS if result.conflicts else CLEAN


def _give(shown: str, options: argparse.Namespace) -> None:
    if options.write:
        replace_text(options.ours, shown)
    elif options.output:
        try:
            options.output.write_text(shown, encoding="utf-8", newline="")
        except OSError as error:
            raise Unreadable(f"{options.output}: it cannot be written ({error.strerror}).") from None
    else:
        typer.echo(shown, nl=options.format == "json")


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="plumbline merge",
        description="Merge two texts that come from one. Ends with 1 when there are conflicts, with 2 when something "
        "cannot be read or written.",
    )
    for name, what in (("base", "what both come from"), ("ours", "one side"), ("theirs", "the other side")):
        parser.add_argument(name, type=Path, metavar=name.upper(), help=what)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--write", action="store_true", help="write into OURS, as git asks of a merge driver")
    where.add_argument("--output", type=Path, metavar="FILE", help="write to this file instead of printing")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="json: the pieces, for an editor")
    parser.add_argument("--marker-size", type=int, default=7, metavar="N", help="length of conflict markers (7)")
    parser.add_argument("--path", default="", help="the name to speak of, where OURS is a temporary file")
    return parser


def _text(result: Merge, options: argparse.Namespace) -> str:
    return result.with_markers(size=max(1, options.marker_size))


def _plain(result: Merge) -> dict[str, Any]:
    return {"conflicts": len(result.conflicts), "pieces": [_piece(piece) for piece in result.pieces]}


def _piece(piece: Piece) -> dict[str, Any]:
    if isinstance(piece, Settled):
        return {"text": "".join(piece.lines)}
    sides = {"base": piece.base, "ours": piece.ours, "theirs": piece.theirs}
    texts = {name: "".join(lines) for name, lines in sides.items()}
    first = {name: at + 1 for name, at in zip(sides, piece.at, strict=True)}
    return {"section": piece.section, **texts, "lines": first}
