"""Entity tags: what they name, and who has it already."""

import pytest

from app.api.conditions import is_known, revision_of, tag
from app.core.errors import AppError
from app.schemas.errors import ErrorFacts

SHOWN = ErrorFacts(code="A", message="b", details={})


@pytest.mark.req("CONC-06")
@pytest.mark.parametrize(
    ("asked", "etag", "known"),
    [
        ('"3"', '"3"', True),
        ('W/"3"', '"3"', True),
        ('"3"', 'W/"3"', True),
        ('"2", "3"', '"3"', True),
        ('"2",W/"3"', '"3"', True),
        ("*", '"3"', True),
        ("", '"3"', False),
        ("3", '"3"', False),
        ('"33"', '"3"', False),
        ('"2"', '"3"', False),
        ('"*"', '"3"', False),
        ('"', '"3"', False),
    ],
)
def test_who_has_it_already(asked, etag, known):
    assert is_known(asked, etag) is known


def test_a_tag_names_its_version_and_changes_with_what_is_shown():
    other = SHOWN.model_copy(update={"message": "c"})
    assert tag(3) == '"3"'
    assert tag(3, SHOWN) == tag(3, SHOWN) != tag(3, other)
    assert revision_of(tag(3)) == revision_of(tag(3, SHOWN)) == revision_of("W/" + tag(3, SHOWN)) == 3


@pytest.mark.req("CONC-03")
@pytest.mark.parametrize("odd", ['"3-"', '"3-xyz"', '"-3"', "x", '"3"-1', '"1", "2"', "*"])
def test_a_tag_of_nobody_is_refused(odd):
    with pytest.raises(AppError) as refused:
        revision_of(odd)
    assert refused.value.code == "BAD_REQUEST"
