"""A caller for every test, and settings that a test changes."""

from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

import pytest
from structlog.testing import capture_logs

from app.core.settings import settings
from app.domain.permissions import SiteRole
from app.gateway.context import Caller, caller_var
from app.schemas.identity import Actor

ANN = Actor(
    user_id="u" * 32, name="Ann", email="a@example.org", role=SiteRole.member, session_id="s" * 32, initials="A"
)


@pytest.fixture
def current() -> Iterator[Caller]:
    """Whoever calls, from 192.0.2.1, not signed in."""
    caller = Caller(address="192.0.2.1", scheme="http", host="localhost:3000")
    token = caller_var.set(caller)
    yield caller
    caller_var.reset(token)


@pytest.fixture
def setting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """`setting(cdn=True)` until the end of the test."""

    def change(**values: object) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"PLUMBLINE_{name.upper()}", str(value))
        settings.cache_clear()

    yield change
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def log() -> Iterator[list[MutableMapping[str, Any]]]:
    """Every line logged, before it is rendered."""
    with capture_logs() as lines:
        yield lines
