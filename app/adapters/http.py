"""The one client for calls to other systems over HTTP: webhooks, identity providers, whatever has an address that
people or settings name.

A name is resolved once, every address it has is judged, and the judged address itself is called, with the name kept
for Host and TLS: what is resolved differently a moment later is never asked. Only hosts that the settings allow may
have addresses that are not public. Redirects are not followed, answers are bounded in size and calls in time, and what
went wrong is one sentence for everybody: which it was stands in the log only.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpx2
import structlog

from app.adapters.addresses import is_public

FAILURES = (httpx2.HTTPError, httpx2.InvalidURL)
"""What a client made from `options` raises when a call comes to nothing."""
_CONNECT_SECONDS = 3.0
_SCHEMES = {"http": 80, "https": 443}
_log = structlog.get_logger(__name__)


class NotReached(Exception):
    """The call came to nothing. The message is the same whatever the reason was, and may be shown to anybody."""

    def __init__(self) -> None:
        super().__init__("The address could not be reached, or did not answer as it should.")


class Refused(httpx2.TransportError):
    """Nothing was sent, or no more is read. The message names the reason, for the log."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """`allowed` are `host:port` that may be called whatever their address is; `size` counts the body of an answer."""

    allowed: frozenset[str] = frozenset()
    seconds: float = 10.0
    size: int = 65_536


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


def options(bounds: Bounds) -> dict[str, Any]:
    """What makes any httpx2 client one of ours. Its calls belong into a timeout of `bounds.seconds`."""
    timeout = httpx2.Timeout(bounds.seconds, connect=min(_CONNECT_SECONDS, bounds.seconds))
    return {"transport": Judged(bounds), "timeout": timeout, "follow_redirects": False, "trust_env": False}


async def call(
    bounds: Bounds, method: str, url: str, *, headers: Mapping[str, str] | None = None, content: bytes = b""
) -> Reply:
    """One request and its whole answer, whatever its status; raises `NotReached`."""
    try:
        async with asyncio.timeout(bounds.seconds), httpx2.AsyncClient(**options(bounds)) as client:
            answer = await client.request(method, url, headers=headers, content=content)
    except (*FAILURES, TimeoutError, ValueError) as error:
        log_failure(error)
        raise NotReached from None
    return Reply(answer.status_code, dict(answer.headers), answer.content)


def log_failure(error: Exception) -> None:
    """For the operator alone: whether it was refused, closed or slow would tell others what the network looks like."""
    reason = str(error) if isinstance(error, Refused) else type(error).__name__
    _log.warning("not_reached", reason=reason[:200])


class Judged(httpx2.AsyncBaseTransport):
    """One connection per request, to an address that was judged."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        host, port = _target(request.url)
        addresses = await _resolved(host, port)
        if f"[{host}]:{port}" not in self._bounds.allowed and f"{host}:{port}" not in self._bounds.allowed:
            for address in addresses:
                if not is_public(address):
                    raise Refused(f"{host} has an address that is not public")
        return await self._first_that_answers(request, host, addresses)

    async def _first_that_answers(
        self, request: httpx2.Request, host: str, addresses: tuple[str, ...]
    ) -> httpx2.Response:
        failure: Exception | None = None
        for address in addresses:
            try:
                return await self._send(request, host, address)
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
                failure = error
        raise failure or Refused(f"{host} has no address")

    async def _send(self, request: httpx2.Request, host: str, address: str) -> httpx2.Response:
        headers = httpx2.Headers(
            [(key, value) for key, value in request.headers.raw if key.lower() != b"accept-encoding"]
        )
        headers["accept-encoding"] = "identity"  # what is counted is what is kept in memory
        opened: list[Any] = []

        async def remember(event: str, facts: Mapping[str, Any]) -> None:
            if event == "connection.connect_tcp.complete":
                opened.append(facts["return_value"])

        judged = httpx2.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host, "trace": remember},
        )
        connection = httpx2.AsyncHTTPTransport(verify=_trust(), trust_env=False)
        try:
            answer = await connection.handle_async_request(judged)
            if answer.headers.get("content-encoding", "identity") != "identity":
                raise Refused("the answer is compressed")
        except BaseException:
            await connection.aclose()
            for stream in opened:  # one given up in the middle of a TLS handshake is in no pool yet
                await stream.aclose()
            raise
        assert isinstance(answer.stream, httpx2.AsyncByteStream)
        bounded = _Bounded(answer.stream, connection, self._bounds.size)
        return httpx2.Response(answer.status_code, headers=answer.headers, stream=bounded)


class _Bounded(httpx2.AsyncByteStream):
    """The body of an answer up to `size`; its end is the end of the connection."""

    def __init__(self, stream: httpx2.AsyncByteStream, connection: httpx2.AsyncHTTPTransport, size: int) -> None:
        self._stream, self._connection, self._left = stream, connection, size

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            self._left -= len(part)
            if self._left < 0:
                raise Refused("the answer is too large")
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()
        await self._connection.aclose()


def _target(url: httpx2.URL) -> tuple[str, int]:
    host = url.raw_host.decode("ascii").lower()
    if url.scheme not in _SCHEMES or not host or url.userinfo:
        raise Refused("not an http or https address without credentials")
    return host, url.port or _SCHEMES[url.scheme]


async def _resolved(host: str, port: int) -> tuple[str, ...]:
    """Each address once, in the order of preference of the system."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused(f"{host} cannot be resolved") from error
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


@cache
def _trust() -> ssl.SSLContext:
    """The system's and SSL_CERT_FILE's authorities, read once."""
    return httpx2.create_ssl_context()
