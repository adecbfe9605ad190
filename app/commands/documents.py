"""`plumbline documents`: what there is on the server, for people or as JSON."""

import argparse
import json
from collections.abc import Sequence
from itertools import islice

import typer

from app.client import Failure
from app.commands.connection import NotConnected, connect
from app.domain.health import HealthState
from app.domain.status import Status
from app.schemas.documents import DocumentRow, FindDocuments

FINE, TROUBLE = 0, 2


def run(arguments: Sequence[str]) -> int:
    """One line for each document, newest change first."""
    options = _options().parse_args(arguments)
    query = FindDocuments(
        space=tuple(options.space),
        status=tuple(map(Status, options.status)),
        health=tuple(map(HealthState, options.health)),
        owner="me" if options.mine else "",
        q=options.words,
        limit=min(100, max(1, options.limit)),
    )
    try:
        with connect() as client:
            rows = list(islice(client.all_documents(query), options.limit))
    except (Failure, NotConnected) as problem:
        typer.echo(str(problem), err=True)
        return TROUBLE
    if options.json:
        typer.echo(json.dumps([row.model_dump(mode="json") for row in rows], ensure_ascii=False, indent=2))
    else:
        _print(rows)
    return FINE


def _print(rows: Sequence[DocumentRow]) -> None:
    table = [(row.number, row.status_label, row.health_label, row.owner, row.title) for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for line in table:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="plumbline documents", description="List documents of the server.")
    parser.add_argument("words", nargs="?", default="", metavar="WORDS", help="in title or summary, or a number")
    parser.add_argument("--space", action="append", default=[], metavar="KEY", help="of this space; may be repeated")
    parser.add_argument(
        "--status", action="append", default=[], choices=[*Status], help="in this state; may be repeated"
    )
    parser.add_argument("--health", action="append", default=[], choices=[*HealthState], help="as the rules found them")
    parser.add_argument("--mine", action="store_true", help="that you own")
    parser.add_argument("--limit", type=int, default=100, metavar="N", help="at most so many (100)")
    parser.add_argument("--json", action="store_true", help="for programs")
    return parser
