"""The site over HTTP, in a world of people; every test that asks for `database` runs on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from app.gateway import page_server, pipeline
from tests.integration.api import site as sites
from tests.integration.world import World


@pytest.fixture
def log() -> Iterator[list[dict[str, Any]]]:
    """Every line logged, before it is rendered."""
    with capture_logs() as lines:
        yield lines


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: list[dict[str, Any]]) -> sites.Site:
    """Over whatever database the settings point at; pages come from a small build made here."""
    folder = tmp_path / "build" / "client"
    folder.mkdir(parents=True)
    sites.build(folder, sites.all_pages())
    monkeypatch.setattr(page_server, "BUILD", folder)
    monkeypatch.setattr(pipeline, "BUILD", folder)
    return sites.assemble()


@pytest.fixture
def browser(site: sites.Site, world: World):
    """`browser("author")` is that person's browser on our pages; `browser()` somebody who is not signed in."""

    def make(name: str = "", **options: str):
        return site.client(world.tokens[name] if name else "", **options)

    return make
