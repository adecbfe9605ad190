"""What the frame around every page shows of the actor's world."""

from pydantic import TypeAdapter

from app.core import answers, ids
from app.domain.permissions import Permission
from app.schemas.identity import Actor
from app.schemas.shell import NavView
from app.services import spaces
from app.services.unit_of_work import reading

_TABLES = (
    "space",
    "document",
    "space_member",
    "space_group",
    "user_group",
    "group_member",
    "document_member",
    "custom_role",
)
_NAV = answers.Question(
    "nav", ("user", "share_link", *(word for table in _TABLES for word in (table, f"{table}+"))), TypeAdapter(NavView)
)


async def nav(actor: Actor) -> NavView:
    """The spaces are those that the actor holds a role in; those that are open besides stand in the list of spaces."""
    key = ids.digest("\n".join((actor.user_id, *sorted(actor.links))))
    found = await answers.ask(_NAV, key, lambda: _nav(actor))
    assert found is not None
    return found


async def _nav(actor: Actor) -> NavView:
    async with reading() as data:
        found = await data.spaces.readable_by(actor)
        documents = await data.catalogue.count(actor)
        site = (await data.standings.site(actor)).rights.permissions
    return NavView(
        name=actor.name,
        initials=actor.initials,
        role=actor.role,
        documents=documents,
        spaces=tuple(spaces.view_of(seen) for seen in found if seen.roles),
        site=site,
    )


async def permissions(actor: Actor) -> frozenset[Permission]:
    """What the actor may do on the site as a whole."""
    async with reading() as data:
        return (await data.standings.site(actor)).rights.permissions
