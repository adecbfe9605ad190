"""Calls to other systems, over real sockets: who is called, what is followed, how much is read, what is told of it."""

import asyncio
import gzip
import socket

import pytest
from structlog.testing import capture_logs

from app.adapters import http
from tests.backing.authority import certificate, serving, trusting
from tests.backing.listener import OK, Listener

REDIRECTS = [
    (status, target)
    for status in (301, 302, 303, 307, 308)
    for target in ("http://{trap}/", "//{trap}/", "/elsewhere", "http://169.254.169.254/latest/")
]
SENTENCE = "The address could not be reached, or did not answer as it should."


def bounds(*servers, **changes):
    return http.Bounds(frozenset(server.place for server in servers), **changes)


@pytest.fixture
def resolver(monkeypatch):
    """`resolver["name"] = [first answer, second answer, …]`, each a list of addresses; what is asked is counted."""
    answers, asked = {}, []
    real = socket.getaddrinfo

    def getaddrinfo(host, port, *rest, **named):
        if host not in answers:
            return real(host, port, *rest, **named)
        asked.append(host)
        found = answers[host][min(asked.count(host), len(answers[host])) - 1]
        return [entry for one in found for entry in real(one, port, type=socket.SOCK_STREAM)]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    answers["asked"] = asked
    return answers


@pytest.mark.req("SSRF-01")
async def test_an_allowed_host_and_port_is_called_and_no_other():
    async with Listener() as allowed, Listener() as other:
        reply = await http.call(bounds(allowed), "GET", f"{allowed.url}/path?q=1")
        assert (reply.status, reply.body) == (200, b"ok")
        assert allowed.asked[0].line == "GET /path?q=1 HTTP/1.1"
        for url in (other.url, f"http://localhost:{allowed.port}", f"https://{allowed.place}"):
            with pytest.raises(http.NotReached):
                await http.call(bounds(allowed, seconds=0.3), "GET", url)
        assert other.connections == 0


@pytest.mark.req("SSRF-03")
@pytest.mark.parametrize(("status", "target"), REDIRECTS)
async def test_no_redirect_is_followed(status, target):
    async with Listener() as trap:
        location = target.format(trap=trap.place)
        moved = f"HTTP/1.1 {status} X\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        async with Listener(moved.encode()) as server:
            reply = await http.call(bounds(server, trap), "POST", server.url, content=b"x")
        assert (reply.status, len(server.asked), trap.connections) == (status, 1, 0)


@pytest.mark.req("SSRF-06")
async def test_one_address_that_is_not_public_is_enough_to_refuse(resolver):
    async with Listener() as trap:
        for found in (["93.184.216.34", "127.0.0.1"], ["127.0.0.1", "93.184.216.34"], ["::1", "93.184.216.34"]):
            resolver["mixed.test"] = [found]
            with pytest.raises(http.NotReached):
                await http.call(http.Bounds(), "GET", f"http://mixed.test:{trap.port}/")
        assert trap.connections == 0


@pytest.mark.req("SSRF-06")
async def test_a_name_that_changes_its_address_is_asked_once_and_the_judged_one_is_called(resolver, monkeypatch):
    monkeypatch.setattr(http, "is_public", lambda address: address == "127.0.0.2")
    resolver["rebinding.test"] = [["127.0.0.2"], ["127.0.0.1"]]
    async with Listener(host="127.0.0.2") as judged, Listener(port=judged.port) as trap:
        url = f"http://rebinding.test:{judged.port}/"
        assert (await http.call(http.Bounds(), "GET", url)).status == 200
        assert resolver["asked"] == ["rebinding.test"]
        assert (len(judged.asked), trap.connections) == (1, 0)
        assert judged.asked[0].headers["host"] == f"rebinding.test:{judged.port}"
        with pytest.raises(http.NotReached):
            await http.call(http.Bounds(), "GET", url)
        assert trap.connections == 0


