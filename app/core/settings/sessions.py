"""Who gets in and for how long: the signing secret, lives of sessions and tokens, cost of a password hash."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field, SecretStr

from app.core.settings.kinds import Group, listed


class Sessions(Group):
    secret_key: SecretStr | None = Field(
        None, description="At least 32 random bytes; outside production one is made in the data folder"
    )
    previous_secret_keys: Annotated[tuple[SecretStr, ...], *listed()] = Field(
        (), description="Secrets replaced lately, comma-separated: tokens signed with them stay good"
    )
    session_idle_hours: int = Field(12, ge=1, le=24 * 30, description="A session ends after this time without use")
    session_absolute_days: int = Field(30, ge=1, le=365, description="A session ends after this time in any case")
    reauthentication_minutes: int = Field(
        10, ge=1, le=60, description="What concerns the account itself asks for a password proved within this time"
    )
    access_token_minutes: int = Field(15, ge=1, le=30, description="Life of an access token of the API")
    refresh_grace_seconds: int = Field(
        10, ge=0, le=60, description="A refresh token shown again within this time gets the same answer again"
    )
    setup_link_hours: int = Field(24, ge=1, le=168, description="Life of the one-time setup link")
    argon2_memory_kib: int = Field(19_456, ge=19_456, description="Memory of one password hash (Argon2id)")
    argon2_time_cost: int = Field(2, ge=2, description="Passes of one password hash (Argon2id)")
    argon2_at_once: int = Field(
        0, ge=0, le=64, description="Password hashes made at once, per process; 0: half as many as there are cores"
    )
    argon2_parallelism: int = Field(1, ge=1, le=16, description="Lanes of one password hash (Argon2id)")

    @property
    def session_idle_life(self) -> timedelta:
        return timedelta(hours=self.session_idle_hours)

    @property
    def session_absolute_life(self) -> timedelta:
        return timedelta(days=self.session_absolute_days)

    @property
    def reauthentication_life(self) -> timedelta:
        return timedelta(minutes=self.reauthentication_minutes)

    @property
    def access_token_life(self) -> timedelta:
        return timedelta(minutes=self.access_token_minutes)

    @property
    def refresh_grace(self) -> timedelta:
        return timedelta(seconds=self.refresh_grace_seconds)

    @property
    def setup_link_life(self) -> timedelta:
        return timedelta(hours=self.setup_link_hours)
