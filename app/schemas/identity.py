"""Who is calling, and how somebody becomes known. Secrets are `SecretStr`, so that no log or repr shows them."""

from datetime import datetime

from pydantic import Field, SecretStr, field_serializer

from app.domain.permissions import Scope, SiteRole
from app.schemas.base import Command, View


class Viewer(View):
    """Whoever asks to see something: an `Actor`, or somebody unknown, who has no `user_id`.

    `links` are the digests of the share links that they came by, `scopes` the limits of a personal access token.
    """

    user_id: str = ""
    links: frozenset[str] = Field(frozenset(), exclude=True)
    scopes: frozenset[Scope] | None = Field(None, exclude=True)


class Actor(Viewer):
    """The person behind a request or an event, read from the database each time; never built from what they sent.

    A personal access token has `scopes` and no session; a person who signed in has no such limit, and
    `authenticated_at` is when they last proved who they are. What they may do is not here: it is asked of the database
    together with what it is to be done to.
    """

    user_id: str
    name: str
    email: str
    role: SiteRole
    session_id: str
    initials: str
    authenticated_at: datetime | None = Field(None, exclude=True)


class ProfileView(View):
    """What a person sees of their own account."""

    name: str
    email: str
    has_password: bool


class ChangeProfile(Command):
    name: str = Field(max_length=400)


class SessionView(View):
    id: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    user_agent: str
    device: str
    address: str
    client: str
    is_current: bool


class TokenPair(View):
    """For a program: the access token goes into `Authorization: Bearer`, the refresh token is good once."""

    access_token: str
    refresh_token: str
    token_type: str = "Bearer"  # noqa: S105 -- RFC 6750's word
    expires_in: int


class PersonalTokenView(View):
    id: str
    name: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


class NewPersonalToken(View):
    """`secret` is shown here and never again."""

    token: PersonalTokenView
    secret: str


class MakePersonalToken(Command):
    name: str = Field(max_length=120)
    scopes: frozenset[Scope] = Field(min_length=1)
    days: int = Field(90, ge=1, le=366)

    @field_serializer("scopes")
    def _in_order(self, scopes: frozenset[Scope]) -> list[Scope]:
        """A set has no order of its own, and the same request reads the same in every process."""
        return sorted(scopes)


class Refresh(Command):
    refresh_token: SecretStr = Field(max_length=200)


class ChangePassword(Command):
    current: SecretStr = Field(max_length=4096)
    new: SecretStr = Field(max_length=4096)


class Confirm(Command):
    """Proof that whoever holds the session is still its person."""

    password: SecretStr = Field(max_length=4096)


class SignIn(Command):
    email: str
    password: SecretStr


class SetUpOwner(Command):
    """The first account. `sample` asks for the sample space, otherwise an empty space is made."""

    token: SecretStr
    name: str
    email: str
    password: SecretStr
    sample: bool = True
