"""The recorder: what a run writes down of each test."""

import json

import pytest

pytest_plugins = ["pytester"]

TESTS = """
import pytest

@pytest.mark.req("DUR-05", "DUR-07")
def test_good(): pass

@pytest.mark.req("DUR-05")
def test_bad(): assert False

@pytest.fixture
def untidy():
    yield
    raise RuntimeError

def test_untidy(untidy): pass

@pytest.mark.skip
def test_skipped(): pass

def test_left_out(): pass
"""


@pytest.fixture
def record(pytester, tmp_path):
    pytester.makeini("[pytest]\nmarkers = req(*ids): requirement ids\n")
    pytester.makepyfile(test_sample=TESTS)
    target = tmp_path / "out" / "unit.json"
    options = ["-p", "no:asyncio", "-p", "tests.plugins.requirements", "--record", str(target)]
    pytester.inline_run(*options, "--deselect", "test_sample.py::test_left_out")
    return {entry["test"].partition("::")[2]: entry for entry in json.loads(target.read_text())}


def test_each_test_has_its_worst_outcome(record):
    outcomes = {name: entry["outcome"] for name, entry in record.items()}
    assert outcomes == {
        "test_good": "passed",
        "test_bad": "failed",
        "test_untidy": "failed",
        "test_skipped": "skipped",
    }


def test_a_test_is_recorded_with_the_requirements_it_names(record):
    assert record["test_good"]["req"] == ["DUR-05", "DUR-07"]
    assert record["test_untidy"]["req"] == []
