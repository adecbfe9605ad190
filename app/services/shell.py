"""What the frame around every page shows of the actor's world."""

from app.schemas.identity import Actor
from app.schemas.shell import NavView
from app.services import spaces
from app.services.unit_of_work import reading


async def nav(actor: Actor) -> NavView:
    """The spaces are those that the actor holds a role in; those that are open besides stand in the list of spaces."""
    async with reading() as data:
        found = await data.spaces.readable_by(actor)
        documents = await data.documents.count(actor)
    return NavView(
        name=actor.name,
        initials=actor.initials,
        role=actor.role,
        documents=documents,
        spaces=tuple(spaces.view_of(seen) for seen in found if seen.roles),
    )
