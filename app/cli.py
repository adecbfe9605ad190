"""The `plumbline` command: names, arguments and help. What a command does stands in `app.commands`.

A command's module is imported only when that command runs, so that `check` starts without the server's libraries.
"""

from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

# Typer converts every argument through pydantic, whose import costs as much as all of `check`. Flags that are already
# true or false are spared, so `--help` gets a value, and `check` and `show` take their files from the context.
_FILES = {"allow_extra_args": True}
# A command that reads its own options; `--help` is one of them.
_OWN_OPTIONS = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


def _decided(option: TyperOption | None) -> TyperOption | None:
    if option is not None:
        option.default = False
    return option


class Group(TyperGroup):
    """A group that does not import pydantic for `--help`."""

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        return _decided(super().get_help_option(ctx))


class Command(TyperCommand):
    """A command that does not import pydantic for `--help`."""

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        return _decided(super().get_help_option(ctx))


app = typer.Typer(
    cls=Group,
    name="plumbline",
    help="Write, review, approve and keep true design documents.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _files(context: typer.Context) -> list[Path]:
    if not context.args:
        raise typer.BadParameter("name at least one Markdown file.")
    return [Path(name) for name in context.args]


def _with_server(name: str, arguments: list[str]) -> int:
    """Of a command that asks a server: its libraries are an extra."""
    try:
        command = import_module(f"app.commands.{name}")
    except ModuleNotFoundError as missing:
        if missing.name not in {"httpx2", "pydantic"}:
            raise
        typer.echo('This command needs more: pip install "plumbline[client]"', err=True)
        return 2
    return int(command.run(arguments))


@app.command(cls=Command, context_settings=_OWN_OPTIONS)
def check(context: typer.Context) -> None:
    """Check design documents; ends with 1 when there are errors, with 2 when a file cannot be read."""
    from app.commands import check as command

    raise typer.Exit(command.run(context.args))


@app.command(cls=Command, context_settings=_FILES, options_metavar="[RULE...]")
def rules(context: typer.Context) -> None:
    """List the rules of `check`, or show the page of one by its code or name."""
    from app.commands import rules as command

    raise typer.Exit(command.run(context.args))


@app.command(cls=Command, context_settings=_FILES, options_metavar="[--json] FILE...")
def show(
    context: typer.Context,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False,
) -> None:
    """Show what is understood of design documents."""
    files = _files(context)
    from app.commands import show as command

    raise typer.Exit(max(command.run(file, as_json=as_json) for file in files))


@app.command(cls=Command, context_settings=_OWN_OPTIONS)
def draw(context: typer.Context) -> None:
    """Draw a design document, as SVG or for other tools."""
    from app.commands import draw as command

    raise typer.Exit(command.run(context.args))


@app.command(cls=Command, context_settings=_OWN_OPTIONS)
def new(context: typer.Context) -> None:
    """Begin a document from a template."""
    from app.commands import new as command

    raise typer.Exit(command.run(context.args))


@app.command(cls=Command, context_settings=_OWN_OPTIONS)
def diff(context: typer.Context) -> None:
    """Show what changed between two documents; ends with 1 when they differ."""
    from app.commands import diff as command

    raise typer.Exit(command.run(context.args))


@app.command(cls=Command, context_settings=_OWN_OPTIONS)
def merge(context: typer.Context) -> None:
    """Merge two texts that come from one, by section; usable as git's merge driver."""
    from app.commands import merge as command

    raise typer.Exit(command.run(context.args))


@app.command(cls=Command, context_settings=_OWN_OPTIONS)
def login(context: typer.Context) -> None:
    """Sign in to a server, for the commands below."""
    raise typer.Exit(_with_server("login", context.args))


@app.command(cls=Command, context_settings=_OWN_OPTIONS)
def documents(context: typer.Context) -> None:
    """List documents of the server."""
    raise typer.Exit(_with_server("documents", context.args))


@app.command(cls=Command, context_settings=_OWN_OPTIONS)
def pull(context: typer.Context) -> None:
    """Write a document of the server to a file."""
    raise typer.Exit(_with_server("pull", context.args))


@app.command(cls=Command, context_settings=_OWN_OPTIONS)
def push(context: typer.Context) -> None:
    """Save a file on the server, as a revision of its document or as a new one."""
    raise typer.Exit(_with_server("push", context.args))


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "0.0.0.0",  # noqa: S104 -- a server
    port: Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)] = 3000,
) -> None:
    """Serve the workspace."""
    from app.commands import serve as command

    command.run(host, port)


@app.command()
def worker() -> None:
    """Do side work, such as sending mails, without the web server."""
    from app.core import measuring, settings

    measuring.share(settings.load())  # before anything imports what measures
    from app.commands import worker as command

    raise typer.Exit(command.run())


admin = typer.Typer(help="For whoever commands the server.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(admin, name="admin")


@admin.command()
def recover(
    email: Annotated[str, typer.Option(help="The owner's address; needed when there are several.")] = "",
    *,
    without_second_factor: Annotated[
        bool, typer.Option("--without-second-factor", help="Also turn off the second factor of the account.")
    ] = False,
) -> None:
    """Print a link, good once, for an owner who cannot get in; makes an owner where none can."""
    from app.commands import recover as command

    raise typer.Exit(command.run(email, without_second_factor=without_second_factor))


@app.command()
def doctor() -> None:
    """Look for gaps between documents and their revisions; ends with 1 when there are any."""
    from app.commands import doctor as command

    raise typer.Exit(command.run())


@app.command()
def backup(
    to: Annotated[Path, typer.Argument(help="Where to; nothing is written over.", metavar="FILE")],
) -> None:
    """Copy the SQLite database while the server goes on writing. PostgreSQL has pg_dump."""
    from app.commands import backup as command

    raise typer.Exit(command.run(to))


@app.command()
def demo() -> None:
    """Fill an empty database with people and documents to try things on (development only)."""
    from app.commands import demo as command

    raise typer.Exit(command.run())


def main() -> None:
    app()
