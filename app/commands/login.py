"""`plumbline login`: get a token of a server and keep it."""

import argparse
import getpass
import socket
import sys
from collections.abc import Sequence

import typer
from pydantic import SecretStr

from app.client import Client, Failure, SecondStepNeeded
from app.commands import connection
from app.commands.connection import Login, NotConnected
from app.domain.permissions import Scope
from app.schemas.factors import SecondStep
from app.schemas.identity import MakePersonalToken, SignIn

FINE, TROUBLE = 0, 2


def run(arguments: Sequence[str]) -> int:
    """Asks for address and password, or reads a token; what is kept is a personal token, never a password."""
    options = _options().parse_args(arguments)
    try:
        address = connection.accepted(options.address)
        token = sys.stdin.readline().strip() if options.token_stdin else _made(address, options)
        with Client(address, token) as client:
            person = client.me()
        place = connection.keep(Login(address, token))
    except (Failure, NotConnected) as problem:
        typer.echo(str(problem), err=True)
        return TROUBLE
    typer.echo(f"Signed in to {address} as {person.name}. The token is in {place}.")
    return FINE


def _made(address: str, options: argparse.Namespace) -> str:
    """A personal token for this machine; the session that it was made in is of no use any more."""
    email = options.email or input("E-mail address: ").strip()
    password = SecretStr(getpass.getpass("Password: "))
    with Client(address) as client:
        try:
            pair = client.sign_in(SignIn(email=email, password=password))
        except SecondStepNeeded as needed:
            code = SecretStr(getpass.getpass("Code of your second factor: ").strip())
            pair = client.second_step(SecondStep(ticket=SecretStr(needed.ticket), code=code))
    name = f"plumbline on {socket.gethostname()}"[:120]
    wanted = MakePersonalToken(name=name, scopes=frozenset({Scope.read, Scope.write}), days=options.days)
    with Client(address, pair.access_token) as client:
        made = client.make_token(wanted)
        client.sign_out()
    return made.secret


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="plumbline login",
        description="Sign in to a server. A personal token is made for this machine and kept in your configuration "
        "folder, where nobody else can read it; revoke it in your settings on the server.",
    )
    parser.add_argument("address", help="where you open it in a browser, as in https://plumbline.example.org")
    parser.add_argument("--email", default="", help="your address; asked for when it is left out")
    parser.add_argument(
        "--days", type=int, default=90, choices=range(1, 367), metavar="N", help="how long the token is good"
    )
    parser.add_argument("--token-stdin", action="store_true", help="read a token that you have from standard input")
    return parser
