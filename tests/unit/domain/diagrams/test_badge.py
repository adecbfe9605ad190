"""Badges: well-formed whatever they say, nothing in them but shapes and words, and never colour alone."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from app.domain.diagrams.badge import Standing, badge
from app.domain.status import Status
from app.services.views import TONES

STANDING = Standing("ENG-7", "Approved", "ok", 3, "2 warnings")
HOSTILE = [
    "<script>alert(1)</script>",
    "</title></svg><script>alert(1)</script>",
    '" onload="alert(1)',
    "' onload='alert(1)",
    "]]><![CDATA[<script>alert(1)</script>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "&lt;script&gt; &#60;b&#62; &e;",
    "<foreignObject><iframe src=javascript:alert(1)></foreignObject>",
    "<?xml-stylesheet href='https://evil.example/x.xsl'?>",
    "javascript:alert(1)",
    "url(https://evil.example/)",
    "a\x00b\x0b\x1b[31m\x7f",
    "half \ud800 of one",
    "\ufffe\uffff",
    "turned \u202e around \u2066",
    "\u0301" * 60,
    "漢" * 80,
    "W" * 80,
]


def shown(svg: str) -> str:
    return " ".join("".join(one.itertext()) for one in ElementTree.fromstring(svg).iter() if one.tag.endswith("}text"))


def test_a_badge_says_all_in_words_and_to_screen_readers():
    svg = badge(STANDING, "orders")
    assert shown(svg) == "orders ENG-7 · Approved · revision 3 · 2 warnings"
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == root[0].text == "orders: ENG-7 · Approved · revision 3 · 2 warnings"


@pytest.mark.req("XSS-04")
@pytest.mark.parametrize("label", HOSTILE, ids=range(len(HOSTILE)))
def test_no_label_is_more_than_words(label):
    svg = badge(STANDING, label)
    root = ElementTree.fromstring(svg.encode())
    assert {one.tag.rpartition("}")[2] for one in root.iter()} == {"svg", "title", "rect", "g", "text"}
    plain = ElementTree.fromstring(badge(STANDING, "plain"))
    assert [set(one.attrib) for one in root.iter()] == [set(one.attrib) for one in plain.iter()]
    assert not re.search(r"[\x00-\x09\x0b-\x1f\ud800-\udfff\u202e\u2066]", svg)
    assert "<!" not in svg
    assert float(root.get("width")) < 700


@pytest.mark.parametrize("label", ["", "   ", "\x00\x1b", "\u202e"])
def test_a_label_of_nothing_visible_is_the_usual_one(label):
    assert shown(badge(STANDING, label)).startswith("design ENG-7")


@pytest.mark.parametrize("status", Status)
def test_each_status_has_a_colour_that_white_letters_can_be_read_on(status):
    svg = badge(replace(STANDING, status=status.label, tone=TONES[status]))
    assert status.label in shown(svg)
    for colour in re.findall(r'rx="[03]" fill="#([0-9a-f]{6})"', svg):
        assert contrast_with_white(colour) >= 5


def contrast_with_white(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)
