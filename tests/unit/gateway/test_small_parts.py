"""Cookies, limits, origins and addresses: the small decisions of the gateway, each by its table."""

import pytest

from app.gateway import cookies, origin, proxy
from app.gateway.context import Caller
from app.gateway.limits import limit_of
from app.gateway.socket import derived

HTTP, HTTPS = Caller(scheme="http", host="localhost:3000"), Caller(scheme="https", host="plumbline.example")


@pytest.mark.req("SESS-02")
@pytest.mark.parametrize(
    ("lines", "caller", "found"),
    [
        (["plumbline=a"], HTTP, "a"),
        (["x=1; plumbline=a; y=2"], HTTP, "a"),
        (["x=1;plumbline=a"], HTTP, "a"),
        (["x=1", "plumbline=a"], HTTP, "a"),
        (["plumbline=a; __Host-plumbline=b"], HTTP, "a"),
        (["plumbline=a; __Host-plumbline=b"], HTTPS, "b"),
        (["otherplumbline=b; plumbline=a"], HTTP, "a"),
        (['theirs={"a": [1, 2]}; plumbline=a'], HTTP, "a"),
        (["theirs=plumbline=b; plumbline=a"], HTTP, "a"),
        (["=; ;;plumbline=a;"], HTTP, "a"),
        (["th\xe9irs=\xff\x01; plumbline=a"], HTTP, "a"),
        (["plumbline=a=b"], HTTP, "a=b"),
        (["plumbline=a; plumbline=b"], HTTP, ""),
        (["plumbline=a", "plumbline=a"], HTTP, ""),
        (["PLUMBLINE=a"], HTTP, ""),
        (["plumbline=a"], HTTPS, ""),
        (["__Host-plumbline=b"], HTTP, ""),
        (["plumbline"], HTTP, ""),
        ([""], HTTP, ""),
        ([], HTTP, ""),
    ],
)
def test_the_session_cookie_is_found_among_others_and_only_once(lines, caller, found):
    scope = {"headers": [(b"cookie", line.encode("latin-1")) for line in lines]}
    assert cookies.read(scope, caller) == found


@pytest.mark.req("ERR-06")
@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/api/v1/imports", 25_000_000),
        ("/api/v1/documents/ENG-1/revisions", 25_000_000),
        ("/api/v1/imports/answers", 65_536),
        ("/api/v1/documents", 25_000_000),
        ("/api/v1/documents/ENG-1", 65_536),
        ("/api/v1/documents/a/b/revisions", 65_536),
        ("/api/v1/importsx", 65_536),
        ("/auth/sign-in", 65_536),
        ("/d/api/v1/imports", 65_536),
    ],
)
def test_only_uploads_may_be_large(path, limit):
    assert limit_of(path) == limit


@pytest.mark.req("CSRF-01", "WS-01")
@pytest.mark.parametrize(
    ("sent", "caller", "same"),
    [
        ("http://localhost:3000", HTTP, True),
        ("http://LOCALHOST:3000", HTTP, True),
        ("https://plumbline.example", HTTPS, True),
        ("http://localhost:3000", HTTPS, True),  # as the public URL says
        ("https://localhost:3000", HTTP, False),
        ("http://localhost:3000.evil.example", HTTP, False),
        ("http://localhost:3000@evil.example", HTTP, False),
        ("http://evil.example#localhost:3000", HTTP, False),
        ("http://localhost", HTTP, False),
        ("localhost:3000", HTTP, False),
        ("null", HTTP, False),
        ("", HTTP, False),
        ("http://[", HTTP, False),
        ("http://", HTTP, False),
        ("", Caller(), False),
        ("http://", Caller(scheme="http", host=""), False),
    ],
)
def test_an_origin_is_ours_by_scheme_host_and_port(sent, caller, same):
    assert origin.is_same_origin(sent, caller) is same


@pytest.mark.parametrize("peer", ["10.0.0.1", "::1", "fe80::1%eth0", "nonsense", "", "999.1.1.1"])
def test_any_peer_can_be_judged(peer):
    scope = {"client": (peer, 1) if peer else None, "scheme": "http", "headers": [(b"x-forwarded-for", b"1.2.3.4")]}
    assert proxy.identify(scope, ()).address == peer
    trusted = proxy.identify(scope, ("10.0.0.0/8", "::1/128"))
    assert trusted.address == ("1.2.3.4" if peer in {"10.0.0.1", "::1"} else peer)


@pytest.mark.req("WS-01")
def test_a_state_key_needs_both_the_session_and_the_tab():
    keys = [derived("session", "tab"), derived("other", "tab"), derived("session", "bat"), derived("", "tab")]
    assert len(set(keys)) == 4
    assert derived("session", "tab") == keys[0]
