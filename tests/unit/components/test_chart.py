"""What a chart's script makes of numbers, run as it stands: scale, words, lines with gaps."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

JSX = Path(__file__).resolve().parents[3] / "components" / "ui" / "chart.jsx"
NODE = Path(sys.executable).with_name("node")


def ran(expression):
    source = JSX.read_text()
    functions = source[source.index("export function words") : source.index("/** How wide")].replace("export ", "")
    script = f"{functions}\nconsole.log(JSON.stringify({expression}))"
    done = subprocess.run([NODE, "-e", script], capture_output=True, text=True, check=True, timeout=30)
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("unit", "values", "expected"),
    [
        ("count", [0, 1, 4, 5, 26, 51, 1001], [4, 4, 4, 10, 40, 100, 2000]),
        ("seconds", [0, 0.003, 0.011, 0.3], [0.01, 0.005, 0.02, 0.5]),
        ("bytes", [0, 150_000_000], [1_000_000, 200_000_000]),
    ],
)
def test_the_scale_ends_at_a_round_number(unit, values, expected):
    found = ran(f"{json.dumps(values)}.map((one) => ceiling(one, '{unit}'))")
    assert found == pytest.approx(expected)


def test_values_are_worded_by_their_unit():
    assert ran("[words('seconds', 0.0124), words('seconds', 2), words('seconds', null)]") == ["12 ms", "2.0 s", "–"]
    assert ran("[0, 999, 1500, 25e6].map((one) => words('bytes', one))") == ["0 B", "999 B", "1.5 kB", "25 MB"]
    assert ran("words('count', 12345)") == "12,345"


def test_lines_leave_what_is_not_known_open_and_a_point_alone_is_a_dot():
    drawn = ran("path([null, 1, 2, null, 3, null], (place) => place * 10, (value) => value)")
    assert drawn == "M10.0 1.0L20.0 2.0M40.0 3.0h.01"
    assert ran("path([null, null], (x) => x, (y) => y)") == ""
