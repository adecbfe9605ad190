"""A real SMTP server for the product to send to; a flow waits for a letter and opens the link in it."""

import asyncio
import re
from email import message_from_bytes, policy
from urllib.parse import urlsplit

from aiosmtpd.smtp import SMTP

from tests.e2e import secrets


class Mailbox:
    """Use it as a context manager; `settings` are what a server needs to send here."""

    def __init__(self) -> None:
        self._arrived = asyncio.Event()
        self._letters: list[tuple[str, str]] = []
        self.count = 0
        """How many letters have come."""

    async def __aenter__(self) -> "Mailbox":
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: SMTP(self, hostname="test"), "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    @property
    def settings(self) -> dict[str, str]:
        port = self._server.sockets[0].getsockname()[1]
        return {"smtp_host": "127.0.0.1", "smtp_port": str(port), "smtp_security": "none"}

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802 -- aiosmtpd's name
        message = message_from_bytes(envelope.content, policy=policy.default)  # type: ignore[attr-defined]  # an Envelope
        self._letters.append((message["to"], message.get_content()))
        self.count += 1
        self._arrived.set()
        return "250 OK"

    async def letter(self, to: str) -> str:
        """The next letter to this address, once it has come."""
        async with asyncio.timeout(30):
            while True:
                for one in self._letters:
                    if one[0] == to:
                        self._letters.remove(one)
                        return one[1]
                self._arrived.clear()
                await self._arrived.wait()

    async def link(self, to: str) -> str:
        """The path of the link in the next letter to this address, with what stands behind its #."""
        (url,) = re.findall(r"http\S+#\S+", await self.letter(to))
        parts = urlsplit(url)
        secrets.plant(parts.fragment.partition("=")[2])
        return f"{parts.path}#{parts.fragment}"
