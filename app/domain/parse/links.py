"""Links and images as they stand in the text."""

from app.domain.blocks import Event
from app.domain.model import Link
from app.domain.parse.inlines import plain
from app.domain.source import Source


def read_links(source: Source) -> tuple[Link, ...]:
    """In the order in which they end; an image in a link gives both."""
    found: list[Link] = []
    around: list[tuple[str, list[Event]]] = []  # the links that are open: where they lead, and what is in them
    for event in (event for text in source.rich for event in text):
        phase, kind, data, start, end = event
        if kind != "Link" and kind != "Image":
            if around:
                around[-1][1].append(event)
        elif phase == "start":
            around.append((data["dest_url"], []))
        else:
            target, inside = around.pop()
            found.append(Link(target, plain(inside), kind == "Image", source.span(start, end)))
    return tuple(found)
