"""`plumbline draw`: a drawing of a document as a file, or as text for other tools."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import typer

from app.commands.check import FINE, UNREADABLE
from app.commands.reading import Unreadable, read
from app.domain.diagrams.draw import CannotDraw, Diagram, Notation, default_diagram, draw
from app.domain.diagrams.sql import Dialect
from app.domain.parse import parse


def run(arguments: Sequence[str]) -> int:
    """Prints the drawing or writes it to a file; the exit code."""
    options = _options().parse_args(arguments)
    notation = Notation(options.to)
    diagram = Diagram(options.diagram) if options.diagram else default_diagram(notation)
    try:
        drawing = draw(parse(read(options.file)), diagram, notation, Dialect(options.dialect))
        if options.output:
            options.output.write_text(drawing, encoding="utf-8", newline="")
        else:
            typer.echo(drawing, nl=False)
    except (Unreadable, CannotDraw, OSError) as error:
        typer.echo(_sentence(options, error), err=True)
        return UNREADABLE
    return FINE


def _sentence(options: argparse.Namespace, error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{options.output}: it cannot be written ({error.strerror})."
    return f"{options.file}: {error}" if isinstance(error, CannotDraw) else str(error)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="plumbline draw",
        description="Draw what a design document says. Ends with 2 when there is nothing to draw or to read.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a Markdown file")
    parser.add_argument("--diagram", choices=[*Diagram], help="what to draw (default: components; for SQL the tables)")
    parser.add_argument("--to", choices=[*Notation], default="svg", help="what to write it in (default: svg)")
    parser.add_argument("--dialect", choices=[*Dialect], default="postgresql", help="whose SQL (default: postgresql)")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write to this file instead of printing")
    return parser
