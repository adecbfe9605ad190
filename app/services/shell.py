"""What the frame around every page shows of the actor's world."""

from pydantic import TypeAdapter

from app.core import answers
from app.schemas.identity import Actor
from app.schemas.shell import NavView
from app.services import spaces
from app.services.unit_of_work import reading

_NAV = answers.Question(
    "nav", ("user", "space", "space+", "space_member", "space_member+", "document", "document+"), TypeAdapter(NavView)
)


async def nav(actor: Actor) -> NavView:
    found = await answers.ask(_NAV, actor.user_id, lambda: _nav(actor))
    assert found is not None
    return found


async def _nav(actor: Actor) -> NavView:
    async with reading() as data:
        found = await spaces.readable(data, actor)
    return NavView(
        name=actor.name,
        initials=actor.initials,
        role=actor.role,
        documents=sum(space.documents for space in found),
        spaces=found,
    )
