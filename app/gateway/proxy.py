"""Who is really calling: X-Forwarded-* are believed only from the networks in `trusted_proxies`.

The address is the last X-Forwarded-For entry that no trusted proxy wrote, read from the right; the scheme and host are
those the nearest trusted proxy names.
"""

import ipaddress
from collections.abc import Sequence
from functools import lru_cache

from app.gateway.asgi import Scope, header, joined
from app.gateway.context import Caller

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@lru_cache(maxsize=16)
def networks(cidrs: Sequence[str]) -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(cidr) for cidr in cidrs)


def identify(scope: Scope, trusted: Sequence[str]) -> Caller:
    """Fill in address, scheme, host and user agent of a new caller."""
    peer = (scope.get("client") or ("", 0))[0]
    scheme = "https" if scope["scheme"] in {"https", "wss"} else "http"
    caller = Caller(address=peer, scheme=scheme, host=header(scope, b"host"))
    caller.user_agent = header(scope, b"user-agent")[:256]
    if trusted and _trusted(peer, networks(tuple(trusted))):
        caller.address = _client(joined(scope, b"x-forwarded-for"), peer, networks(tuple(trusted)))
        forwarded_scheme = joined(scope, b"x-forwarded-proto").rpartition(",")[2].strip().lower()
        caller.scheme = forwarded_scheme if forwarded_scheme in {"http", "https"} else caller.scheme
        caller.host = joined(scope, b"x-forwarded-host").rpartition(",")[2].strip() or caller.host
    return caller


def _client(forwarded_for: str, peer: str, trusted: Sequence[Network]) -> str:
    entries = [entry.strip() for entry in forwarded_for.split(",") if entry.strip()]
    for entry in reversed(entries):
        if not _is_address(entry):
            return peer
        if not _trusted(entry, trusted):
            return entry
        peer = entry
    return peer


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _trusted(address: str, trusted: Sequence[Network]) -> bool:
    return _is_address(address) and any(ipaddress.ip_address(address) in network for network in trusted)
