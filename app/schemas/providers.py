"""Signing in through providers: what is shown of them, and what can come of a visit there."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field, SecretStr

from app.schemas.base import Command, View


class Trouble(StrEnum):
    """Why a visit to a provider came to nothing; a word that may stand in an address."""

    away = "away"
    refused = "refused"
    cancelled = "cancelled"
    stale = "stale"
    unconfirmed = "unconfirmed"
    foreign = "foreign"
    no_account = "no-account"
    link_required = "link-required"
    closed = "closed"
    taken = "taken"
    somebody_else = "somebody-else"
    too_late = "too-late"
    has_account = "has-account"
    invitation_ended = "invitation-ended"
    not_given = "not-given"


class ProviderView(View):
    name: str
    label: str


class IdentityView(View):
    """`may_unlink` is false for the last way into the account."""

    id: str
    provider: str
    label: str
    email: str
    created_at: datetime
    last_used_at: datetime
    may_unlink: bool


class IdentitiesView(View):
    """What is linked, and which providers could be."""

    identities: tuple[IdentityView, ...]
    providers: tuple[ProviderView, ...]
    has_password: bool


class ComeBack(Command):
    """What a browser brings back from a provider; `browser` is the secret that it was given when it left."""

    provider: str = Field(max_length=40)
    browser: SecretStr
    state: SecretStr
    code: SecretStr
    issuer: str | None = Field(None, max_length=300)
    error: str = Field("", max_length=100)


class Left(View):
    """Where the browser goes, and the secret that it keeps until it is back."""

    url: str
    browser: SecretStr


class Arrived(View):
    """Where it goes on: with the `secret` of a new session, with the `ticket` of the second step, or as before."""

    location: str
    secret: SecretStr | None = None
    ticket: SecretStr | None = None
