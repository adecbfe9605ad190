"""The whole page of a text, and its name."""

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
