"""`plumbline diff`: what changed between two documents, in meaning and in words, for people, programs and git."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from app.commands import diff_formats
from app.commands.reading import Unreadable, decoded, read

SAME, DIFFERENT, TROUBLE = 0, 1, 2
_STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class _Side:
    """A file and how it is called in what is printed."""

    file: str
    name: str


def run(arguments: Sequence[str]) -> int:
    """Prints the differences; the exit code of `diff`, but 0 for git, which takes any other for a failure."""
    parser = _parser()
    options = parser.parse_args(arguments)
    sides = _sides(options.files)
    if sides is None:
        parser.error("name two files, or one file and - for standard input.")
    for_git = len(options.files) != 2
    old, new = sides
    try:
        texts = _text(old), _text(new)
    except Unreadable as error:
        typer.echo(str(error), err=True)
        return TROUBLE
    typer.echo(diff_formats.FORMATS[options.format](texts, (old.name, new.name)), nl=False)
    return SAME if for_git or texts[0] == texts[1] else DIFFERENT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="plumbline diff",
        usage="plumbline diff [-h] [--format {text,json,html}] OLD NEW",
        description="Show what changed between two documents. Ends with 0 when they are the same, with 1 when they "
        "differ, with 2 when something cannot be read. Also an external diff for git, which gives seven arguments.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="the old and the new text; - is standard input")
    parser.add_argument("--format", choices=tuple(diff_formats.FORMATS), default="text", help="(default: text)")
    return parser


def _sides(files: Sequence[str]) -> tuple[_Side, _Side] | None:
    """Two files, or what git gives: path, old file, hash and mode, new file, hash and mode; new path, similarity."""
    if len(files) == 2 and list(files) != [_STANDARD_INPUT] * 2:
        return _Side(files[0], files[0]), _Side(files[1], files[1])
    if len(files) in (7, 9):
        path, new_path = files[0], files[7] if len(files) == 9 else files[0]
        return _Side(files[1], _git_name("a", path, files[1])), _Side(files[4], _git_name("b", new_path, files[4]))
    return None


def _git_name(side: str, path: str, file: str) -> str:
    return file if file == "/dev/null" else f"{side}/{path}"


def _text(side: _Side) -> str:
    if side.file == _STANDARD_INPUT:
        return decoded(sys.stdin.buffer.read(), "standard input")
    return read(Path(side.file))
