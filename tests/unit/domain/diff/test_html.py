"""The source views: everything escaped, every tag closed, all that differs said in words."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.diff.html import side_by_side, unified
from app.domain.diff.text import compare_texts
from app.domain.parse import parse

VIEWS = pytest.mark.parametrize("view", [unified, side_by_side])
LINES = st.sampled_from(
    ["# A\n", "## <B>\n", "<script>x</script>\n", '" onload="x\n', "one two & three\n", "one\ttwo\n", "\n", "end"]
)
OURS = frozenset(
    [
        "div",
        "p",
        "section",
        "h3",
        "span",
        "details",
        "summary",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "ins",
        "del",
    ]
)
TEXTS = st.lists(LINES, max_size=20).map("".join)


def shown(view, old: str, new: str) -> str:
    return view(compare_texts(parse(old), parse(new)))


class Tags(HTMLParser):
    """Fails on a tag that does not close the last one opened."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@given(TEXTS, TEXTS)
def test_the_html_is_whole_and_has_only_our_tags(old, new):
    for view in (unified, side_by_side):
        tags = Tags(shown(view, old, new))
        assert tags.names <= OURS
        assert tags.attributes <= {"class", "scope", "aria-hidden"}


@VIEWS
def test_equal_texts_are_said_to_be_the_same(view):
    assert "The texts are the same." in shown(view, "# A\n", "# A\n")


@VIEWS
def test_words_are_marked_in_ins_and_del_under_their_section(view):
    html = shown(view, "# Store\n\nKept for 30 days.\n", "# Store\n\nKept for 45 days.\n")
    assert '<del class="diff-mark">30</del>' in html
    assert '<ins class="diff-mark">45</ins>' in html
    assert '<h3 class="diff-title">Store' in html


@VIEWS
def test_what_colour_says_is_said_in_words_too(view):
    html = shown(view, "a b c\n", "a b  c\n")
    assert "removed, white space only" in html
    assert "added, white space only" in html
    assert '<ins class="diff-mark diff-space">··</ins>' in html


@VIEWS
def test_line_ends_are_shown_where_they_differ(view):
    html = shown(view, "a\n", "a\r\n")
    assert '<ins class="diff-mark diff-space">␍␊</ins>' in html
    assert '<del class="diff-mark diff-space">␊</del>' in html


@VIEWS
def test_unchanged_lines_are_folded_but_there(view):
    lines = "".join(f"line {at}\n" for at in range(40))
    html = shown(view, f"# A\n{lines}x\n", f"# A\n{lines}y\n")
    assert "<summary>38 unchanged lines</summary>" in html
    assert "line 7" in html


@VIEWS
def test_sections_without_a_change_are_folded_together(view):
    html = shown(view, "# A\na\n# B\nb\n# C\nold words\n", "# A\na\n# B\nb\n# C\nnew words\n")
    assert "<summary>2 unchanged sections, 4 lines: A, B</summary>" in html
    many = "".join(f"# <{at}>\na\n" for at in range(9))
    assert "18 lines: &lt;0&gt;, &lt;1&gt;, &lt;2&gt;, &lt;3&gt;, &lt;4&gt;, &lt;5&gt;, …<" in shown(
        view, f"{many}# C\nold words\n", f"{many}# C\nnew words\n"
    )


@VIEWS
def test_where_nothing_that_matters_changed_is_said(view):
    diff = compare_texts(parse("# A\na b\n# B\nc\n"), parse("# A\na  b\n# B\nd\n"))
    html = view(diff, frozenset({"a", "b"}))
    assert html.count('<span class="diff-fate">nothing that matters</span>') == 2
    assert "nothing that matters" not in view(diff)


def test_old_lines_come_before_new_ones_in_one_column():
    html = shown(unified, "a b c\nd e f\n", "a b x\nd e y\n")
    assert [html.index(f">{word}</") for word in "cfxy"] == sorted(html.index(f">{word}</") for word in "cfxy")


def test_a_renamed_section_shows_both_names():
    body = "".join(f"{word} line\n" for word in ("one", "two", "three"))
    html = shown(side_by_side, f"# Old\n{body}", f"# New\n{body}")
    assert "<del>Old</del> <ins>New</ins>" in html
    assert "renamed" in html
