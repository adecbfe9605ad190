"""All spaces of the site, for those who look after them: who answers for each, and how much is in it."""

from app.domain.permissions import Permission
from app.schemas.identity import Actor
from app.schemas.listing import Listed
from app.schemas.site_spaces import FindSpaces, SiteSpaceView, SpaceState
from app.services import authorize
from app.services.unit_of_work import reading


async def find(actor: Actor, query: FindSpaces) -> Listed[SiteSpaceView]:
    """By key. Looking after a space is not reading it: of its documents there is a number and no more."""
    async with reading() as data:
        await authorize.require_on_site(data, actor, Permission.space_oversee)
        part = await data.site_spaces.find(query)
        names = await data.site_spaces.maintainers([row[0].id for row in part.rows])
    items = tuple(
        SiteSpaceView(
            id=space.id,
            key=space.key,
            name=space.name,
            visibility=space.visibility,
            state=SpaceState.archived if space.archived_at else SpaceState.used,
            documents=documents,
            people=people,
            groups=groups,
            maintainers=tuple(names.get(space.id, ())),
            created_at=space.created_at,
        )
        for space, documents, people, groups in part.rows
    )
    return Listed(items=items, next_cursor=part.next_cursor, total=part.total, is_cut=part.is_cut)