@pytest.mark.req("SSRF-06")
async def test_the_second_address_is_called_when_the_first_is_closed(resolver, monkeypatch):
    monkeypatch.setattr(http, "is_public", lambda address: address in {"127.0.0.2", "127.0.0.3"})
    resolver["two.test"] = [["127.0.0.2", "127.0.0.3"]]
    async with Listener(host="127.0.0.3") as server:
        assert (await http.call(http.Bounds(), "GET", f"http://two.test:{server.port}/")).status == 200


@pytest.mark.req("SSRF-06")
async def test_tls_is_held_to_the_name_not_to_the_address(resolver, monkeypatch, tmp_path):
    pem, other = certificate(tmp_path, "hook.test"), certificate(tmp_path, "other.test")
    monkeypatch.setattr(http, "is_public", lambda address: address == "127.0.0.2")
    resolver["hook.test"] = resolver["other.test"] = [["127.0.0.2"]]
    async with Listener(host="127.0.0.2", tls=serving(pem)) as server:
        monkeypatch.setattr(http, "_trust", lambda: trusting(pem))
        assert (await http.call(http.Bounds(), "GET", f"https://hook.test:{server.port}/")).status == 200
        assert server.asked[0].headers["host"] == f"hook.test:{server.port}"
        refused = [f"https://other.test:{server.port}/", f"https://127.0.0.2:{server.port}/"]
        for url in refused:
            with pytest.raises(http.NotReached):
                await http.call(http.Bounds(), "GET", url)
        monkeypatch.setattr(http, "_trust", lambda: trusting(other))
        with pytest.raises(http.NotReached):
            await http.call(http.Bounds(), "GET", f"https://hook.test:{server.port}/")
        assert len(server.asked) == 1


def sized(body: bytes, extra: str = "") -> bytes:
    return f"HTTP/1.1 200 OK\r\n{extra}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body


BAD = {
    "silent": b"",
    "too large": sized(b"x" * 65_537),
    "endless": b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"x" * 200_000,
    "compressed": sized(gzip.compress(b"x" * 10_000_000), "Content-Encoding: gzip\r\n"),
    "huge header": b"HTTP/1.1 200 OK\r\nX-Long: " + b"y" * 300_000 + b"\r\n\r\n",
    "no http": b"SSH-2.0-OpenSSH_9.9\r\n",
    "cut short": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsecret",
}


@pytest.mark.req("SSRF-04", "SSRF-05")
@pytest.mark.parametrize("answer", BAD)
async def test_whatever_goes_wrong_is_one_sentence(answer):
    async with Listener(BAD[answer]) as server:
        with pytest.raises(http.NotReached) as failed:
            await http.call(bounds(server, seconds=0.4), "GET", server.url)
    assert (str(failed.value), failed.value.__cause__) == (SENTENCE, None)
    assert failed.value.__suppress_context__


@pytest.mark.req("SSRF-04")
async def test_a_closed_port_an_open_one_and_a_refused_address_look_alike():
    async with Listener() as closed, Listener(b"no http at all\r\n\r\n") as open_:
        pass
    async with Listener(b"no http at all\r\n\r\n") as open_:
        told = []
        for url, allowed in (
            (closed.url, closed),
            (open_.url, open_),
            (open_.url, closed),
            ("http://no.invalid", closed),
        ):
            with pytest.raises(http.NotReached) as failed, capture_logs() as log:
                await http.call(bounds(allowed), "GET", url)
            told.append(repr(failed.value))
            assert [line["event"] for line in log] == ["not_reached"]
    assert len(set(told)) == 1


@pytest.mark.req("SSRF-05")
async def test_what_is_at_the_limit_is_read_and_no_proxy_of_the_environment_is_used(monkeypatch):
    async with Listener() as proxy, Listener(sized(b"x" * 65_536)) as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        reply = await http.call(bounds(server), "GET", server.url)
        assert (len(reply.body), proxy.connections) == (65_536, 0)
        assert server.asked[0].headers["accept-encoding"] == "identity"


async def test_calls_at_once_do_not_share_connections():
    async with Listener(OK) as server:
        await asyncio.gather(*(http.call(bounds(server), "GET", server.url) for _ in range(5)))
        assert server.connections == 5
