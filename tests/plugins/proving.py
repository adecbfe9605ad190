"""A pytest plugin for `make prove`, which runs a few tests after each of thousands of small changes of the code: the
quick tests come first, and a test that a change made hang ends its process.
"""

import signal
from collections.abc import Iterator

import pytest

LONGEST_S = 30
"""For one test. The slowest takes two seconds; a machine that does other things, too, may take ten times as long."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: "/unit/" not in item.path.as_posix())


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol() -> Iterator[None]:
    signal.alarm(LONGEST_S)
    try:
        return (yield)
    finally:
        signal.alarm(0)
