"""Stable ids of elements: their kind and their name's slug; the second of two equal names gets a number."""

from app.domain.heading_ids import slug


class Ids:
    """Hands out ids of one kind, each once."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._seen: dict[str, int] = {}

    def take(self, name: str) -> str:
        key = slug(name)[:80] or "unnamed"
        count = self._seen.get(key, 0) + 1
        self._seen[key] = count
        return f"{self._kind}:{key}" if count == 1 else f"{self._kind}:{key}~{count}"
