"""The page of a comparison: the verdict in words, changes by weight with links to their place, both views."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.diff.page import compared

FIRST = (
    "# Ledger\n\n## Overview\n\nIt keeps the books of the shop.\n\n## Notes\n\nSee the wiki.\n\n## Rest\n\nAs it was.\n"
)
FIRMER = FIRST.replace("keeps", "must keep").replace("wiki", "handbook")


def places(html):
    return set(re.findall(r' id="([^"]+)"', html))


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        (FIRST, FIRST, "The texts are the same."),
        (FIRST, FIRST.replace("wiki", "handbook"), "Nothing that matters changed: only wording."),
        (FIRST, FIRST.replace("the wiki", "the  wiki"), "Nothing that matters changed: only layout and typography."),
        (FIRST, FIRST.replace("keeps", "must keep"), "1 material change."),
        (FIRST, FIRMER, "1 material change, and 1 in wording or layout."),
    ],
)
def test_the_verdict_says_whether_it_matters(old, new, verdict):
    found = compared(old, new)
    assert found.verdict == verdict
    assert f">{verdict}<" in found.html


def test_every_change_leads_to_its_section_in_the_view():
    html = compared(FIRST, FIRMER).html
    links = re.findall(r'href="#(s-\d+)">([^<]+)</a>', html)
    assert links == [("s-1", "Overview"), ("s-2", "Notes")]
    for place, title in links:
        section = html.partition(f'id="{place}"')[2]
        assert section.index(title) < section.index("</h3>")
    assert {"s-1", "s-2", "u-1", "u-2", "side-by-side", "unified"} <= places(html)


def test_what_is_gone_is_found_where_it_stood():
    html = compared(FIRST, FIRST.replace("## Notes\n\nSee the wiki.\n\n", "")).html
    assert set(re.findall(r'href="#(s-\d+)"', html)) <= places(html)
    assert 'href="#s-1"' in html


def test_layout_is_folded_and_what_matters_is_open():
    new = FIRST.replace("keeps", "must keep").replace("the wiki", "the  wiki")
    html = compared(FIRST, new).html
    assert '<details class="compared-material" open>' in html
    assert '<details class="compared-editorial">' in html


class Tags(HTMLParser):
    """Open tags that were never closed, and closing ones that nothing opened."""

    def __init__(self):
        super().__init__()
        self.open, self.wrong = [], []

    def handle_starttag(self, tag, attrs):
        assert not any(name.startswith("on") or name == "style" for name, _ in attrs)
        self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


TEXTS = st.text(alphabet="# -*_`<>&\"'/=abz\n\r\t|[]()é", max_size=120)


@given(old=TEXTS, new=TEXTS)
def test_any_two_texts_make_a_page_that_is_well_formed(old, new):
    html = compared(old, new).html
    tags = Tags()
    tags.feed(html)
    tags.close()
    assert (tags.open, tags.wrong) == ([], [])
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_markup_in_titles_is_text():
    html = compared("# <script>x</script>\n\none\n", "# <script>x</script>\n\n1 must\n").html
    assert "<script" not in html
