"""The state of one rendering: output, waiting text, the author's open tags. What a kind becomes stands elsewhere."""

import re
from collections.abc import Callable
from functools import cache

from app.domain.blocks import Event
from app.domain.model import Design
from app.domain.render.escape import text
from app.domain.render.links import Links
from app.domain.render.places import TOP, Places

Handler = Callable[[Event], None]
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


@cache
def _handler(phase: str, kind: str) -> str:
    """The name of the method for these events."""
    prefix = "on" if phase == "leaf" else f"on_{phase}"
    return f"{prefix}_{_CAPITAL.sub('_', kind).lower()}"


class Writer:
    """Walks the events and calls `on_start_…`, `on_end_…` and `on_…` of its subclasses for each kind.

    Adjacent texts are joined first, because the parser cuts them at every special character.
    """

    def __init__(self, design: Design, places: Places) -> None:
        self.source, self.places = design.source, places
        self.links = Links(design.source)
        self.out: list[str] = []
        self.at = 0  # the number of the event
        self.frames: list[list[str]] = [[]]  # the author's open tags, one list for each block around
        self.link_ends: list[str] = []
        self.alt: list[str] | None = None  # collects the text of an image
        self.code: list[str] | None = None  # collects the text of code and HTML blocks
        self.rest = enumerate(self.source.events)  # what is still to be walked, with the numbers of the events
        self._waiting: list[str] = []

    def walk(self) -> None:
        if bob := self.places.bob(TOP):
            self.out.append(f'<p id="L0" class="bob-line">{bob}</p>')
        handlers: dict[str, dict[str, Handler | None]] = {"start": {}, "end": {}, "leaf": {}}
        for at, event in self.rest:
            self.at = at
            if event.kind in ("Text", "Html"):
                (self._waiting if self.code is None else self.code).append(event.data)
                continue
            if self._waiting:
                self._flush()
            known = handlers[event.phase]
            if event.kind not in known:
                known[event.kind] = getattr(self, _handler(event.phase, event.kind), None)
            handler = known[event.kind]
            if handler:
                handler(event)
            elif event.phase == "leaf" and isinstance(event.data, str):
                self.add(text(event.data))
        if self._waiting:
            self._flush()
        self.close(self.frames[0])

    def add(self, html: str) -> None:
        """Writes, but not within an image's description, which is text only."""
        if self.alt is None:
            self.out.append(html)

    def mark(self, event: Event) -> str:
        """` data-line="…"`, and the id where this block is the first of its line."""
        place = self.places.by_event.get(self.at)
        if place:
            return f' id="{text(place.anchor)}" data-line="{place.line}"'
        return f' data-line="{self.source.line(event.start)}"'

    def open_block(self, event: Event, tag: str, css: str | None = None) -> None:
        self.frames.append([])
        shown = f' class="{text(css)}"' if css else ""
        self.out.append(f"<{tag}{shown}{self.mark(event)}>{self.places.bob(self.at)}")

    def close_block(self, tag: str) -> None:
        if open_tags := self.frames.pop():
            self.close(open_tags)
        self.out.append(f"</{tag}>\n")

    def close(self, open_tags: list[str]) -> None:
        while open_tags:
            self.out.append(f"</{open_tags.pop()}>")

    def _flush(self) -> None:
        value = "".join(self._waiting)
        self._waiting.clear()
        if self.alt is not None:
            self.alt.append(value)
        else:
            self.out.append(text(value) if self.link_ends else self.links.with_addresses(value))
