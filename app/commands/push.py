"""`plumbline push`: a file as the next revision of its document, or as a new document."""

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import typer

from app.client import Client, Contradicts, Failure, Refused, Stale
from app.commands import pulled
from app.commands.connection import NotConnected, connect
from app.commands.pulled import Origin
from app.commands.reading import Unreadable, read
from app.commands.writing import replace_text
from app.schemas.documents import CreateDocument

FINE, CONFLICT, TROUBLE = 0, 1, 2
_MARKER = re.compile(r"^(?:<{7,} revision \d+|>{7,} yours)$", re.MULTILINE)


def run(arguments: Sequence[str]) -> int:
    """The exit code is 1 when somebody saved meanwhile and that was not settled."""
    options = _options().parse_args(arguments)
    try:
        text = read(options.file)
        if _MARKER.search(text):
            raise Unreadable(f"{options.file}: it still has both sides of a merge in it. Decide, then push again.")
        with connect() as client:
            at = _origin(options, client)
            return _new(options, client, text) if at is None else _next(options, client, text, at)
    except (Failure, NotConnected, Unreadable) as problem:
        typer.echo(str(problem), err=True)
        return TROUBLE


def _origin(options: argparse.Namespace, client: Client) -> Origin | None:
    """From the options, else from beside the file; None where a new document is meant. Raises `Unreadable`."""
    if options.to:
        if options.base is None:
            raise Unreadable("Say with --base from which revision the file was made.")
        return Origin(client.address, options.to, options.base)
    found = pulled.origin(options.file)
    if found is None and not options.space:
        raise Unreadable(f"{options.file}: it came from no document. Name a space for a new one: --space KEY")
    if found is not None and found.address != client.address:
        raise Unreadable(f"{options.file}: it came from {found.address}, and you are signed in to {client.address}.")
    return found


def _new(options: argparse.Namespace, client: Client, text: str) -> int:
    made = client.create(
        CreateDocument(space=options.space, text=text, file_name=options.file.name, message=options.message)
    )
    pulled.remember(options.file, Origin(client.address, made.number, made.revision))
    typer.echo(f"{made.number}: made from {options.file}, {client.address}/d/{made.number}")
    return FINE


def _next(options: argparse.Namespace, client: Client, text: str, at: Origin) -> int:
    try:
        saved = client.save(at.number, text, at.revision, options.message)
    except Stale as stale:
        told = f"somebody saved revision {stale.current}; your file is made from {at.revision}."
        typer.echo(f"{at.number}: {told}", err=True)
        return _merged(options, client, text, at) if _wants_merge(options) else CONFLICT
    except Refused as refused:
        if refused.details.get("current_revision") != at.revision:
            raise
        typer.echo(f"{at.number}: nothing changed since revision {at.revision}")
        return FINE
    pulled.remember(options.file, replace(at, revision=saved.number))
    typer.echo(f"{at.number}: revision {saved.number} saved")
    return FINE


def _merged(options: argparse.Namespace, client: Client, text: str, at: Origin) -> int:
    """The file becomes what was saved; where the two contradict, it gets both sides, and nothing is saved."""
    try:
        saved = client.merge(at.number, text, at.revision, options.message)
    except Contradicts as conflict:
        replace_text(options.file, conflict.text)
        pulled.remember(options.file, replace(at, revision=conflict.current))
        typer.echo(f"{options.file}: both sides are in it now. Decide, then push again.", err=True)
        return CONFLICT
    replace_text(options.file, client.text(at.number, saved.number).text)
    pulled.remember(options.file, replace(at, revision=saved.number))
    typer.echo(f"{at.number}: merged, revision {saved.number} saved; {options.file} is now what was saved")
    return FINE


def _wants_merge(options: argparse.Namespace) -> bool:
    if options.merge or not sys.stdin.isatty():
        return bool(options.merge)
    return input("Merge the two and save that? [y/N] ").strip().lower() in {"y", "yes"}


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="plumbline push",
        description="Save a file as the next revision of the document that it came from, or as a new document. Ends "
        "with 1 when somebody saved meanwhile and that is not settled, with 2 on other trouble.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a Markdown file")
    parser.add_argument("-m", "--message", default="", help="what changed, in one line")
    parser.add_argument(
        "--space", default="", metavar="KEY", help="where a file that came from nowhere becomes a document"
    )
    parser.add_argument("--merge", action="store_true", help="when somebody saved meanwhile, merge without asking")
    parser.add_argument("--to", default="", metavar="KEY-n", help="the document, for a file that was not pulled")
    parser.add_argument("--base", type=int, metavar="N", help="the revision it was made from; with --to")
    return parser
