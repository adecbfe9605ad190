"""`plumbline new`: a document to write in, begun from a template."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import typer

from app.commands.check import FINE, UNREADABLE
from app.commands.reading import Unreadable, template
from app.core.clock import now
from app.domain.templates import begun, templates


def run(arguments: Sequence[str]) -> int:
    """Prints the document or writes it to a new file; the exit code. Without a template it lists them."""
    options = _options().parse_args(arguments)
    if not options.template:
        typer.echo("\n".join(templates()))
        return FINE
    try:
        text = begun(template(options.template), title=options.title, today=now().date())
        if options.output:
            _write(options.output, text)
        else:
            typer.echo(text, nl=False)
    except Unreadable as error:
        typer.echo(str(error), err=True)
        return UNREADABLE
    return FINE


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="plumbline new", description="Begin a document from a template. Without a name it lists the templates."
    )
    parser.add_argument("template", nargs="?", default="", metavar="TEMPLATE", help="its name, or a file")
    parser.add_argument("--title", default="", help="what the document is called")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write to this file, which must not exist yet")
    return parser


def _write(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError:
        raise Unreadable(f"{path}: there is such a file already; nothing was written.") from None
    except OSError as error:
        raise Unreadable(f"{path}: it cannot be written ({error.strerror}).") from None
