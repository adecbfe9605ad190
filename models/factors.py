"""What proves a person beside their password: an app's one-time codes, recovery codes, passkeys."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, BigInteger, Column
from sqlmodel import Field

from app.core import clock, ids
from models.types import Table, UtcTime, Word


class OneTimeSecret(Table, table=True):
    """The secret that a person's app makes codes from, sealed. It counts from `confirmed_at` on; a code of
    `last_step` or before was used and is worth nothing.
    """

    __tablename__ = "one_time_secret"

    user_id: str = Field(foreign_key="user.id", primary_key=True, max_length=32)
    sealed: str = Field(max_length=400)
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    last_step: int = 0


class RecoveryCode(Table, table=True):
    """Good once in place of a one-time code."""

    __tablename__ = "recovery_code"

    digest: str = Field(primary_key=True, max_length=64)
    user_id: str = Field(foreign_key="user.id", index=True, max_length=32)
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Passkey(Table, table=True):
    """A public key of an authenticator (WebAuthn). `credential_id` and `public_key` are base64url."""

    __tablename__ = "passkey"

    id: str = Field(default_factory=ids.new_id, primary_key=True, max_length=32)
    user_id: str = Field(foreign_key="user.id", index=True, max_length=32)
    credential_id: str = Field(max_length=1400, unique=True)
    public_key: str = Field(max_length=2000)
    sign_count: int = Field(default=0, sa_type=BigInteger)
    name: str = Field(max_length=120)
    transports: list[str] = Field(sa_column=Column(JSON, nullable=False))
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcTime)
    last_used_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Step(StrEnum):
    """What a begun proof is for."""

    second_factor = "second_factor"
    passkey_sign_in = "passkey_sign_in"
    passkey_new = "passkey_new"


class Proof(Table, table=True):
    """A proof that was begun and is good once, for minutes. `challenge` is what an authenticator signs; `user_id` is
    empty when a passkey is to say who it is.
    """

    __tablename__ = "proof"

    digest: str = Field(primary_key=True, max_length=64)
    step: Step = Field(sa_column=Column(Word(Step), nullable=False))
    user_id: str | None = Field(default=None, foreign_key="user.id", index=True, max_length=32)
    challenge: str = Field(default="", max_length=100)
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime, index=True)
    tries: int = 0
    used_at: datetime | None = Field(default=None, sa_type=UtcTime)
