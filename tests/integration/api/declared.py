"""Watches every answer of the API in every test: a status or a code that OpenAPI does not declare is a failure."""

import gzip
import json
import re
from dataclasses import dataclass, field
from typing import Any

from app.core.errors import CODES

_PARAMETER = re.compile(r"\\\{\w+\\\}")


@dataclass
class Declared:
    """Stands around the site; `wrong` collects what was answered without having been declared."""

    app: Any
    operations: dict[str, Any]
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        by_literal = sorted(self.operations, key=lambda path: path.count("{"))
        self._paths = [(re.compile(_PARAMETER.sub("[^/]+", re.escape(path))), path) for path in by_literal]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        operation = self._operation(scope) if scope["type"] == "http" else None
        if operation is None:
            await self.app(scope, receive, send)
            return
        started: dict[str, Any] = {}
        body = b""

        async def watched(message: dict[str, Any]) -> None:
            nonlocal body
            started.update(message if message["type"] == "http.response.start" else {})
            body += message.get("body", b"") if message["type"] == "http.response.body" else b""
            await send(message)

        await self.app(scope, receive, watched)
        self._judge(f"{scope['method']} {scope['path'][:80]}", operation, started, body)

    def _operation(self, scope: Any) -> dict[str, Any] | None:
        """None for what is no operation: there the answer is 404 or 405 by itself."""
        for pattern, path in self._paths:
            if pattern.fullmatch(scope["path"]):
                return self.operations[path].get(scope["method"].lower())
        return None

    def _judge(self, place: str, operation: dict[str, Any], started: dict[str, Any], body: bytes) -> None:
        status = started["status"]
        answer = operation["responses"].get(str(status))
        if answer is None:
            self.wrong.append(f"{place}: {status} is not declared, {body[:200]!r}")
        elif status >= 400 and (b"content-type", b"text/html; charset=utf-8") not in started["headers"]:
            encoded = (b"content-encoding", b"gzip") in started["headers"]
            code = json.loads(gzip.decompress(body) if encoded else body)["error"]["code"]
            assert CODES[code] == status
            if code not in answer["content"]["application/json"]["examples"]:
                self.wrong.append(f"{place}: {code} is not declared")
