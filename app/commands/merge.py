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
    """Prints the merged text, or writes it into OURS; the exit code that git's merge driver asks for."""
    options = _options().parse_args(arguments)
    try:
        result = merge(*(read(path) for path in (options.base, options.ours, options.theirs)))
        shown = json.dumps(_plain(result), ensure_ascii=False) if options.format == "json" else _text(result, options)
        if options.write:
            replace_text(options.ours, shown)
        else:
            typer.echo(shown, nl=options.format == "json")
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


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="plumbline merge",
        description="Merge two texts that come from one. Ends with 1 when there are conflicts, with 2 when something "
        "cannot be read or written.",
    )
    for name, what in (("base", "what both come from"), ("ours", "one side"), ("theirs", "the other side")):
        parser.add_argument(name, type=Path, metavar=name.upper(), help=what)
    parser.add_argument("--write", action="store_true", help="write into OURS, as git asks of a merge driver")
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
    return {"section": piece.section, **{name: "".join(lines) for name, lines in sides.items()}}
