"""Where lines and elements come from."""

import random

from app.domain.blame import Origin, blame, blame_elements
from app.domain.diff.parts import split_lines
from app.domain.parse import parse
from tests import corpus

FIRST = "# T\n\n## Components\n\n### Billing\n\n- **Purpose**: Bills.\n- **Dependencies**: none\n\n## Notes\n\nold\n"


def chain(*texts):
    return [parse(text) for text in texts]


def test_a_line_keeps_the_revision_it_is_unchanged_since():
    second = FIRST.replace("old", "old\nnew")
    third = second.replace("old", "older")
    assert blame(chain(FIRST)) == (0,) * 12
    assert blame(chain(FIRST, second, third)) == (*[0] * 11, 2, 1)


def test_a_line_moves_with_its_section():
    section = "## Notes\n\nold\n"
    moved = FIRST.replace(section, "").replace("## Components", section + "\n## Components")
    origins = dict(zip(split_lines(moved), blame(chain(FIRST, moved)), strict=True))
    assert {origins[line] for line in ("## Notes\n", "old\n", "### Billing\n")} == {0}


def test_a_line_stays_when_its_section_is_renamed():
    renamed = FIRST.replace("## Notes", "## Remarks")
    origins = dict(zip(split_lines(renamed), blame(chain(FIRST, renamed)), strict=True))
    assert (origins["## Remarks\n"], origins["old\n"]) == (1, 0)


def test_elements_know_who_brought_and_who_changed_them():
    second = FIRST.replace("## Notes", "### Ledger\n\n- **Purpose**: Keeps books.\n\n## Notes")
    third = second.replace("Dependencies**: none", "Dependencies**: Ledger")
    fourth = "\n\nmoved down\n\n" + third
    found = blame_elements(chain(FIRST, second, third, fourth))
    assert found["component:billing"] == Origin(0, 2)
    assert found["component:ledger"] == Origin(1, 1)
    assert found["section:notes"] == Origin(0, 0)


def test_an_element_that_went_and_came_back_is_new():
    without = FIRST.replace("### Billing\n\n- **Purpose**: Bills.\n- **Dependencies**: none\n\n", "")
    assert "component:billing" not in blame_elements(chain(FIRST, without))
    assert blame_elements(chain(FIRST, without, FIRST))["component:billing"] == Origin(2, 2)


def test_every_line_has_an_origin_and_marked_lines_have_theirs():
    chance = random.Random(7)
    for path in corpus.documents()[:6]:
        texts = [path.read_bytes().decode("utf-8", "replace")]
        for revision in range(1, 5):
            lines = split_lines(texts[-1])
            lines.insert(chance.randrange(len(lines)), f"line of revision {revision}\n")
            texts.append("".join(lines))
        origins = blame(chain(*texts))
        lines = split_lines(texts[-1])
        assert len(origins) == len(lines)
        for line, origin in zip(lines, origins, strict=True):
            if line.startswith("line of revision "):
                assert origin == int(line.split()[3])


def test_nothing_comes_from_nowhere():
    assert blame([]) == ()
    assert blame_elements([]) == {}
    assert blame(chain("", "a")) == (1,)
