"""Every space keeps somebody who maintains it, whichever way somebody's role in it is taken away."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from app.core.errors import Conflict
from app.services.unit_of_work import UnitOfWork


@asynccontextmanager
async def maintained(work: UnitOfWork, space_ids: Collection[str]) -> AsyncIterator[None]:
    """Around a change that must leave somebody who maintains each of these spaces; one that had nobody is no worse off.

    Two such changes to one space are done one after the other. Raises `Conflict`.
    """
    spaces = await work.spaces.hold(space_ids)
    had = [space for space in spaces if await work.members.has_maintainer(space.id)]
    yield
    for space in had:
        if not await work.members.has_maintainer(space.id):
            raise Conflict(f"Nobody would maintain {space.name} any more: make somebody else a maintainer first.")
