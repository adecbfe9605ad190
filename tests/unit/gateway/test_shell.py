"""Filling a built page: what goes into its slots is text, and its policy names its own scripts only."""

import base64
import hashlib

import pytest

from app.gateway.headers import page_policy, script_hashes
from app.gateway.page_server import Shell
from app.gateway.pages import Page, Slot, local_path

HOSTILE = "<script>alert(1)</script>\"'&\\1\\g<0> </p>"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;\"'&amp;\\1\\g&lt;0&gt; &lt;/p&gt;"
PAGE = (
    "<html><head><title>built</title></head>"
    '<a href="/d/shell/edit">Edit</a><a href="/d/shell">Document</a><a href="/documents">All</a>'
    '<h1 data-slot="title" data-tone="old" class="t"></h1>'
    '<span class="badge" data-slot="status"></span>'
    '<div data-slot="sheet" data-digest="" aria-busy="true">waiting</div>'
    '<textarea data-slot="text" data-exact="text.md">built</textarea></html>'
)


def filled(parameters=None, heading="T", **slots):
    return Shell(PAGE).filled(slots, heading, parameters or {}).decode()


@pytest.mark.req("XSS-02")
def test_text_in_a_slot_stays_text():
    page = filled(heading=HOSTILE, status=Slot(HOSTILE, data={"tone": '"><b>'}))
    assert f">{ESCAPED}</span>" in page
    assert f"<title>{ESCAPED}</title>" in page
    assert 'data-tone="&quot;&gt;&lt;b&gt;"' in page
    assert "<script" not in page


def test_trusted_html_goes_in_as_it_is_and_is_not_filled_again():
    page = filled(sheet=Slot(trusted='<p data-slot="title"></p>\\1', data={"digest": "abc"}), title=Slot("Real"))
    assert '<div data-slot="sheet" aria-busy="true" data-digest="abc"><p data-slot="title"></p>\\1</div>' in page
    assert page.count("Real") == 1


def test_served_data_takes_the_place_of_what_was_built_and_leaves_the_rest():
    page = filled(title=Slot("Real", data={"tone": "new"}), text=Slot(trusted="x", data={"base": "3"}))
    assert '<h1 data-slot="title" class="t" data-tone="new">Real</h1>' in page
    assert '<textarea data-slot="text" data-exact="text.md" data-base="3">x</textarea>' in page


def test_a_slot_without_a_value_is_left_as_built():
    assert filled() == PAGE.replace("built</title>", "T</title>").replace("/d/shell", "/d/")


@pytest.mark.req("XSS-02", "REDIR-01")
@pytest.mark.parametrize(
    "number",
    ['"><script>', "ENG-1' onx='", "//evil.example", "/../..", "javascript:x", "é\u202e", "\n", "%22", "\\1", "&quot;"],
)
def test_a_hostile_number_breaks_out_of_no_link(number):
    page = filled({"number": number})
    target = page.partition('<a href="/d/')[2].partition("/edit")[0]
    assert target.isascii()
    assert not set(target) & set("\"'<>/\\&: \n")
    assert page.count('href="/d/') == 2


def test_a_link_leads_to_the_document_that_was_asked_for():
    page = filled({"number": "ENG-12"})
    assert '<a href="/d/ENG-12/edit">' in page
    assert '<a href="/d/ENG-12">' in page


def test_inline_scripts_are_named_by_their_hash_and_others_are_not():
    html = '<script>one()</script><script src="/a.js"></script><script type="application/json">{}</script>'
    html += "<script type=\"module\" async>\nimport 'x';\n</script><script>one()</script>"
    digests = [hashlib.sha256(text).digest() for text in (b"one()", b"\nimport 'x';\n")]
    assert script_hashes(html) == [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


@pytest.mark.req("HEAD-01")
def test_the_policy_of_a_page_allows_its_own_files_and_named_scripts_only():
    policy = dict(part.split(" ", 1) for part in page_policy(["'sha256-x'"]).split("; "))
    assert policy["script-src"] == "'self' 'sha256-x'"
    assert {policy[name] for name in ("default-src", "base-uri", "frame-ancestors", "object-src")} == {"'none'"}
    assert "unsafe" not in str(policy)
    assert page_policy([]).count("script-src 'self';") == 1


@pytest.mark.parametrize(
    ("route", "path", "found"),
    [
        ("/d/[number]", "/d/ENG-1", {"number": "ENG-1"}),
        ("/d/[number]", "/d/ENG-1/", {"number": "ENG-1"}),
        ("/d/[number]/r/[revision]", "/d/ENG-1/r/2", {"number": "ENG-1", "revision": "2"}),
        ("/", "/", {}),
        ("/documents", "/documents/", {}),
        ("/d/[number]", "/d/", None),
        ("/d/[number]", "/d/a/b", None),
        ("/d/[number]", "/x/d/a", None),
        ("/documents", "/documentsx", None),
        ("/documents", "/Documents", None),
        ("404", "/", None),
    ],
)
def test_a_page_answers_for_its_route_only(route, path, found):
    assert Page(route, "T", lambda: None).match(path) == found


@pytest.mark.req("REDIR-01")
def test_a_return_address_is_a_path_of_this_site():
    for good in ("/", "/documents", "/d/ENG-1?a=b&c=//d#L3", "/d/%2F%2Fevil"):
        assert local_path(good) == good
    for bad in (
        "",
        "x",
        "//x",
        "/\\x",
        "\\x",
        "/ /x",
        "/\t/x",
        "/\u00a0x",
        "https:/x",
        "/x\ny",
        "/x\\..\\y",
        "/\u3000/x",
    ):
        assert local_path(bad) == "/", bad
