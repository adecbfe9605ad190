"""The drawings with marks: what colour says is said by a sign and in words, and every tag is closed."""

import re

import pytest

from app.domain.diff.drawings import compare_drawings
from app.domain.diff.pictures import MOST_DRAWN, MOST_LISTED, pictures
from app.domain.parse import parse
from tests.unit.domain.diff.test_drawings import TEXT
from tests.unit.domain.diff.test_html import Tags as _Tags


class Tags(_Tags):
    """SVG closes its strokes in the tag."""

    def handle_startendtag(self, tag, attrs):
        self.names.add(tag)


def shown(old: str, new: str) -> str:
    before, after = parse(old), parse(new)
    html = pictures(before, after, compare_drawings(before, after), "?view=rendered")
    Tags(html)
    return html


def changed(old: str, new: str) -> str:
    return shown(TEXT, TEXT.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "marks", "words"),
    [
        ("Store, Mail", "Store", [("removed", "Removed: Billing depends on Mail")],
         "dependency Billing → Mail removed"),
        ("once.", "twice.", [("changed", "Changed: Billing: Bills what was sold, every night, once."),
                             ("changed", "Changed: Billing: Bills what was sold, every night, twice.")],
         "component Billing changed: purpose"),
        ("Store", "Depot", [("renamed", "Renamed: Store: Keeps every order and gives it out again."),
                            ("renamed", "Renamed: Depot: Keeps every order and gives it out again.")],
         "component Store renamed Depot"),
        ("| phone | text | |\n", "", [("removed", "Removed: phone text")], "column users.phone removed"),
        ("FK → users.id", "", [("removed", "Removed: orders.user_id refers to users.id")],
         "reference orders.user_id → users.id removed"),
        ("2. Store → Mail: send\n", "", [("removed", "Removed: Store calls Mail: send")],
         "step Store → Mail: send removed"),
        ("2. deploy", "2. test\n3. deploy", [("added", "Added: test")], "stage test added"),
    ],
)  # fmt: skip
def test_a_mark_has_a_class_a_sign_and_a_word(old, new, marks, words):
    html = changed(old, new)
    found = re.findall(r'class="[^"]*graph-marked graph-(\w+)"[^>]*><title>([^<]*)</title>', html)
    assert [one for one in found if one in marks] == marks
    assert html.count('<g class="graph-disc') == len(found)
    assert words in re.sub(r"<[^>]+>", "", html)


def test_a_drawing_with_one_side_has_no_marks():
    html = shown(TEXT[: TEXT.index("## Environments")], TEXT)
    section = html[html.index('aria-label="Pipeline"') :].partition("</section>")[0]
    assert '<span class="diff-fate">added</span>' in section
    assert section.count("<figure") == 1
    assert "graph-marked" not in section
    assert "stage build added" in section


def test_boxes_of_the_new_drawing_lead_to_their_text():
    html = changed("Store, Mail", "Store")
    before, after = re.findall(r"<figure.*?</figure>", html, re.DOTALL)
    assert "href=" not in before
    assert 'href="?view=rendered#billing"' in after


def test_nothing_drawn_and_nothing_different_are_said():
    assert "Neither revision has anything that is drawn." in shown("# A\n", "# B\n")
    html = shown(TEXT, TEXT + "\nmore\n")
    assert "The drawings are the same." in html
    assert "Unchanged: Component graph; Entities and relations; " in html


def test_many_differences_and_many_drawings_are_bounded():
    many = "# T\n\n## Flows\n\n" + "".join(
        f"### F{flow}\n\n" + "".join(f"{at + 1}. A{at} → B: x\n" for at in range(60)) for flow in range(MOST_DRAWN + 2)
    )
    html = shown(many, many.replace(": x", ": y").replace("B", "C"))
    assert html.count("<figure") == 2 * MOST_DRAWN
    assert html.count('<section class="drawing"') == MOST_DRAWN + 2
    wide = "# T\n\n## Components\n\n" + "".join(f"### C{at}\n\n- **Purpose**: p\n\n" for at in range(MOST_LISTED + 5))
    assert "<li>5 more differences</li>" in shown("# T\n\n## Components\n", wide)


def test_hostile_names_are_text():
    html = shown(TEXT.replace("Store", 'S" onload="x'), TEXT.replace("Store", "S</title><script>"))
    assert "<script" not in html
    assert 'onload="' not in html
