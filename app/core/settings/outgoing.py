"""Whom the server may call by HTTP, besides everybody on the public internet."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field

from app.core.settings.kinds import Group, listed


def host_and_port(part: str) -> str:
    """`host:port` as calls are compared with it; raises `ValueError` for anything else."""
    try:
        parts = urlsplit(f"//{part}")
        host, port = parts.hostname, parts.port
        host = host if host is None or ":" in host else host.encode("idna").decode()
    except (ValueError, UnicodeError):
        raise ValueError("each must be host:port") from None
    if not host or not port or parts.netloc != part or parts.username is not None or "*" in host:
        raise ValueError("each must be host:port, such as sso.example.org:443")
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


class Outgoing(Group):
    allowed_outgoing_hosts: Annotated[tuple[str, ...], *listed(host_and_port)] = Field(
        (), description="host:port, comma-separated, that may be called although their addresses are not public"
    )
