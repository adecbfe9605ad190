"""The rendered view: either page can be read out of it, whatever is in the texts, and nothing is left open."""

import re
import time
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.diff.rendered import rendered, rendered_changes
from app.domain.parse import parse
from app.domain.render.body import render_body
from app.domain.render.sanitise import sanitise
from tests import corpus

PIECES = [
    "# A *b*\n", "## B\n", "- one two\n", "- one `three`\n  - deep\n", "| a | b |\n| - | - |\n| 1 | two words |\n",
    "| a |\n| - |\n| 1 |\n| <b>2 |\n", "```py\nx = 1\ny\n```\n", "```\nx = 2\ny\n```\n", "> quoted *text* here\n",
    "words in a row, **bold ones** and [a link](#b)\n", "words in a line, bold ones and [a link](#a)\n", "\n", "\n",
    "<details><summary>s</summary>\n", "</details>\n", "a<ins>b</ins> <del>c &lt;d</del> ![i](http://x.y/z) &amp;\n",
    "note[^1]\n\n[^1]: a note\n", "- [ ] task\n", "- [x] t\n",
    "<td>loose</div> <p>\n", "1. x\n", 'end <a id="x"></a>\n', "a  \nb\n", "---\n",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


class Side(HTMLParser):
    """The text of one side: without the other's `ins` or `del`. Fails on a tag that does not close the last one."""

    def __init__(self, html: str, hidden: str) -> None:
        super().__init__()
        self.hidden, self.open, self.text = hidden, [], []
        self.ids: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        css = (values.get("class") or "").split()
        self.ids += [values["id"]] if "id" in values else []
        if tag not in {"br", "hr", "input", "wbr"}:
            self.open.append((tag, self.hidden in css or "visually-hidden" in css))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if not any(hidden for _, hidden in self.open):
            self.text.append(data)

    @property
    def read(self) -> str:
        return "".join("".join(self.text).split())


def proves(old: str, new: str) -> str:
    before, after = parse(old), parse(new)
    html = rendered(before, after)
    assert Side(html, "diff-del").read == Side(render_body(after), "none").read
    assert Side(html, "diff-add").read == Side(render_body(before), "none").read
    assert sorted(Side(html, "none").ids) == sorted(Side(render_body(after), "none").ids)
    assert sanitise(html) == html
    return html


LOOSE = "<details><summary>s</summary>\n| a |\n| - |\n| 1 |\n| <b>2 |\n"


@example(f"{LOOSE}<td>loose</div> <p>\n", f"{LOOSE}{LOOSE[30:]}<td>loose</div> <p>\n")
@given(TEXTS, TEXTS)
def test_both_pages_can_be_read_out_of_it(old, new):
    proves(old, new)


def test_both_pages_of_real_documents_can_be_read_out_of_it():
    texts = [path.read_bytes().decode("utf-8", "replace")[:9_000] for path in corpus.documents()]
    for old, new in pairwise(texts):
        proves(old, new)


def test_equal_texts_have_no_mark():
    for path in corpus.documents():
        design = parse(path.read_bytes().decode("utf-8", "replace")[:15_000])
        assert not re.search("diff-(add|del)", rendered(design, design))


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("It keeps 30 days.", "It keeps 45 days.", '<del class="diff-del">30</del><ins class="diff-add">45</ins> days'),
        ("- a b c d", "- a b c e", '<del class="diff-del">d</del><ins class="diff-add">e</ins></li>'),
        ("# Old name here", "# New name here", '<del class="diff-del">Old</del><ins class="diff-add">New</ins> name'),
        ("a *b* c", "a **b** c", '<del class="diff-del">b</del><strong><ins class="diff-add">b</ins></strong>'),
        ("```\na\nb\n```", "```\na\nc\n```", '<del class="diff-del">b\n</del><ins class="diff-add">c\n</ins>'),
        ("| a |\n|-|\n| x y |\n", "| a |\n|-|\n| x z |\n", '<td>x <del class="diff-del">y</del><ins'),
        ("a\n", "a\n\nmore words\n", '<ins class="diff-block diff-add"><span class="visually-hidden">Added: </span><p'),
        ("- a\n- b\n", "- a\n", '<li><del class="diff-block diff-del"><span class="visually-hidden">Removed: </span>b'),
        ("# A\n\ntext\n", "text\n", "</span><h1>A</h1></del>"),
    ],
)
def test_words_items_cells_lines_and_blocks_are_marked(old, new, wanted):
    assert wanted in proves(old, new)


def test_a_new_table_above_does_not_change_the_tables_below():
    table = "| a |\n| - |\n| {} |\n\n"
    html = proves(table.format(1), table.format(2) + "text\n\n" + table.format(1))
    assert html.count("diff-block") == 2


def test_what_is_far_from_a_change_is_folded_under_its_headings():
    quiet = "".join(f"## Part <{at}>\n\ntext {at}\n\n" for at in range(7))
    html = rendered_changes(parse(f"{quiet}one two\n"), parse(f"{quiet}one three\n"))
    assert (
        '<details class="diff-fold"><summary>12 unchanged blocks: Part &lt;0&gt;, Part &lt;1&gt;, Part &lt;2&gt;,'
        " Part &lt;3&gt;, …</summary>"
    ) in html
    assert html.count('<h2 id="part-') == 7


def test_pages_that_are_the_same_have_nothing_to_show():
    assert rendered_changes(parse("# A\n\na b\n"), parse("# A\na\nb\n")) == ""


HOSTILE = {
    "deep lists": tuple("".join("  " * at + f"- {word}\n" for at in range(300)) for word in "ab"),
    "tags in tags": tuple("".join(f"<{tag}>word " for _ in range(8_000)) for tag in "bi"),
    "a long list": ("- a\n" * 10_000, "- b\n" * 10_000),
    "one long paragraph": ("some words " * 100_000, "some words " * 100_000 + "x"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_take_bounded_time(name):
    old, new = (parse(text) for text in HOSTILE[name])
    started = time.process_time()
    rendered(old, new)
    assert time.process_time() - started < 6  # alone one or two
