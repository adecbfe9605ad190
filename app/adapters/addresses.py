"""Which IP addresses belong to the public internet, in whatever form they are written. Decides; resolves nothing.

IPv6 forms that carry an IPv4 address lead to that address somewhere, so both have to be public.
"""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})
# What `is_global` of some Pythons lets through: protocol assignments, the former 6to4 relays, the metadata service of
# one cloud, documentation. 2001::/23 holds Teredo, which is switched off everywhere and would carry two addresses.
_NOT_PUBLIC_4 = tuple(IPv4Network(one) for one in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32"))
_NOT_PUBLIC_6 = tuple(IPv6Network(one) for one in ("2001::/23", "2001:db8::/32", "3fff::/20"))


def is_public(text: str) -> bool:
    """Whether `text`, an address as the resolver gives it, is one of the public internet; False if it is no address."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return all(_is_public(one) for one in _meant(address))


def _meant(address: Address) -> Iterator[Address]:
    """The address itself, unless it only stands for an IPv4 one (mapped, NAT64), and each that it carries."""
    if isinstance(address, IPv4Address):
        yield address
        return
    last = IPv4Address(int(address) & 0xFFFFFFFF)
    if (address.ipv4_mapped or address in _NAT64) and address.scope_id is None:
        yield last
        return
    yield address
    if address.sixtofour:
        yield address.sixtofour
    if int(address) >> 32 & 0xFFFFFFFF in _ISATAP:
        yield last


def _is_public(address: Address) -> bool:
    if address.is_multicast or address.is_reserved or not address.is_global:
        return False
    if isinstance(address, IPv4Address):
        return not any(address in one for one in _NOT_PUBLIC_4)
    in_use = address in _GLOBAL_UNICAST and address.scope_id is None
    return in_use and not any(address in one for one in _NOT_PUBLIC_6)
