"""Second factors and passkeys: what is asked, and what is shown. Secrets are shown once."""

from datetime import datetime
from typing import Any

from pydantic import Field, SecretStr

from app.schemas.base import Command, View


class SecondFactorView(View):
    """`since` is empty while signing in asks for a password only."""

    since: datetime | None
    recovery_codes_left: int


class NewSecondFactor(View):
    """For the authenticator app: `uri` as a link, `picture` as an SVG to scan, `secret` to type. Not yet in force."""

    secret: str
    uri: str
    picture: str


class RecoveryCodes(View):
    """Shown here and never again; each is good once."""

    codes: tuple[str, ...]


class PasskeyView(View):
    id: str
    name: str
    created_at: datetime
    last_used_at: datetime | None


class Ceremony(View):
    """`options` for `navigator.credentials`, as JSON (WebAuthn level 3)."""

    options: dict[str, Any]


class TypedCode(Command):
    code: SecretStr = Field(max_length=100)


class SecondStep(Command):
    """`ticket` is what signing in with a password gave; `code` of the app, or a recovery code."""

    ticket: SecretStr = Field(max_length=100)
    code: SecretStr = Field(max_length=100)


class PasskeyAnswer(Command):
    """What the authenticator said, as `PublicKeyCredential.toJSON()` gives it."""

    credential: dict[str, Any]


class AddPasskey(PasskeyAnswer):
    name: str = Field("", max_length=120)
