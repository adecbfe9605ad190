"""Everybody's personal access tokens, for those who run the site. A person's own are `personal_tokens`."""

from app.core import clock
from app.domain.permissions import Permission
from app.schemas.identity import Actor
from app.schemas.listing import Listed
from app.schemas.tokens import FindTokens, IssuedTokenView
from app.services import authorize
from app.services.access_events import TokenWithdrawn
from app.services.unit_of_work import reading, unit_of_work
from models import PersonalToken, User


async def find(actor: Actor, query: FindTokens) -> Listed[IssuedTokenView]:
    """The last made first; those that are good."""
    async with reading() as data:
        await authorize.require_on_site(data, actor, Permission.token_read)
        part = await data.issued_tokens.find(query, clock.now())
    items = tuple(_view(token, user) for token, user in part.rows)
    return Listed(items=items, next_cursor=part.next_cursor, total=part.total, is_cut=part.is_cut)


async def revoke(actor: Actor, token_id: str) -> None:
    """At once, whoever's it is. Raises `NotFound` for what is no good token."""
    async with unit_of_work() as work:
        await authorize.require_on_site(work, actor, Permission.token_revoke)
        owner = await work.issued_tokens.owner(token_id)
        if owner is None or not await work.tokens.revoke(owner, token_id, clock.now()):
            raise authorize.absent("token")
        work.record(TokenWithdrawn(actor_id=actor.user_id, object_id=token_id, details={"user_id": owner}))


def _view(token: PersonalToken, user: User) -> IssuedTokenView:
    return IssuedTokenView(
        id=token.id,
        user_id=user.id,
        person=user.name,
        email=user.email,
        name=token.name,
        scopes=tuple(token.scopes),
        created_at=token.created_at,
        expires_at=token.expires_at,
        last_used_at=token.last_used_at,
    )
