"""The sample documents are what a first look sees: nothing may be wrong with them."""

from pathlib import Path

import pytest

from app.domain.health import HealthState
from app.domain.sheet import sheet
from app.services import sample

TEXTS = sorted(Path(sample.__file__).parent.glob("*.md"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_sample_document_has_no_finding(path: Path) -> None:
    page = sheet(path.read_text("utf-8"))
    assert page.findings == ()
    assert page.health.state is HealthState.clean
    assert "<figure" in page.html


def test_there_are_texts_to_look_at() -> None:
    assert len(TEXTS) >= 2
