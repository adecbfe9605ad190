"""Who is really calling, through which proxies."""

import pytest

from app.gateway import proxy
from tests.unit.gateway.calls import scope

INSIDE = ("10.0.0.0/8", "fd00::/8")


def seen(*headers, peer="10.0.0.5", trusted=INSIDE, scheme="http"):
    return proxy.identify(scope("GET", "/", *headers, client=(peer, 1), scheme=scheme), trusted)


def forwarded(*lines):
    return [("x-forwarded-for", line) for line in lines]


@pytest.mark.req("HEAD-03", "RATE-05")
@pytest.mark.parametrize(
    ("lines", "address"),
    [
        ([], "10.0.0.5"),
        ([""], "10.0.0.5"),
        ([" , ,"], "10.0.0.5"),
        (["198.51.100.1"], "198.51.100.1"),
        (["203.0.113.9, 198.51.100.1"], "198.51.100.1"),
        (["203.0.113.9, 198.51.100.1 , 10.0.0.7"], "198.51.100.1"),
        (["203.0.113.9", "198.51.100.1", "10.0.0.7"], "198.51.100.1"),
        (["10.0.0.9, 10.0.0.8"], "10.0.0.9"),
        (["nonsense, 10.0.0.8"], "10.0.0.8"),
        (["198.51.100.1, nonsense"], "10.0.0.5"),
        (["fd00::2, fd00::1"], "fd00::2"),
        (["2001:db8::1, fd00::1"], "2001:db8::1"),
        (["198.51.100.1:4711"], "10.0.0.5"),
    ],
)
def test_the_client_is_the_last_that_no_trusted_proxy_wrote(lines, address):
    assert seen(*forwarded(*lines)).address == address
    assert seen(*forwarded(*lines), peer="192.0.2.1").address == "192.0.2.1"
    assert seen(*forwarded(*lines), trusted=()).address == "10.0.0.5"


@pytest.mark.req("HEAD-03")
@pytest.mark.parametrize(
    ("headers", "scheme", "host"),
    [
        ([], "http", "internal"),
        ([("x-forwarded-proto", "https"), ("x-forwarded-host", "docs.example")], "https", "docs.example"),
        ([("x-forwarded-proto", "http, HTTPS "), ("x-forwarded-host", "a.example , docs.example ")],
         "https", "docs.example"),
        ([("x-forwarded-proto", "https"), ("x-forwarded-proto", "http")], "http", "internal"),
        ([("x-forwarded-proto", "gopher"), ("x-forwarded-host", " ")], "http", "internal"),
        ([("x-forwarded-host", "docs.example,")], "http", "internal"),
    ],
)  # fmt: skip
def test_scheme_and_host_are_those_of_the_nearest_trusted_proxy(headers, scheme, host):
    found = seen(("host", "internal"), *headers)
    assert (found.scheme, found.host) == (scheme, host)
    direct = seen(("host", "internal"), *headers, peer="192.0.2.1")
    assert (direct.scheme, direct.host) == ("http", "internal")


@pytest.mark.parametrize(
    ("scheme", "found"), [("http", "http"), ("ws", "http"), ("https", "https"), ("wss", "https"), ("HTTPS", "http")]
)
def test_the_scheme_is_that_of_the_connection(scheme, found):
    assert seen(scheme=scheme, trusted=()).scheme == found
    assert seen(("x-forwarded-proto", "nothing"), scheme=scheme).scheme == found
    for said in ("http", "https"):
        assert seen(("x-forwarded-proto", said), scheme=scheme).scheme == said


def test_what_else_is_known_of_a_caller():
    found = seen(("user-agent", "A" * 300), ("host", "docs.example"), peer="192.0.2.1")
    assert (found.user_agent, found.host, found.actor, found.route) == ("A" * 256, "docs.example", None, "")
    asked = scope()
    assert proxy.identify(asked, INSIDE).address == ""
    assert proxy.identify({**asked, "client": None}, INSIDE).address == ""
    assert proxy.networks(("10.0.0.0/8",))[0].prefixlen == 8
