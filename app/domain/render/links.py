"""Links, images and bare addresses: what they become so that nothing foreign is loaded and no anchor is missed."""

import re

from app.domain.render.escape import host_of, is_remote, safe_address, text, words
from app.domain.source import Source

# Before the ids that the author gives in HTML, so that none can be one of ours.
ID_PREFIX = "user-content-"
_BARE = re.compile(r"\bhttps?://[^\s<>\"'`]+", re.IGNORECASE)
_NUMBER = re.compile(r"[A-Z][A-Z0-9]{1,9}-[1-9]\d{0,8}\Z")
_TRAILING = frozenset(".,;:!?*_~]")


class Links:
    """Knows the anchors of one text."""

    def __init__(self, source: Source) -> None:
        self._anchors = frozenset(source.anchors.values())
        self._html_ids = source.html_ids

    def attributes(self, address: str) -> str:
        """The attributes of a link to an address that is allowed."""
        if address.startswith("#"):
            return f' href="#{text(self._fragment(address[1:]))}"'
        return f' href="{text(address)}"' + (' rel="noopener nofollow"' if is_remote(address) else "")

    def opening(self, address: str, title: str) -> str | None:
        """The start tag of a link, or None where its address is refused and only its text is shown."""
        allowed = safe_address(address)
        if not allowed:
            return None
        named = f' title="{text(title)}"' if title else ""
        return f"<a{self.attributes(allowed)}{named}>"

    def wiki(self, target: str) -> str | None:
        """`[[KEY-12]]` leads to that document; other wiki links are text."""
        return f'<a href="/d/{target}">' if _NUMBER.match(target) else None

    def image(self, address: str, alt: str, *, in_link: bool = False) -> str:
        """Never an image: a link to the remote one, or the name of one that is not here."""
        shown = text(alt or "Image")
        allowed = safe_address(address)
        if in_link or not allowed or not is_remote(allowed):
            return f'<span class="local-image">{shown}</span>'
        where = f'{self.attributes(allowed)} class="remote-image"'
        return f'<a{where}>{shown} <span class="host">{text(host_of(allowed))}</span></a>'

    def with_addresses(self, value: str) -> str:
        """Escaped text in which bare addresses are links."""
        pieces, done = [], 0
        for match in _BARE.finditer(value):
            address = _trimmed(match[0])
            opening = self.opening(address, "")
            if opening is None or address.endswith("//"):
                continue
            end = match.start() + len(address)
            pieces.append(f"{words(value[done : match.start()])}{opening}{words(address)}</a>")
            done = end
        return "".join(pieces) + words(value[done:])

    def _fragment(self, fragment: str) -> str:
        if fragment not in self._anchors and fragment in self._html_ids:
            return ID_PREFIX + fragment
        lower = fragment.lower()
        return lower if fragment not in self._anchors and lower in self._anchors else fragment


def _trimmed(address: str) -> str:
    """Without the punctuation that ends a sentence and without a bracket that was opened before the address."""
    end, excess = len(address), address.count(")") - address.count("(")
    while (last := address[end - 1]) in _TRAILING or (last == ")" and excess > 0):
        excess -= last == ")"
        end -= 1
    return address[:end]
