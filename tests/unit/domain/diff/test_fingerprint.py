"""Digests of sections."""

import pytest

from app.domain.diff.fingerprint import fingerprints, unaltered
from app.domain.diff.text import compare_texts
from app.domain.parse import parse

HEAD = "---\nstatus: draft\n---\n# T\n\n- **Date**: 2026-01-01\n\n"
TEXT = HEAD + "## One\n\nsome “plain” words\n\n- a\n- b\n\n## Two\n\n    code  x\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [("some ", "some\n"), ("“plain”", '"plain"'), ("- a\n- b", "* a\n* b"), ("\n", "\r\n"), ("01-01", "02-02"),
     ("draft", "approved"), ("## One", "One\n---")],
)  # fmt: skip
def test_a_digest_stays_under_editorial_changes(old, new):
    assert fingerprints(parse(TEXT.replace(old, new))) == fingerprints(parse(TEXT))


@pytest.mark.parametrize(
    ("old", "new", "section"),
    [("plain", "fine", "one"), ("- b", "  - b", "one"), ("## One", "### One", "one"), ("code  x", "code x", "two")],
)
def test_a_digest_changes_with_its_section_alone(old, new, section):
    before, after = fingerprints(parse(TEXT)), fingerprints(parse(TEXT.replace(old, new)))
    assert {key for key in before if before[key] != after[key]} == {section}


def test_a_digest_is_the_same_in_every_process():
    assert fingerprints(parse("# A\n\n> - b\n"))["a"].startswith("de5d93c1497b")


def test_sections_that_changed_and_say_the_same_are_unaltered():
    before = parse(TEXT)
    after = parse(TEXT.replace("some ", "some  ").replace("code  x", "code y").replace("01-01", "02-02"))
    assert unaltered(before, after, compare_texts(before, after)) == {"t", "one"}
    assert unaltered(before, before, compare_texts(before, before)) == frozenset()
