"""Writes that another site's page could have sent."""

import pytest

from app.core.errors import AppError
from app.gateway import origin
from app.gateway.context import Caller
from tests.unit.gateway.calls import scope

CALLER = Caller(scheme="http", host="docs.example:8080")
OURS, THEIRS = "http://docs.example:8080", "http://evil.example"


def is_refused(method, **sent):
    asked = scope(method, "/", *((name.replace("_", "-"), value) for name, value in sent.items()))
    try:
        origin.refuse_cross_site(asked, CALLER)
    except AppError as error:
        return error.code == "CROSS_SITE"
    return False


@pytest.mark.req("CSRF-01")
@pytest.mark.parametrize(
    ("sent", "refused"),
    [
        ({}, True),
        ({"sec_fetch_site": "same-origin"}, False),
        ({"sec_fetch_site": "same-origin", "origin": THEIRS}, False),
        ({"sec_fetch_site": "cross-site"}, True),
        ({"sec_fetch_site": "cross-site", "origin": OURS}, True),
        ({"sec_fetch_site": "same-site", "origin": OURS}, True),
        ({"sec_fetch_site": "none"}, True),
        ({"sec_fetch_site": "none", "origin": OURS}, False),
        ({"sec_fetch_site": "none", "origin": THEIRS}, True),
        ({"origin": OURS}, False),
        ({"origin": "HTTP://DOCS.example:8080"}, False),
        ({"origin": "http://localhost:3000"}, False),  # as the public URL says
        ({"origin": THEIRS}, True),
        ({"origin": "null"}, True),
    ],
)
def test_a_write_says_that_it_is_ours(sent, refused):
    for method in ("POST", "PUT", "PATCH", "DELETE", "get"):
        assert is_refused(method, **sent) is refused, method
    for method in ("GET", "HEAD", "OPTIONS"):
        assert not is_refused(method, **sent)


@pytest.mark.parametrize(
    ("caller", "same"),
    [
        (Caller(scheme="http", host="Docs.Example"), True),
        (Caller(scheme="https", host="docs.example"), False),
        (Caller(scheme="http", host="docs.example:80"), False),
    ],
)
def test_the_address_that_the_client_used_counts(caller, same):
    assert origin.is_same_origin("http://docs.example", caller) is same


def test_the_public_url_counts_whatever_its_letters(setting):
    setting(public_url="https://Docs.Example", secret_key="k" * 40)
    assert origin.is_same_origin("https://docs.example", CALLER)
    assert origin.is_same_origin("https://DOCS.example", CALLER)
    assert not origin.is_same_origin("http://docs.example", CALLER)
    assert not origin.is_same_origin("https://docs.example:443", CALLER)
