"""Coming in by a link that was mailed: asking for one, and what is sent with one."""

from enum import StrEnum

from pydantic import Field, SecretStr

from app.schemas.base import Command, View


class AskSignUp(Command):
    email: str = Field(max_length=400)


class AskReset(Command):
    email: str = Field(max_length=400)


class ChangeAddress(Command):
    email: str = Field(max_length=400)


class UseLink(Command):
    token: SecretStr = Field(max_length=200)


class SetPassword(UseLink):
    password: SecretStr = Field(max_length=4096)


class FinishSignUp(SetPassword):
    name: str = Field(max_length=400)


class ReadLink(UseLink):
    kind: str = Field(max_length=40)


class Standing(StrEnum):
    """How whoever opens a link stands to the account it is about."""

    unknown = "unknown"
    """There is no such account yet."""
    signed_out = "signed_out"
    signed_in = "signed_in"
    somebody_else = "somebody_else"


class LinkView(View):
    """What a link is about, for whoever holds it; the last three are of an invitation."""

    email: str
    standing: Standing
    inviter: str = ""
    space: str = ""
    role: str = ""
