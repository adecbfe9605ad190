"""Who may join, and for how long links that are mailed are good."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from app.core.settings.kinds import Group, Rate, listed


def _domain(part: str) -> str:
    domain = part.removeprefix("@").casefold()
    if "." not in domain or "@" in domain:
        raise ValueError("must be domains, such as example.org")
    return domain


class Joining(Group):
    sign_up: bool = Field(
        default=False, description="Whether people may make accounts by themselves, with an address that they confirm"
    )
    sign_up_domains: Annotated[tuple[str, ...], *listed(_domain)] = Field(
        (), description="Domains of the addresses that may sign up, comma-separated; none: every address"
    )
    link_minutes: int = Field(60, ge=1, le=60, description="Life of a mailed link, other than an invitation")
    invitation_hours: int = Field(72, ge=1, le=720, description="Life of an invitation")
    rate_link: Rate = Field("5/hour", description="Links that are asked for one e-mail address")
    rate_link_address: Rate = Field("50/hour", description="Links that are asked for from one network address")

    @property
    def link_life(self) -> timedelta:
        return timedelta(minutes=self.link_minutes)

    @property
    def invitation_life(self) -> timedelta:
        return timedelta(hours=self.invitation_hours)
