"""The page of a comparison: the verdict in words, changes by weight with links to their place, every view."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.diff import text
from app.domain.diff.page import compared, page
from app.domain.diff.views import View

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
    assert compared(old, new).verdict == verdict
    assert f">{verdict}<" in page(old, new, View.unified)


@pytest.mark.parametrize("view", [View.side_by_side, View.unified])
def test_every_change_leads_to_its_section_in_the_view(view):
    html = page(FIRST, FIRMER, view)
    links = re.findall(r'href="#(s-\d+)">([^<]+)</a>', html)
    assert links == [("s-1", "Overview"), ("s-2", "Notes")]
    for place, title in links:
        section = html.partition(f'id="{place}"')[2]
        assert section.index(title) < section.index("</h3>")


def test_in_the_rendered_page_a_change_leads_to_its_heading_and_elsewhere_to_the_source():
    gone = FIRMER.replace("## Rest\n\nAs it was.\n", "")
    rendered = page(FIRST, gone, View.rendered)
    assert re.findall(r'href="([^"]*[#=][^"]*)">(?:Overview|Notes|Rest)<', rendered) == [
        "#overview", "?view=side-by-side#s-3", "#notes",
    ]  # fmt: skip
    assert {"overview", "notes"} <= places(rendered)
    assert 'href="?view=side-by-side#s-1">Overview</a>' in page(FIRST, gone, View.diagrams)


def test_what_is_gone_is_found_where_it_stood():
    html = page(FIRST, FIRST.replace("## Notes\n\nSee the wiki.\n\n", ""), View.unified)
    assert set(re.findall(r'href="#(s-\d+)"', html)) <= places(html)
    assert 'href="#s-1"' in html


def test_the_place_of_a_change_is_said_once():
    html = page(FIRST, FIRST.replace("the books of the shop", "all that the shop has"), View.unified)
    assert ' words changed <span class="compared-where">in <a href="#s-1">Overview</a></span>' in html
    html = page(FIRST, FIRST + "\n## Extra\n\nMore.\n", View.unified)
    assert 'section Extra added <span class="compared-where compared-aside">in <a href="#s-2">Extra</a>' in html


@pytest.mark.parametrize("view", View)
def test_a_page_has_its_view_and_links_to_all(view):
    html = page(FIRST, FIRMER, view)
    assert re.findall(r'<a class="tab" href="\?view=([a-z-]+)"', html) == list(View)
    assert re.findall(r'href="\?view=([a-z-]+)" aria-current="page"', html) == [view]


@pytest.mark.parametrize("view", View)
def test_equal_texts_have_nothing_to_look_at(view):
    assert "tab" not in page(FIRST, FIRST, view)


def test_sections_have_their_fingerprints_on_either_side():
    found = compared(
        FIRST, FIRMER.replace("## Rest\n\nAs it was.\n", "## New\n\nOther words.\n").replace("# L", "#  L")
    )
    sides = [(one.section_id, one.changed, bool(one.old), bool(one.new), one.old == one.new) for one in found.sections]
    assert sides == [
        ("ledger", True, True, True, True),
        ("overview", True, True, True, False),
        ("notes", True, True, True, False),
        ("new", True, False, True, False),
        ("", True, True, False, False),
    ]


def test_fields_of_the_workflow_have_a_list_of_their_own():
    html = page("---\nstatus: draft\n---\n# A\n", "---\nstatus: approved\n---\n# A\n", View.rendered)
    assert "Only fields of the workflow changed." in html
    assert '<details class="compared-workflow" open>' in html
    assert "Both pages look the same" in html


def test_a_change_of_the_front_matter_is_said_beside_the_rendered_page():
    html = page("---\nowner: A\n---\n# A\n\none\n", "---\nowner: B\n---\n# A\n\n2\n", View.rendered)
    assert "The front matter changed as well" in html


def test_in_a_huge_text_a_change_has_no_place_to_lead_to(monkeypatch):
    monkeypatch.setattr(text, "_MOST_LINES", 1)
    html = page(FIRST, FIRMER, View.side_by_side)
    assert '<span class="compared-where">in Notes</span>' in html


def test_layout_is_folded_and_what_matters_is_open():
    new = FIRST.replace("keeps", "must keep").replace("the wiki", "the  wiki")
    html = page(FIRST, new, View.rendered)
    assert '<details class="compared-material" open>' in html
    assert '<details class="compared-editorial">' in html


class Tags(HTMLParser):
    """Open tags that were never closed, and closing ones that nothing opened."""

    def __init__(self):
        super().__init__()
        self.open, self.wrong = [], []

    def handle_starttag(self, tag, attrs):
        assert not any(name.startswith("on") or name == "style" for name, _ in attrs)
        if tag not in {"br", "hr", "input", "wbr"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


TEXTS = st.text(alphabet="# -*_`<>&\"'/=abz\n\r\t|[]()é", max_size=120)


@given(old=TEXTS, new=TEXTS, view=st.sampled_from(View))
def test_any_two_texts_make_a_page_that_is_well_formed(old, new, view):
    html = page(old, new, view)
    tags = Tags()
    tags.feed(html)
    tags.close()
    assert (tags.open, tags.wrong) == ([], [])
    if view is not View.rendered:
        ids = re.findall(r' id="([^"]+)"', html)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_markup_in_titles_is_text():
    for view in View:
        html = page("# <script>x</script>\n\none\n", "# <script>x</script>\n\n1 must\n", view)
        assert "<script" not in html
