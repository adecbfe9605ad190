"""Hostile evidence: refused with a sentence or read as what it is, in bounded memory, with no look at anything else."""

import itertools
import string
import sys
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.domain.evidence import bounded_json, reading
from app.domain.evidence.kind import Unreadable
from tests.unit.domain.evidence import hostile

XML, JSON = hostile.xml(), hostile.json()
READ = {  # what is harmless once nothing is expanded, included or believed
    "inclusion",
    "a huge text",
    "a huge namespace, named often",
    "a huge namespace, named by attributes",
    "a huge namespace of many elements",
    "UTF-7",
    "another encoding than it says",
    "an unknown encoding",
    "instructions",
    "a flood of CDATA",
}
MOST_MEMORY = 150_000_000


class Ear:
    """Hears what this process opens, however deep below, while it listens. A hook can never be taken away."""

    def __init__(self) -> None:
        self.is_listening = False
        self.heard: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple) -> None:
        if self.is_listening and (event == "open" or event.startswith(("socket.", "urllib.", "subprocess."))):
            self.heard.append(f"{event} {arguments!r}"[:200])


EAR = Ear()


@contextmanager
def alone() -> Iterator[None]:
    """Nothing is opened meanwhile, no file and no connection."""
    EAR.heard.clear()
    EAR.is_listening = True
    try:
        yield
    finally:
        EAR.is_listening = False
    assert EAR.heard == []


def outcome(data: bytes) -> str:
    try:
        return reading.read(data).words
    except Unreadable as refused:
        return str(refused)


@pytest.fixture(autouse=True, scope="module")
def imported() -> None:
    """What is imported at first use is read from files."""
    outcome(b"<testsuite/>")
    outcome(b"{}")


@pytest.mark.req("FILE-01")
@pytest.mark.parametrize("name", XML)
def test_hostile_xml_reaches_nothing_and_is_bounded(name):
    tracemalloc.start()
    try:
        with alone():
            said = outcome(XML[name])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MOST_MEMORY
    assert said == "1 test" if name in READ else said.startswith(("It ", "One ")), said
    assert "root:" not in said


@pytest.mark.req("FILE-01")
def test_what_is_told_of_a_document_type_helps():
    assert "<!DOCTYPE" in outcome(XML["an external document type"])


@pytest.mark.req("FILE-02")
@pytest.mark.parametrize("name", JSON)
def test_hostile_json_is_refused_with_a_sentence_or_read_as_what_it_is(name):
    with alone():
        said = outcome(JSON[name])
    assert said.endswith((".", "endpoints", "of x", "imports"))
    assert said.isprintable()


@pytest.mark.req("FILE-02")
@pytest.mark.parametrize("name", [name for name in JSON if name.startswith(("very", "deep", "texts"))])
def test_what_is_too_much_is_refused_before_anything_is_built_of_it(name, monkeypatch):
    monkeypatch.setattr(bounded_json.json, "loads", None)
    monkeypatch.setattr(bounded_json, "MOST_TEXTS", 100_000)
    assert "more than" in outcome(JSON[name])


@pytest.mark.req("FILE-02")
def test_the_largest_json_within_the_bounds_takes_bounded_memory(monkeypatch):
    """Of everything as much as may be, in the letters that take most; all of it and the memory by ten."""
    for bound in ("MOST_CONTAINERS", "MOST_TEXTS", "MOST_VALUES"):
        monkeypatch.setattr(bounded_json, bound, getattr(bounded_json, bound) // 10)
    letters = itertools.product(string.ascii_letters, repeat=4)
    keys = ",".join(f'"{"".join(four)}\N{GRINNING FACE}":300' for four in itertools.islice(letters, 29_900))
    text = f'{{"metrics":{{{keys},"x":[{"{}," * 9_900}1],"y":[{"1.5," * 110_000}1]}}}}'
    data = text.encode().ljust(1_000_000)
    tracemalloc.start()
    try:
        assert "It holds no value, or more than" in outcome(data)
        assert len(data) + tracemalloc.get_traced_memory()[1] < MOST_MEMORY / 10
    finally:
        tracemalloc.stop()
