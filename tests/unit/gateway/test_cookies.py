"""Cookies that are set, and those of share links."""

import pytest

from app.gateway import cookies
from app.gateway.context import Caller
from tests.unit.gateway.calls import scope

HTTP, HTTPS = Caller(scheme="http"), Caller(scheme="https")
SECRETS = [letter * 43 for letter in "abcdef"]


@pytest.mark.req("SESS-02")
def test_a_cookie_is_out_of_reach_of_scripts_and_other_sites():
    assert cookies.issue(HTTP, "secret", 60) == "plumbline=secret; Path=/; Max-Age=60; HttpOnly; SameSite=Lax"
    assert cookies.issue(HTTPS, "secret", 60, cookies.VISIT) == (
        "__Host-plumbline-visit=secret; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure"
    )
    assert cookies.issue(HTTP, "", 60) == "plumbline=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"


def test_each_kind_has_a_name_of_its_own():
    assert [cookies.name(HTTP, kind) for kind in (cookies.SESSION, cookies.VISIT, cookies.LINKS)] == [
        "plumbline", "plumbline-visit", "plumbline-links",
    ]  # fmt: skip
    assert cookies.name(HTTPS) == "__Host-plumbline"
    sent = scope("GET", "/", ("cookie", "plumbline-visit=v; plumbline=s; plumbline-links=l"))
    assert [cookies.read(sent, HTTP, kind) for kind in (cookies.SESSION, cookies.VISIT)] == ["s", "v"]


def holding(*secrets, name="plumbline-links"):
    return scope("GET", "/", ("cookie", f"{name}={'.'.join(secrets)}"))


def test_links_are_what_looks_like_one_and_no_more_than_five():
    bad = ["", "x", "a" * 42, "a" * 44, "é" * 43, "a" * 42 + "!"]
    assert cookies.links(holding(*bad, SECRETS[0], "-" * 43, "_" * 43), HTTP) == [SECRETS[0], "-" * 43, "_" * 43]
    assert cookies.links(holding(*SECRETS), HTTP) == SECRETS[:5]
    assert cookies.links(scope(), HTTP) == []
    assert cookies.links(holding(*SECRETS), HTTPS) == []


def test_one_more_link_comes_first_and_once():
    def set_by(sent, caller=HTTP):
        name, _, rest = cookies.with_link(sent, caller, SECRETS[0]).partition("=")
        value, _, attributes = rest.partition("; ")
        return name, value.split("."), attributes

    plain = "Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax"
    assert set_by(scope()) == ("plumbline-links", [SECRETS[0]], plain)
    assert set_by(holding(SECRETS[1], SECRETS[0]))[1] == [SECRETS[0], SECRETS[1]]
    assert set_by(holding(*SECRETS[1:]))[1] == SECRETS[:5]
    safe = holding(SECRETS[1], name="__Host-plumbline-links")
    assert set_by(safe, HTTPS) == ("__Host-plumbline-links", SECRETS[:2], f"{plain}; Secure")
