"""Finding the route of a request by the shape of its path, instead of trying one route after the other.

Only a shorter list to try: what is tried matches as FastAPI matches it, in the same order, and whatever this finds
nothing for, such as an unknown path or method, is left to FastAPI.
"""

from collections import defaultdict
from collections.abc import Iterable

from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

_Shape = tuple[int, tuple[str, ...]]
_FIRST = 3
"""So many segments of a path decide, as in `/api/v1/documents`."""


class Found(BaseRoute):
    """Stands before all other routes. A template with a parameter among its first segments is tried for every path of
    its length, and one whose parameter may hold a slash for every path.
    """

    def __init__(self, routes: Iterable[APIRoute]) -> None:
        by_shape: dict[_Shape, list[APIRoute]] = defaultdict(list)
        anywhere: dict[int | None, list[APIRoute]] = defaultdict(list, {None: []})
        ordered = list(routes)
        for route in ordered:
            parts = route.path.split("/")
            first = tuple(parts[1 : _FIRST + 1])
            if any(":" in part for part in parts):
                anywhere[None].append(route)
            elif any("{" in part for part in first):
                anywhere[len(parts)].append(route)
            else:
                by_shape[len(parts), first].append(route)
        self.place = {id(route): number for number, route in enumerate(ordered)}
        self.by_shape = {
            shape: self._in_order(found, anywhere[shape[0]], anywhere[None]) for shape, found in by_shape.items()
        }
        self.by_length = {length: self._in_order(found, anywhere[None]) for length, found in [*anywhere.items()]}

    def _in_order(self, *found: list[APIRoute]) -> list[APIRoute]:
        """Without repeats, as they were given."""
        return sorted({id(route): route for some in found for route in some}.values(), key=lambda r: self.place[id(r)])

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] == "http":
            for route in self._candidates(scope["path"].split("/")):
                match, child = route.matches(scope)
                if match is Match.FULL:
                    return match, child
        return Match.NONE, {}

    def _candidates(self, parts: list[str]) -> list[APIRoute]:
        length = len(parts)
        found = self.by_shape.get((length, tuple(parts[1 : _FIRST + 1])))
        return found if found is not None else self.by_length.get(length, self.by_length[None])

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope["route"].handle(scope, receive, send)
