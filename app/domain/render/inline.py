"""What stands inside a block: emphasis, code, links, images, breaks, footnote marks, inline HTML."""

from app.domain.blocks import Event
from app.domain.model import Design
from app.domain.render.escape import text
from app.domain.render.places import Places
from app.domain.render.raw_html import read_html
from app.domain.render.writer import Writer


class InlineWriter(Writer):
    """Handlers of the inline kinds."""

    def __init__(self, design: Design, places: Places) -> None:
        super().__init__(design, places)
        self.note_numbers: dict[str, int] = {}
        self._images: list[str] = []

    def on_start_emphasis(self, _event: Event) -> None:
        self.add("<em>")

    def on_end_emphasis(self, _event: Event) -> None:
        self.add("</em>")

    def on_start_strong(self, _event: Event) -> None:
        self.add("<strong>")

    def on_end_strong(self, _event: Event) -> None:
        self.add("</strong>")

    def on_start_strikethrough(self, _event: Event) -> None:
        self.add("<del>")

    def on_end_strikethrough(self, _event: Event) -> None:
        self.add("</del>")

    def on_code(self, event: Event) -> None:
        if self.alt is not None:
            self.alt.append(event.data)
        self.add(f"<code>{text(event.data)}</code>")

    def on_soft_break(self, _event: Event) -> None:
        self.add("\n")

    def on_hard_break(self, _event: Event) -> None:
        self.add("<br>\n")

    def on_start_link(self, event: Event) -> None:
        """A link inside a link cannot be; the inner one is text."""
        target, kind = event.data["dest_url"], event.data["link_type"]
        if kind == "Email":
            target = f"mailto:{target}"
        is_wiki = isinstance(kind, dict)
        opening = self.links.wiki(target) if is_wiki else self.links.opening(target, event.data["title"])
        if opening is None or any(self.link_ends) or "a" in self.frames[-1]:
            opening = ""
        self.link_ends.append("</a>" if opening else "")
        self.add(opening)

    def on_end_link(self, _event: Event) -> None:
        self.add(self.link_ends.pop())

    def on_start_image(self, event: Event) -> None:
        self._images.append(event.data["dest_url"])
        if self.alt is None:
            self.alt = []

    def on_end_image(self, _event: Event) -> None:
        """Of images in an image's description only the text is left."""
        address = self._images.pop()
        if self._images or self.alt is None:
            return
        alt, self.alt = "".join(self.alt), None
        self.add(self.links.image(address, alt, in_link=any(self.link_ends)))

    def on_footnote_reference(self, event: Event) -> None:
        again = event.data in self.note_numbers
        number = self.note_numbers.setdefault(event.data, len(self.note_numbers) + 1)
        own = "" if again else f' id="fnref:{number}"'
        self.add(
            f'<sup><a{own} class="footnote-ref" href="#fn:{number}" aria-label="Footnote {number}">{number}</a></sup>'
        )

    def on_inline_html(self, event: Event) -> None:
        self.add(read_html(event.data, self.frames[-1], self.links, in_link=bool(self.link_ends)))

    def on_task_list_marker(self, event: Event) -> None:
        state, label = (" checked", "Done") if event.data else ("", "Not done")
        self.add(f'<input type="checkbox" disabled{state} aria-label="{label}"> ')
