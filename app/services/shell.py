"""What the frame around every page shows of the actor's world."""

from app.schemas.identity import Actor
from app.schemas.shell import NavView
from app.services import spaces
from app.services.unit_of_work import reading


async def nav(actor: Actor) -> NavView:
    async with reading() as data:
        found = await spaces.readable(data, actor)
    return NavView(
        name=actor.name,
        initials=actor.initials,
        role=actor.role,
        documents=sum(space.documents for space in found),
        spaces=found,
    )
