"""The whole page of a text, and its name."""

import re

from app.domain.health import HealthState
from app.domain.sheet import RENDER_VERSION, content_digest, sheet

TEXT = """# Refunds

- Status: accepted
- Owner: Ana, Ravi
- Date: 2026-03-01

## Components

### API
- **Dependencies**: Ledgr
- **Purpose**: pays back
"""


def test_the_name_changes_with_the_text_and_ends_with_the_version():
    assert content_digest("a") != content_digest("b")
    assert content_digest("a").endswith(f"-{RENDER_VERSION}")
    assert len(RENDER_VERSION) == 8


def test_facts_come_from_the_text():
    page = sheet(TEXT)
    assert (page.title, page.claimed_status, page.owners) == ("Refunds", "approved", ("Ana", "Ravi"))
    assert page.summary == "1 component"
    assert page.health.state is HealthState.errors
    assert page.health.label == "1 error"


def test_a_finding_is_marked_in_the_margin_listed_and_linked():
    html = sheet(TEXT).html
    assert 'href="#finding-1" aria-label="Error: unknown-dependency"' in html
    assert '<li id="finding-1"' in html
    assert 'href="#L10">line 10</a>' in html
    assert '<li id="L10"' in html


def test_an_empty_text_has_a_page():
    page = sheet("")
    assert page.health.label == "Clean"
    assert page.html.startswith('<div class="doc">')


def test_a_first_heading_that_repeats_the_title_is_not_shown_twice():
    assert '<h1 class="repeated" id="a--b"' in sheet("# A & B\n\nText\n").html
    assert "repeated" not in sheet("Text\n\n# A\n").html


def test_a_first_heading_with_a_finding_stays_where_its_mark_is():
    assert "repeated" not in sheet("# A [TODO]\n\nText\n").html


DRAWN = """# Orders

## Flows

### Buying

{picture}

1. Shop → Till: pays

## Database Design

### Schema Design

#### one

| Column | Type | Key |
| --- | --- | --- |
| id | INT | PK |

#### two

| Column | Type | Key |
| --- | --- | --- |
| one_id | INT | FK → one.id |

## Pipeline

1. Build
2. Approval
"""
FIGURES = ["Sequence: Buying", "Entities and relations", "Pipeline"]


def figures_behind(html):
    """The name of every figure with the heading that it stands right behind."""
    return re.findall(r'([^<>]*)</h\d>\n<figure class="graph" tabindex="0" aria-label="([^"]*)"', html)


def test_drawings_stand_at_the_heads_of_their_sections():
    shown = figures_behind(sheet(DRAWN.format(picture="")).html)
    assert shown == list(zip(["Buying", "Schema Design", "Pipeline"], FIGURES, strict=True))


def test_a_section_with_a_picture_of_its_own_is_not_drawn_again():
    shown = figures_behind(sheet(DRAWN.format(picture="![buying](buying.png)")).html)
    assert [name for _, name in shown] == FIGURES[1:]


def test_one_table_and_one_stage_are_not_worth_a_drawing():
    head, _, rest = DRAWN.format(picture="").partition("#### two")
    text = head + "## Pipeline" + rest.partition("## Pipeline")[2].replace("2. Approval\n", "")
    assert [name for _, name in figures_behind(sheet(text).html)] == FIGURES[:1]


def test_many_flows_of_one_section_are_drawn_up_to_a_number():
    flows = "\n".join(f"Text.\n\n1. A{at} → B\n" for at in range(20))
    html = sheet(f"## Flows\n\n{flows}").html
    assert html.count('aria-label="Sequence: Flows"') == 12


def test_a_text_cannot_multiply_or_take_a_drawing():
    stolen = '<div class="figure-place-0"></div>\n\n' * 3
    html = sheet(f"## Pipeline\n\n{stolen}\n\n1. Build\n2. Ship\n").html
    assert html.count("<svg") == 1
