"""Links that work once: made, read, spent. What each kind is good for stands with its use case.

The secret is in the link and nowhere else. It stands behind `#`, which no browser sends, so that no log of anybody
holds it; only a form that a person sends spends it (docs/decisions/0012).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from types import MappingProxyType

from app.core import clock, ids
from app.core.errors import InvalidCredentials
from app.core.settings import settings
from app.services.unit_of_work import Reading, UnitOfWork
from models import Link, LinkKind

PAGES: Mapping[LinkKind, str] = MappingProxyType(
    {
        LinkKind.sign_up: "/sign-up/finish",
        LinkKind.reset: "/reset/new",
        LinkKind.address: "/confirm",
        LinkKind.invitation: "/invitation",
    }
)


@dataclass(frozen=True, slots=True)
class Made:
    """`url` is shown or mailed now, or never."""

    id: str
    url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Terms:
    """What is stored with a link besides its address, by the columns of `Link`."""

    user_id: str | None = None
    role: str | None = None
    space_id: str | None = None
    space_role: str | None = None
    made_by: str | None = None


async def make(work: UnitOfWork, kind: LinkKind, email: str, terms: Terms = Terms()) -> Made:
    """A new link, which ends earlier ones of its kind for the same account, or address and space."""
    secret, now = ids.new_secret(), clock.now()
    ends = now + (settings().invitation_life if kind is LinkKind.invitation else settings().link_life)
    await work.links.end_for(kind, email, terms.space_id)
    if terms.user_id:
        await work.links.end_of(terms.user_id, kind)
    await work.links.forget(now)
    link = Link(kind=kind, digest=ids.digest(secret), email=email, created_at=now, expires_at=ends, **asdict(terms))
    await work.links.add(link)
    return Made(link.id, f"{settings().public_url}{PAGES[kind]}#token={secret}", ends)


async def opened(data: Reading, kind: LinkKind, secret: str) -> Link:
    """What the link says; it stays open. Raises `InvalidCredentials` when it is no good."""
    link = await data.links.open(kind, ids.digest(secret), clock.now())
    if link is None:
        raise _used_up()
    return link


async def spend(work: UnitOfWork, kind: LinkKind, secret: str) -> Link:
    """The same, for exactly one caller, ever."""
    return await _spent(work, await opened(work, kind, secret))


async def spend_opened(work: UnitOfWork, kind: LinkKind, link_id: str) -> Link:
    """The same for whoever opened it before, and had to go elsewhere in between."""
    link = await work.links.still_open(kind, link_id, clock.now())
    if link is None:
        raise _used_up()
    return await _spent(work, link)


async def _spent(work: UnitOfWork, link: Link) -> Link:
    if not await work.links.spend(link.id):
        raise _used_up()
    return link


def _used_up() -> InvalidCredentials:
    return InvalidCredentials("This link was used, has expired, or was replaced by a newer one: ask for another.")
