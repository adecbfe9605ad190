"""The weight of a comparison."""

import pytest

from app.domain.diff.change import Change, Comparison, Kind, Weight


def change(weight: Weight) -> Change:
    return Change(
        Kind.changed, weight, "2 words changed in Overview", "words", "overview", ("Overview",), (), None, None
    )


@pytest.mark.parametrize(
    ("weights", "heaviest"),
    [
        ([], None),
        ([Weight.editorial], Weight.editorial),
        ([Weight.wording, Weight.editorial], Weight.wording),
        ([Weight.editorial, Weight.material, Weight.wording], Weight.material),
    ],
)
def test_the_heaviest_change_counts(weights, heaviest):
    assert Comparison(tuple(map(change, weights)), ()).weight is heaviest


def test_fields_of_the_workflow_weigh_nothing():
    assert Comparison((), (change(Weight.material),)).weight is None
