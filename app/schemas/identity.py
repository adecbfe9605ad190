"""Who is calling, and how somebody becomes known. Secrets are `SecretStr`, so that no log or repr shows them."""

from datetime import datetime

from pydantic import SecretStr

from app.domain.permissions import SiteRole
from app.schemas.base import Command, View


class Actor(View):
    """The person behind a request or an event, read from the database each time; never built from what they sent."""

    user_id: str
    name: str
    email: str
    role: SiteRole
    session_id: str
    initials: str


class SessionView(View):
    id: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    user_agent: str
    address: str
    is_current: bool


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
