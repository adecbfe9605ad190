"""Where the site stands: its environment, its address, and what stands in front of it."""

import ipaddress
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from app.core.settings.kinds import Environment, Group, listed


def _network(part: str) -> str:
    return str(ipaddress.ip_network(part))


class Site(Group):
    environment: Environment = Field(Environment.development, description="development, staging or production")
    public_url: str = Field(
        "http://localhost:3000", description="Where people reach the site; links and origin checks are made from it"
    )
    cdn: bool = Field(
        default=False, description="A CDN stands in front: it is told to keep nothing but the hashed assets"
    )
    trusted_proxies: Annotated[tuple[str, ...], *listed(_network)] = Field(
        (), description="Networks (CIDR, comma-separated) whose X-Forwarded-* headers are believed; none by default"
    )

    @field_validator("public_url")
    @classmethod
    def _plain_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ValueError("must be an http or https URL with a host")
        return value.rstrip("/")

    @property
    def is_production(self) -> bool:
        return self.environment is Environment.production

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")
