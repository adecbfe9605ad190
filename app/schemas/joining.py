"""Coming in by a link that was mailed: asking for one, and what is sent with one."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field, SecretStr

from app.domain.permissions import SiteRole
from app.schemas.base import Command, View
from app.schemas.providers import ProviderView


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


class AcceptInvitation(FinishSignUp):
    """By somebody who has no account yet."""


class MakeInvitation(Command):
    """`role` is on the site; `space` (its key) and `space_role` go together. The link is mailed to `email`."""

    email: str = Field(max_length=400)
    role: SiteRole = SiteRole.member
    space: str | None = Field(None, max_length=10)
    space_role: str | None = Field(None, max_length=32)


class LinkMade(View):
    """`link` is shown here and never again."""

    email: str
    link: str
    expires_at: datetime


class InvitationMade(LinkMade):
    id: str


class InvitationView(View):
    """An invitation that waits; `space` is a key, or empty like `space_role`."""

    id: str
    email: str
    role: str
    space: str
    space_role: str
    inviter: str
    created_at: datetime
    expires_at: datetime


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
    """What a link is about, for whoever holds it; `words` are the sentence of an invitation, `providers` those through
    which somebody new can accept it.
    """

    email: str
    standing: Standing
    words: str = ""
    providers: tuple[ProviderView, ...] = ()
