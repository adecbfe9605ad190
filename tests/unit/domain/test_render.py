"""What Markdown becomes in the page: structure, anchors, links, the author's HTML, and marks in the margin."""

import re
from pathlib import Path

import pytest

from app.domain.lint.engine import check
from app.domain.parse import parse
from app.domain.render import highlight
from app.domain.render.body import render_body


def html(text: str) -> str:
    return render_body(parse(text))


def test_headings_have_githubs_anchors_which_are_unique():
    shown = html("# One & two\n\n## `code` Ünï\n\n## Same\n\n## Same\n\n## Same-1\n\n##\n")
    anchors = ["one--two", "code-ünï", "same", "same-1", "same-1-1", "section"]
    assert all(f'id="{anchor}"' in shown for anchor in anchors)


def test_a_numbered_anchor_that_is_taken_is_passed_over():
    shown = html("## Same\n\n## Same-1\n\n## Same\n")
    assert [anchor for anchor in ("same", "same-1", "same-2") if f'id="{anchor}"' in shown] == [
        "same",
        "same-1",
        "same-2",
    ]


def test_a_heading_cannot_take_the_id_of_a_finding():
    assert 'id="finding-3-1"' in html("## Finding 3\n")


def test_blocks_carry_their_line_and_one_id_per_line():
    shown = html("a\n\n- b\n  - c\n\n> d\n")
    assert '<p id="L1">a</p>' in shown
    assert '<li id="L3">b' in shown
    assert '<li id="L4">c' in shown
    assert shown.count('id="L6"') == 1


def test_the_line_is_said_once():
    shown = html("# A\n\n- b\n- c\n\n| d |\n| --- |\n")
    assert '<h1 id="a" data-line="1">' in shown
    assert '<ul data-line="3">\n<li id="L3">' in shown
    assert 'data-line="6"><table><thead><tr id="L6">' in shown


def test_lines_are_counted_behind_front_matter_and_with_crlf():
    assert '<h1 id="a" data-line="4">' in html("---\r\ntitle: x\r\n---\r\n# A\r\n")


def test_front_matter_is_not_text_but_a_rule_in_the_middle_is_no_front_matter():
    assert "hidden" not in html("---\nhidden: yes\n---\n\ntext\n")
    assert "shown: yes" in html("text\n\n---\nshown: yes\n\n---\n")


@pytest.mark.parametrize(
    ("written", "href"),
    [
        ("https://example.org/a_b_c", "https://example.org/a_b_c"),
        ("(see https://example.org/a).", "https://example.org/a"),
        ("https://example.org/a_(b)", "https://example.org/a_(b)"),
        ("https://example.org/?a=1&b=2, and", "https://example.org/?a=1&amp;b=2"),
        ("<https://example.org/x>", "https://example.org/x"),
    ],
)
def test_bare_addresses_become_links(written, href):
    assert f'<a href="{href}" rel="noopener nofollow">' in html(written)


def test_addresses_in_code_and_in_links_stay_as_they_are():
    assert "<a" not in html("`https://example.org`")
    assert html("[https://b.example](https://a.example)").count("<a") == 1


def test_links_within_the_document_find_headings_and_the_authors_ids():
    shown = html('[a](#Title) [b](#mine)\n\n# Title\n\n<a name="mine"></a>text\n')
    assert 'href="#title"' in shown
    assert 'href="#user-content-mine"' in shown
    assert 'id="user-content-mine"' in shown


def test_wiki_links_lead_to_documents_only():
    shown = html("[[PAY-12]] and [[somewhere]]")
    assert '<a href="/d/PAY-12">PAY-12</a>' in shown
    assert shown.count("<a") == 1


def test_tables_scroll_and_keep_their_alignment():
    shown = html("| a | b |\n| :-: | --: |\n| 1 | 2 |\n")
    assert '<div class="table-scroll" tabindex="0" role="region" aria-label="Table 1"' in shown
    assert '<th scope="col" class="align-center">a' in shown
    assert '<td class="align-right">2' in shown


def test_callouts_tasks_and_footnotes():
    shown = html("> [!TIP]\n> t\n\n- [x] a\n- [ ] b\n\nx[^n] y[^n]\n\n[^n]: note\n")
    assert '<div class="callout callout-tip"' in shown
    assert shown.count('type="checkbox"') == 2
    assert 'checked="" aria-label="Done"' in shown
    assert '<li id="fn:1">' in shown
    assert shown.count('id="fnref:1"') == 1


