"""No spelling of a local address passes for one of the public internet."""

import asyncio
import ipaddress

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters import http
from app.adapters.addresses import is_public

HOSTS = [
    *("127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.0.0.1", "0x7f.1"),
    *("0177.0.0.1", "0177.1", "017700000001", "127.0.0.01", "0", "0.0.0.0", "0x0", "00.0.0.0", "127。0。0。1"),
    *("127．0．0．1", "①②⑦.0.0.1", "127.0.0.1.", "%31%32%37.0.0.1", "127.0.0.1%00.example.org", "1.1.1.1 127.0.0.1"),
    *("localhost", "LOCALHOST", "localhost.", "ⓛocalhost", "[::1]", "[0:0:0:0:0:0:0:1]", "[::]", "[::ffff:127.0.0.1]"),
    *("[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::127.0.0.1]"),
    *("[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2002:a00:1::1]", "[2001:0:7f00:1::]", "[2001:0:808:808::80ff:fffe]"),
    *("[2606:4700::5efe:7f00:1]", "[2606:4700::200:5efe:a00:1]", "[::ffff:0:127.0.0.1]", "[fe80::1]", "[fe80::1%25lo]"),
    *("[fc00::1]", "[fd12:3456::1]", "[ff02::1]", "[fec0::1]", "10.0.0.1", "10.1", "172.16.0.1", "192.168.1.1"),
    *("169.254.169.254", "0xa9fea9fe", "2852039166", "0251.0376.0251.0376", "100.64.0.1", "168.63.129.16"),
    *("192.0.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "user@127.0.0.1", "127.0.0.1:80@x"),
]
LOCAL = [
    *("127.0.0.1", "0.0.0.0", "10.9.8.7", "172.31.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "100.127.0.1"),
    *("192.0.0.9", "192.0.2.1", "198.18.0.1", "198.19.9.9", "198.51.100.1", "203.0.113.1", "192.88.99.1"),
    *("224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "168.63.129.16", "::", "::1", "::127.0.0.1"),
    *("::ffff:10.0.0.1", "::ffff:0:10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::808:808", "100::1", "2001::1"),
    *("2001:db8::1", "2002:a9fe:a9fe::1", "3fff::1", "5f00::1", "fc00::1", "fe80::1", "fe80::1%eth0", "ff0e::1"),
    *("::ffff:8.8.8.8%eth0", "2606:4700::5efe:a00:1", "4000::1", "", "localhost", "8.8.8.8.8"),
]
PUBLIC = ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]


@pytest.mark.req("SSRF-02")
@pytest.mark.parametrize("host", HOSTS)
def test_no_spelling_of_a_local_address_is_reached(host, monkeypatch):
    """Through the real URL parser and the real resolver; anything that gets as far as a connection fails the test."""

    async def reached(*_):
        pytest.fail("a connection was made")

    monkeypatch.setattr(http.Judged, "_send", reached)
    assert len(HOSTS) >= 55
    with pytest.raises(http.NotReached):
        asyncio.run(http.call(http.Bounds(), "GET", f"http://{host}/"))


@pytest.mark.req("SSRF-06")
def test_every_kind_of_local_address_is_known():
    assert [one for one in LOCAL if is_public(one)] == []
    assert [one for one in PUBLIC if not is_public(one)] == []


@pytest.mark.req("SSRF-06")
@given(st.integers(0, 2**32 - 1))
def test_what_carries_a_local_address_is_as_local(number):
    carried = ipaddress.IPv4Address(number)
    forms = [
        ipaddress.IPv6Address(0xFFFF << 32 | number),
        ipaddress.IPv6Address(0x0064FF9B << 96 | number),
        ipaddress.IPv6Address(0x2002 << 112 | number << 80 | 1),
        ipaddress.IPv6Address(0x26064700 << 96 | 0x5EFE << 32 | number),
    ]
    assert {is_public(str(form)) for form in forms} == {is_public(str(carried))}
    assert not is_public(str(carried)) or carried.is_global


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "file:///etc/passwd", "gopher://x", "http://", "//x", "x", "http://["]
)
@pytest.mark.req("SSRF-02")
def test_what_is_no_web_address_is_not_called(url):
    with pytest.raises(http.NotReached):
        asyncio.run(http.call(http.Bounds(), "GET", url))


def test_the_reason_is_for_the_log_alone():
    assert str(http.NotReached()) == "The address could not be reached, or did not answer as it should."
    assert issubclass(http.Refused, httpx2.HTTPError)
