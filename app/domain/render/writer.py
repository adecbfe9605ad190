"""The state of one rendering, and what stands inside its blocks: words, emphasis, code, links, images, inline HTML."""

from collections.abc import Callable, Sequence
from typing import Any

from app.domain.blocks import Event
from app.domain.model import Design
from app.domain.render.escape import words
from app.domain.render.links import Links
from app.domain.render.places import Places
from app.domain.render.raw_html import read_html

_TAGS = {
    "start": {"Emphasis": "<em>", "Strong": "<strong>", "Strikethrough": "<del>"},
    "end": {"Emphasis": "</em>", "Strong": "</strong>", "Strikethrough": "</del>"},
    "leaf": {"HardBreak": "<br>\n"},
}


class Writer:
    """Writes the text of a leaf. Adjacent texts are joined first: the parser cuts them at every special character."""

    def __init__(self, design: Design, places: Places) -> None:
        self.source, self.places = design.source, places
        self.links = Links(design.source)
        self.out: list[str] = []
        self.frames: list[list[str]] = [[]]  # the author's open tags, one list for each block around
        self.note_numbers: dict[str, int] = {}
        self._link_ends: list[str] = []
        self._images: list[str] = []
        self._alt: list[str] | None = None  # collects the text of an image
        self._special: dict[str, dict[str, Callable[[Any], None]]] = {
            "start": {"Link": self._start_link, "Image": self._start_image},
            "end": {"Link": self._end_link, "Image": self._end_image},
            "leaf": {
                "InlineHtml": self._inline_html,
                "FootnoteReference": self._footnote_reference,
                "TaskListMarker": self._task_list_marker,
            },
        }

    def phrases(self, events: Sequence[Event]) -> None:
        pieces: list[str] = []
        for phase, kind, data, _, _ in events:
            if kind == "Text":
                pieces.append(data)
                continue
            if kind == "SoftBreak":
                pieces.append("\n")
                continue
            if pieces:
                self._write("".join(pieces))
                pieces.clear()
            if kind == "Code":
                self._code(data)
            elif kind in (tags := _TAGS[phase]):
                self._add(tags[kind])
            else:
                self._special[phase][kind](data)
        if pieces:
            self._write("".join(pieces))

    def close(self, open_tags: list[str]) -> None:
        while open_tags:
            self.out.append(f"</{open_tags.pop()}>")

    def _write(self, said: str) -> None:
        if self._alt is not None:
            self._alt.append(said)
        elif "://" in said and not self._link_ends:
            self.out.append(self.links.with_addresses(said))
        else:
            self.out.append(words(said))

    def _add(self, html: str) -> None:
        """Not within an image's description, which is text only."""
        if self._alt is None:
            self.out.append(html)

    def _code(self, code: str) -> None:
        if self._alt is not None:
            self._alt.append(code)
        else:
            self.out.append(f"<code>{words(code)}</code>")

    def _start_link(self, data: dict[str, Any]) -> None:
        """A link inside a link cannot be; the inner one is text."""
        target, kind = data["dest_url"], data["link_type"]
        if kind == "Email":
            target = f"mailto:{target}"
        is_wiki = isinstance(kind, dict)
        opening = self.links.wiki(target) if is_wiki else self.links.opening(target, data["title"])
        if opening is None or any(self._link_ends) or "a" in self.frames[-1]:
            opening = ""
        self._link_ends.append("</a>" if opening else "")
        self._add(opening)

    def _end_link(self, _data: None) -> None:
        self._add(self._link_ends.pop())

    def _start_image(self, data: dict[str, Any]) -> None:
        self._images.append(data["dest_url"])
        if self._alt is None:
            self._alt = []

    def _end_image(self, _data: None) -> None:
        """Of images in an image's description only the text is left."""
        address = self._images.pop()
        if self._images or self._alt is None:
            return
        alt, self._alt = "".join(self._alt), None
        self._add(self.links.image(address, alt, in_link=any(self._link_ends)))

    def _footnote_reference(self, label: str) -> None:
        again = label in self.note_numbers
        number = self.note_numbers.setdefault(label, len(self.note_numbers) + 1)
        own = "" if again else f' id="fnref:{number}"'
        self._add(
            f'<sup><a{own} class="footnote-ref" href="#fn:{number}" aria-label="Footnote {number}">{number}</a></sup>'
        )

    def _inline_html(self, html: str) -> None:
        self._add(read_html(html, self.frames[-1], self.links, in_link=bool(self._link_ends)))

    def _task_list_marker(self, done: bool) -> None:
        state, label = (" checked", "Done") if done else ("", "Not done")
        self._add(f'<input type="checkbox" disabled{state} aria-label="{label}"> ')
