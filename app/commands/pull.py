"""`plumbline pull`: a document of the server as a file."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import typer

from app.client import Failure
from app.commands import pulled
from app.commands.connection import NotConnected, connect
from app.commands.pulled import Origin
from app.commands.reading import Unreadable, read
from app.commands.writing import replace_text

FINE, TROUBLE = 0, 2


def run(arguments: Sequence[str]) -> int:
    """Writes the text exactly as it was saved, and remembers which revision it is."""
    options = _options().parse_args(arguments)
    path: Path = options.output or Path(f"{options.number}.md")
    try:
        with connect() as client:
            found = client.text(options.number, options.revision)
            _refuse_loss(path, found.text, force=options.force)
            path.touch()
            replace_text(path, found.text)
            pulled.remember(path, Origin(client.address, options.number, found.revision))
    except (Failure, NotConnected, Unreadable, OSError) as problem:
        typer.echo(str(problem), err=True)
        return TROUBLE
    typer.echo(f"{path}: revision {found.revision} of {options.number}")
    return FINE


def _refuse_loss(path: Path, text: str, *, force: bool) -> None:
    """A file that is there already may hold what nobody saved yet."""
    if path.exists() and not force and read(path) != text:
        raise Unreadable(f"{path}: this file is there already and differs. Push it first, or pull with --force.")


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="plumbline pull", description="Write a document of the server to a file.")
    parser.add_argument("number", metavar="KEY-n", help="the document's number")
    parser.add_argument("--revision", type=int, metavar="N", help="another revision than the newest")
    parser.add_argument("--output", type=Path, metavar="FILE", help="the file (KEY-n.md)")
    parser.add_argument("--force", action="store_true", help="write over a file that differs")
    return parser
