"""Unified diffs, judged by a reader of our own and by the standard library's writer."""

import difflib
import re

from hypothesis import given
from hypothesis import strategies as st

from app.domain.diff.hunks import hunks

TEXTS = st.lists(st.sampled_from(["a\n", "b\n", "c\r\n", "\n", "d\re\n", "end"]), max_size=30).map("".join)
_HEAD = re.compile(r"@@ -(\d+),(\d+) \+(\d+),(\d+) @@\n")


def applied(old: str, patch: list[str]) -> str:
    """As `patch` does it: strictly, without looking for lines elsewhere."""
    lines, new, at = old.splitlines(keepends=True) if "\r" not in old else re.findall(r"[^\n]*\n|[^\n]+", old), [], 0
    for entry in patch[2:]:
        for piece in re.findall(r"[^\n]*\n", entry):
            if head := _HEAD.match(piece):
                start = int(head[1]) - (1 if int(head[2]) else 0)
                new += lines[at:start]
                assert len(new) == int(head[3]) - (1 if int(head[4]) else 0)
                at = start
            elif piece[0] == "\\":
                last = new if entry[0] == "+" else None
                if last is not None or entry[0] == " ":
                    new[-1] = new[-1].removesuffix("\n")
            elif piece[0] == "+":
                new.append(piece[1:])
            else:
                assert lines[at].removesuffix("\n") == piece[1:].removesuffix("\n")
                new += [piece[1:]] if piece[0] == " " else []
                at += 1
    return "".join([*new, *lines[at:]])


@given(TEXTS, TEXTS)
def test_a_patch_makes_the_new_text_of_the_old_one(old, new):
    patch = list(hunks(old, new, ("a", "b")))
    assert (applied(old, patch) if patch else old) == new
    assert bool(patch) == (old != new)


def test_it_is_written_as_others_write_it():
    old = "".join(f"line {at}\n" for at in range(30))
    new = old.replace("line 3\n", "").replace("line 20\n", "line 20\nmore\n")
    wanted = difflib.unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), "a", "b")
    assert list(hunks(old, new, ("a", "b"))) == list(wanted)


def test_a_missing_line_end_is_said():
    assert list(hunks("a", "a\n", ("x", "y")))[-2:] == ["-a\n\\ No newline at end of file\n", "+a\n"]


def test_a_name_with_blanks_ends_with_a_tab():
    assert next(hunks("a", "b", ("my file.md", "b"))) == "--- my file.md\t\n"
