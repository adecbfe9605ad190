"""Bytes that no client would send, and clients that take their time: one answer, no server error, nobody waits."""

import asyncio
import re
import time

import httpx2
import pytest

LATER = b"GET /healthz?smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
HEAD = b"POST /api/v1/imports/answers HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
GET = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
REQUESTS = {
    "length and chunks, CL.TE": HEAD + b"Content-Length: 4\r\n" + CHUNKED + b"\r\n0\r\n\r\n" + LATER,
    "chunks and length, TE.CL": HEAD + CHUNKED + b"Content-Length: 5\r\n\r\n5c\r\n" + LATER + b"\r\n0\r\n\r\n",
    "two lengths": HEAD + b"Content-Length: 2\r\nContent-Length: 30\r\n\r\n{}" + LATER,
    "two lengths in a list": HEAD + b"Content-Length: 2, 30\r\n\r\n{}" + LATER,
    "a signed length": HEAD + b"Content-Length: +2\r\n\r\n{}" + LATER,
    "a negative length": HEAD + b"Content-Length: -1\r\n\r\n{}" + LATER,
    "an endless length": HEAD + b"Content-Length: 99999999999999999999999\r\n\r\n{}" + LATER,
    "chunks under another name": HEAD + b"Transfer-Encoding: xchunked\r\nContent-Length: 2\r\n\r\n{}",
    "chunks twice": HEAD + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n" + LATER,
    "a chunk size that is none": HEAD + CHUNKED + b"\r\nzz\r\n{}\r\n0\r\n\r\n" + LATER,
    "a chunk size beyond measure": HEAD + CHUNKED + b"\r\nfffffffffffffffff\r\n{}\r\n0\r\n\r\n" + LATER,
    "a chunk longer than it says": HEAD + CHUNKED + b"\r\n1\r\n{}\r\n0\r\n\r\n" + LATER,
    "space before the colon": GET + b"Transfer-Encoding : chunked\r\n\r\n",
    "a folded header": GET + b"X-Folded: a\r\n b\r\n\r\n",
    "a header without a colon": GET + b"nothing\r\n\r\n",
    "NUL in a header": GET + b"X-Nul: a\0b\r\n\r\n",
    "a bare line end in a header": GET + b"X-Bare: a\rb\r\n\r\n",
    "300 KB of headers": GET + b"X-Long: " + b"x" * 300_000 + b"\r\n\r\n",
    "2000 headers": GET + b"".join(b"X-%d: y\r\n" % number for number in range(2000)) + b"\r\n",
    "no host": b"GET /healthz HTTP/1.1\r\n\r\n",
    "two hosts": GET + b"Host: y\r\n\r\n",
    "another protocol": b"GET /healthz HTTP/9.9\r\nHost: x\r\n\r\n",
    "no protocol": b"GET /healthz\r\n\r\n",
    "an address that is none": b"GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n",
    "NUL in the address": b"GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n",
    "bytes that are no text": bytes(range(256)) * 4 + b"\r\n\r\n",
    "nothing but line ends": b"\r\n" * 100,
}


async def said(port: int, sent: bytes, patience: float = 1.0) -> bytes:
    """All that comes back until the server closes, or until it has said nothing for this many seconds."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    got = b""
    try:
        writer.write(sent)
        while part := await asyncio.wait_for(reader.read(65_536), patience):
            got += part
    except (TimeoutError, ConnectionError):
        pass
    writer.close()
    return got


@pytest.mark.req("HTTP-01")
async def test_no_request_is_answered_twice_or_with_a_server_error(site):
    answers = await asyncio.gather(*(said(site.port, sent) for sent in REQUESTS.values()))
    wrong = {}
    for name, got in zip(REQUESTS, answers, strict=True):
        statuses = re.findall(rb"HTTP/1\.[01] (\d{3})", got)
        if len(statuses) > 1 or any(status.startswith(b"5") for status in statuses) or b"alive\nHTTP" in got:
            wrong[name] = got[:200]
    assert wrong == {}
    assert httpx2.get(f"{site.url}/healthz").status_code == 200


@pytest.mark.req("HTTP-01")
async def test_a_head_has_no_body_and_the_next_answer_follows_it(site):
    """On one connection: what came with the first would be taken for the beginning of the second."""
    ask = b"%s HTTP/1.1\r\nHost: x\r\n%s\r\n"
    for path in (b"/openapi.json", b"/api/v1/documents", b"/healthz", b"/nothing"):
        two = ask % (b"HEAD " + path, b"") + ask % (b"GET /healthz", b"Connection: close\r\n")
        got = await said(site.port, two, patience=30)
        head, _, rest = got.partition(b"\r\n\r\n")
        assert int(re.findall(rb"(?i)content-length: (\d+)", head)[0]) > 0, path
        assert (head[:9], rest[:9], rest.count(b"HTTP/1.1")) == (b"HTTP/1.1 ", b"HTTP/1.1 ", 1), path
        assert rest.endswith(b"alive\n")


@pytest.mark.req("HTTP-02")
async def test_sixty_slow_clients_do_not_stop_the_others(site, api):
    """Half of them never end their headers, half never end their body; nobody else waits for them."""
    beginnings = [b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ", HEAD + b"Content-Length: 60000\r\n\r\n{"]
    slow = [await asyncio.open_connection("127.0.0.1", site.port) for _ in range(60)]
    try:
        for number, (_, writer) in enumerate(slow):
            writer.write(beginnings[number % 2])
            await writer.drain()
        begun = time.monotonic()
        for _ in range(20):
            for _, writer in slow:
                writer.write(b"x")
            assert (await api.get("/api/v1/documents")).status_code == 200
            assert (await api.get("/documents", headers={"accept": "text/html"})).status_code == 200
        assert time.monotonic() - begun < 20
    finally:
        for _, writer in slow:
            writer.close()