def test_code_is_marked_by_classes_and_never_by_styles():
    shown = html('```python\nx = "</code>"  # why\n```\n\n```nosuchlanguage\n<b>\n```\n')
    assert '<span class="c1"># why</span>' in shown
    assert "&lt;/code&gt;" in shown
    assert "&lt;b&gt;" in shown
    assert "style" not in shown


def test_code_has_marks_for_what_has_a_colour_and_neighbours_of_a_kind_share_one():
    shown = html('```python\nname = "a" + other\n```\n')
    assert '<code class="language-python">name = <span class="s2">"a"</span> + other\n</code>' in shown


def test_the_classes_of_code_are_those_with_a_colour_in_the_stylesheet():
    rules = re.findall(r"\.code ([^{]+)\{", Path("assets/document.css").read_text())
    assert {name for rule in rules for name in re.findall(r"\.(\w+)", rule)} == highlight.COLOURED


def test_details_reach_over_blocks():
    shown = html("<details>\n<summary>More</summary>\n\n**inside**\n\n</details>\n\noutside\n")
    assert shown.index("<details>") < shown.index("<strong>inside") < shown.index("</details>") < shown.index("outside")


@pytest.mark.parametrize("opened", ["<b>", "<details>", "<table><tr><td>", "<ul><li>", "<div><i>", "<p>", "<h1>"])
def test_what_is_opened_in_a_quote_ends_with_it(opened):
    shown = html(f"> {opened}\n\nafter\n")
    assert shown.index("</blockquote>") < shown.index("after")
    assert '<p id="L3">after</p>' in shown


@pytest.mark.parametrize(
    "written",
    [
        "<table><tr><td>a > b</td><td>c</td></tr></table>",
        "<ul><li>a<li>b</ul></td>",
        "<details><summary>a</summary>b</details> c",
        "<p>a<br>b</p><hr><center>c</center><x>d</x>",
        "<div><script>a</script>b</div>",
        "<div>a &amp; b < c</div>",
    ],
)
def test_bare_tags_mean_the_same_as_tags_with_attributes(written):
    shown, other = html(written), html(re.sub(r"<(\w+)>", r"<\1 data-x>", written))
    assert shown == other
    assert "data-x" not in shown


def test_what_was_not_opened_cannot_be_closed():
    shown = html("> a </blockquote> </div> b\n\n</section></article>\n\nc\n")
    assert shown.count("</blockquote>") == 1
    assert "article" not in shown


def test_a_bob_stands_in_its_block_with_the_worst_of_its_findings():
    text = "## Components\n\n### A\n- **Dependencies**: B, TODO\n\n| a |\n| --- |\n| TBD |\n"
    design = parse(text)
    shown = render_body(design, check(design))
    assert '<a class="bob bob-error" href="#finding-2" aria-label="Error: unknown-dependency and 1 more">' in shown
    assert '<td><a class="bob bob-warning" href="#finding-4"' in shown


def test_what_is_found_in_front_matter_stands_at_the_top():
    design = parse("---\n[\n---\n\n# A\n")
    shown = render_body(design, check(design))
    assert shown.startswith('<p id="L0" class="bob-line"><a class="bob bob-error"')


def test_images_in_links_do_not_nest_links():
    shown = html("[![alt text](https://a.example/x.png)](https://b.example)")
    assert shown.count("<a") == 1
    assert "alt text" in shown


def test_an_image_is_its_words_and_its_host():
    assert ">a b</span>" in html("![a `b`](x.png)")
    assert ">a b c</span>" in html("![a ![b](y.png) c](x.png)")
    assert 'href="https://a.example/x.png"' in html("![a\nb ![c](http://y.z)](https://a.example/x.png)")


def test_an_address_for_mail_is_a_link_and_one_without_a_host_is_none():
    assert '<a href="mailto:ana@example.org" rel="noopener nofollow">ana@example.org</a>' in html("<ana@example.org>")
    assert "<a" not in html("http://. and https://... are no addresses")


def test_html_of_any_shape_is_read_or_shown():
    assert "<br>" in html("a <br/> b")
    assert "<td>" in html("<table><tr><td colspan='many'>x</td></tr></table>")
    assert '<td colspan="2">' in html("<table><tr><td colspan='2'>x</td></tr></table>")
    assert "&lt;![unknown[ x ]]&gt;" in html("<div><![unknown[ x ]]></div>")
    assert "&lt;i&gt;" in html("<div>" + "<i>" * 40_000)
