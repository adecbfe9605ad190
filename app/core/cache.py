"""A bounded store of derived text. Losing it costs time, never truth; permission is never cached."""

from collections import OrderedDict


class TextCache:
    """Least recently used text goes first once `capacity` bytes (of UTF-8) are exceeded. For one event loop."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._texts: OrderedDict[str, tuple[str, int]] = OrderedDict()
        self.size = 0

    def get(self, key: str) -> str | None:
        found = self._texts.get(key)
        if found is None:
            return None
        self._texts.move_to_end(key)
        return found[0]

    def put(self, key: str, text: str) -> None:
        """A text larger than the whole capacity is not kept."""
        size = len(text.encode())
        if size > self._capacity:
            return
        if key in self._texts:
            self.size -= self._texts.pop(key)[1]
        self._texts[key] = (text, size)
        self.size += size
        while self.size > self._capacity:
            self.size -= self._texts.popitem(last=False)[1][1]
