"""Links and images as they stand in the text."""

from app.domain.blocks import Event
from app.domain.model import Link
from app.domain.parse.inlines import plain
from app.domain.source import Source


def read_links(source: Source) -> tuple[Link, ...]:
    """In the order in which they end; an image in a link gives both."""
    found: list[Link] = []
    open_links: list[tuple[Event, list[Event]]] = []
    for event in source.events:
        kind = event[1]  # every event of a text comes by here
        if kind == "Link" or kind == "Image":
            if event.phase == "start":
                open_links.append((event, []))
                continue
            start, inside = open_links.pop()
            target = str(start.data["dest_url"])
            found.append(Link(target, plain(inside), start.kind == "Image", source.span(start.start, start.end)))
        elif open_links:
            open_links[-1][1].append(event)
    return tuple(found)
