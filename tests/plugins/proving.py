"""A pytest plugin for `make prove`, which runs a few tests after each of thousands of small changes of the code: the
quick tests come first, and a test that a change made hang ends its process, and what that had started.
"""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

LONGEST_S = 30
"""For one test. The slowest takes two seconds; a machine that does other things, too, may take ten times as long."""
HUNG = 124


def pytest_configure() -> None:
    signal.signal(signal.SIGALRM, _end)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: "/unit/" not in item.path.as_posix())


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol() -> Iterator[None]:
    signal.alarm(LONGEST_S)
    try:
        return (yield)
    finally:
        signal.alarm(0)


def _end(*_: object) -> None:
    for children in Path("/proc/self/task").glob("*/children"):
        for child in children.read_text().split():
            os.kill(int(child), signal.SIGTERM)
    os._exit(HUNG)
