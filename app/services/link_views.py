"""What a link is about, for whoever holds it: looking at it does not spend it."""

from app.core.errors import Invalid
from app.schemas.identity import Actor
from app.schemas.joining import LinkView, ReadLink, Standing
from app.services import identities, links
from app.services.unit_of_work import Reading, reading
from models import Link, LinkKind, User


async def read(command: ReadLink, asker: Actor | None) -> LinkView:
    """Raises `InvalidCredentials` when the link is no good."""
    try:
        kind = LinkKind(command.kind)
    except ValueError:
        raise Invalid("There is no such kind of link.", details={"field": "kind"}) from None
    async with reading() as data:
        link = await links.opened(data, kind, command.token.get_secret_value())
        return await _view(data, link, asker)


async def _view(data: Reading, link: Link, asker: Actor | None) -> LinkView:
    user = await (data.users.get(link.user_id) if link.user_id else data.users.by_email(link.email))
    standing = _standing(user, asker)
    if link.kind is not LinkKind.invitation:
        return LinkView(email=link.email, standing=standing)
    offered = identities.offered() if standing is Standing.unknown else ()
    return LinkView(email=link.email, standing=standing, words=await _words(data, link), providers=offered)


async def _words(data: Reading, link: Link) -> str:
    inviter = await data.users.get(link.made_by) if link.made_by else None
    space = await data.spaces.get(link.space_id) if link.space_id else None
    key = (link.space_role if space else link.role) or ""
    role = (await data.standings.roles(key)).get(key)
    beginning = f"{inviter.name} invites you" if inviter else "You are invited"
    return f"{beginning} to {f'the space {space.name}' if space else 'Plumbline'}{f' as {role.name}' if role else ''}."


def _standing(user: User | None, asker: Actor | None) -> Standing:
    if asker is not None and (user is None or user.id != asker.user_id):
        return Standing.somebody_else
    if asker is not None:
        return Standing.signed_in
    return Standing.unknown if user is None else Standing.signed_out
