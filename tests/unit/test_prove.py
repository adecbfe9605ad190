"""What `make prove` reads from its runs: what counts as noticed, what is shown of the rest."""

import json

import pytest

from scripts import prove
from scripts.prove import Area, Outcome

MUTATED = '''
async def x_early__mutmut_orig(now, end):
    """Whether there is time."""
    return now < end


async def x_early__mutmut_1(now, end):
    """Whether there is time."""
    return now <= end


class Door:
    def xǁDoorǁopen__mutmut_orig(self):
        return True

    def xǁDoorǁopen__mutmut_12(self):
        return False
'''


@pytest.fixture
def folder(tmp_path):
    """As mutmut leaves it."""
    copy = tmp_path / "mutants" / "app"
    copy.mkdir(parents=True)
    (copy / "door.py").write_text(MUTATED)
    late = {f"app.door.x_late__mutmut_{number}": code for number, code in enumerate((33, 124, None, 255), 1)}
    codes = {"app.door.x_early__mutmut_1": 0, "app.door.xǁDoorǁopen__mutmut_12": 1, **late}
    (copy / "door.py.meta").write_text(json.dumps({"exit_code_by_key": codes}))
    return tmp_path


def test_noticed_is_what_a_test_failed_or_hung_under(folder):
    found = prove.outcome(folder)
    assert (found.killed, found.hung, found.whole) == (2, 1, 6)
    assert found.survived == ["app.door.x_early__mutmut_1"]
    assert [name[-1] for name in found.unreached] == ["1", "3", "4"]
    assert found.share == pytest.approx(100 / 3)
    assert Outcome(0, 0, [], []).share == 0.0


def test_of_a_change_its_lines_are_shown(folder):
    shown = prove.changed_lines(folder / "mutants", "app.door.x_early__mutmut_1")
    assert shown == "-    return now < end\n+    return now <= end"
    shown = prove.changed_lines(folder / "mutants", "app.door.xǁDoorǁopen__mutmut_12")
    assert [line.replace(" ", "") for line in shown.splitlines()] == ["-returnTrue", "+returnFalse"]


@pytest.mark.parametrize(("least", "passes"), [(33.0, True), (34.0, False)])
def test_an_area_fails_below_its_least_share(folder, capsys, least, passes):
    area = Area("doors", ["app/door.py"], ["tests"], least)
    assert prove.show(area, prove.outcome(folder), folder) is passes
    assert "doors: 2 of 6 changes noticed" in capsys.readouterr().out


def test_the_areas_name_what_there_is():
    for area in prove.areas().values():
        assert 90 <= area.least <= 100
        assert all(list(prove.ROOT.glob(pattern)) for pattern in area.changed), area.name
        assert all((prove.ROOT / test).exists() for test in area.tests), area.name
        assert f"| {area.name} |" in (prove.ROOT / "docs" / "mutation.md").read_text()
