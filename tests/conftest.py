"""What every level shares: settings that read nothing from the machine, and a clock that can be set."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from app.core import clock, settings
from app.core.errors import AppError
from tests import examples

# How long an example takes says something of what else the machine does.
hypothesis.settings.register_profile("plumbline", deadline=None, max_examples=examples.shown(examples.USUAL))
hypothesis.settings.load_profile("plumbline")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Long bytes are named by their argument: what an archive holds (its time too) is no name for a test, and every
    worker must collect the same names."""
    return argname if isinstance(val, bytes) and len(val) > 40 else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How much the written policies hold; a run of the policy tests calls each as each role."""
    if not any("test_every_" in report.nodeid for report in terminalreporter.getreports("passed")):
        return
    for name, what in (("policy", "operations"), ("handlers", "handlers")):
        head, *rows = (Path(__file__).parent / f"{name}.tsv").read_text().splitlines()
        roles = len(head.split("\t")) - 2
        terminalreporter.write_line(f"{name}: {len(rows)} {what} × {roles} roles = {len(rows) * roles}")


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path) -> Iterator[None]:
    """A developer's `.env` and data folder stay out of the tests."""
    monkeypatch.setitem(settings.Settings.model_config, "env_file", None)
    monkeypatch.setenv("PLUMBLINE_DATA_DIR", str(tmp_path / "data"))
    settings.settings.cache_clear()
    yield
    settings.settings.cache_clear()


_SENTENCE = re.compile(r"(?:[^a-z\s]|\S+@)[^\x00-\x1f]*[.?!]")


@pytest.fixture(autouse=True)
def _sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever fails in a test is said in a sentence that can be shown as it is."""
    make = AppError.__init__

    def checked(self: AppError, message: str, **rest: Any) -> None:
        assert _SENTENCE.fullmatch(message), f"no sentence: {message!r}"
        assert not message.isupper(), message
        assert "XX" not in message, message
        make(self, message, **rest)

    monkeypatch.setattr(AppError, "__init__", checked)


class SetClock:
    """Stands where `datetime` stands in `app.core.clock`; moves only when told to."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def now(self, zone: tzinfo) -> datetime:
        return self.moment.astimezone(zone)

    def advance(self, **parts: float) -> None:
        self.moment += timedelta(**parts)


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    stopped = SetClock()
    monkeypatch.setattr(clock, "datetime", stopped)
    return stopped
