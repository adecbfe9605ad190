"""The server's first paint and the page's script say the same: Python and JavaScript over one table."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.gateway.served import source_slots, words

JSX = Path(__file__).resolve().parents[3] / "components" / "ui" / "served.jsx"
NODE = Path(sys.executable).with_name("node")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AGES = [
    -30 * 86_400,
    -604_800,
    -90_000,
    -3600,
    -90,
    -60,
    -1,
    0,
    1,
    59,
    60,
    61,
    119,
    120,
    3599,
    3600,
    7199,
    7200,
    86_399,
    86_400,
    172_799,
    604_799,
    604_800,
]
AGES += [604_801, 30 * 86_400, 31 * 86_400, 59 * 86_400, 60 * 86_400, 61 * 86_400, 365 * 86_400, 4000 * 86_400]
AGES += [n * 86_400 for n in range(90, 400, 30)]


def in_javascript(moments):
    source = JSX.read_text()
    function = source[source.index("export function words") :].removeprefix("export ")
    script = f"{function}\nconst now = {NOW.timestamp() * 1000};\n"
    script += f"console.log(JSON.stringify({json.dumps(moments)}.map((at) => words(new Date(at), now))))"
    done = subprocess.run(
        [NODE, "-e", script],
        env={"TZ": "UTC", "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    return json.loads(done.stdout)


def test_moments_are_worded_alike_on_both_sides():
    moments = [NOW - timedelta(seconds=age) for age in AGES]
    assert in_javascript([moment.isoformat() for moment in moments]) == [words(moment, NOW) for moment in moments]


def test_moments_are_worded_by_distance():
    told = [words(NOW - timedelta(seconds=age), NOW) for age in (-5, 0, 59, 60, 3600, 86_400, 604_800)]
    assert told == ["just now", "just now", "just now", "1 min ago", "1 h ago", "1 d ago", "23 Feb 2026"]
    ahead = [words(NOW + timedelta(seconds=age), NOW) for age in (59, 60, 3600, 86_400, 604_800)]
    assert ahead == ["just now", "in 1 min", "in 1 h", "in 1 d", "9 Mar 2026"]


def test_a_source_text_survives_its_way_through_a_text_area():
    """HTML drops one line end after the opening tag and ends the area at its closing tag."""
    slots = source_slots("\n# A\n</textarea><script>&amp;", 3)
    assert slots["text"].trusted == "\n\n# A\n&lt;/textarea&gt;&lt;script&gt;&amp;amp;"
    assert slots["text"].data == {"newlines": "lf", "base": "3"}


def test_the_line_ends_of_a_source_text_are_told():
    ends = {"a\r\nb\r\n": "crlf", "a\nb": "lf", "a\r\nb\nc": "lf", "a": "lf", "a\rb": "lf"}
    assert {text: source_slots(text, 1)["text"].data["newlines"] for text in ends} == ends
