"""A built product, a server on it, its owner, and browsers that are watched."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator

import httpx2
import pytest
from playwright.async_api import Browser, async_playwright, expect

from scripts import chromium
from tests.e2e import secrets
from tests.e2e.browser import Visitors, Watch
from tests.e2e.client import DEMO_PASSWORD, Person
from tests.e2e.server import ROOT, Server

expect.set_options(timeout=20_000)
_FAILED = pytest.StashKey[bool]()
_FLAGS = ["--host-resolver-rules=MAP *.test 127.0.0.1"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fixtures that end after a test want to know whether it failed."""
    report = yield
    item.stash[_FAILED] = item.stash.get(_FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def built() -> None:
    """The pages, built when their sources changed; the runner has mostly done so already."""
    subprocess.run([sys.executable, "-m", "scripts.build"], cwd=ROOT, check=True)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    flags = [*_FLAGS, "--no-sandbox"] if os.geteuid() == 0 else _FLAGS
    path = await asyncio.to_thread(chromium.find)
    async with async_playwright() as playwright:
        headless = not os.environ.get("PLUMBLINE_HEADED")
        started = await playwright.chromium.launch(executable_path=path, args=flags, headless=headless)
        yield started
        await started.close()


@pytest.fixture(scope="session")
def site(built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that most flows share."""
    server = Server(tmp_path_factory.mktemp("site"), log_level="DEBUG")
    server.start()
    yield server
    server.stop()
    assert secrets.found_in(server.log.read_text(errors="replace")) == []


@pytest.fixture(scope="session")
async def person(site: Server) -> Person:
    """The owner of the shared site, signed in, with the sample space. Do not sign this session out."""
    return await Person(site.url).set_up(site.setup_token())


@pytest.fixture
async def api(person: Person) -> AsyncIterator[httpx2.AsyncClient]:
    """The shared site's API in the owner's name."""
    async with person.client() as client:
        yield client


@pytest.fixture(scope="module")
def team(request: pytest.FixtureRequest, built: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A site of its own for each file, with the demo's people in it; `TEAM` of the file are its settings."""
    server = Server(tmp_path_factory.mktemp("team"), **getattr(request.module, "TEAM", {}))
    made = server.run("demo")
    assert made.returncode == 0, made.stderr
    server.start()
    yield server
    server.stop()


@pytest.fixture
def sign_in(team: Server) -> Callable[[str], Awaitable[Person]]:
    """Somebody of the demo, by their first name in lower case."""

    async def enter(name: str) -> Person:
        return await Person(team.url, "", name, f"{name}@demo.example", DEMO_PASSWORD).sign_in()

    return enter


@pytest.fixture
def new_server(built: None, tmp_path) -> Iterator[Callable[..., Server]]:
    """Makes servers of the test's own; they are started by the test and end with it."""
    made: list[Server] = []

    def make(**settings) -> Server:
        made.append(Server(tmp_path / f"server-{len(made)}", **settings))
        return made[-1]

    yield make
    for server in made:
        server.stop()
        assert not server.log.exists() or secrets.found_in(server.log.read_text(errors="replace")) == []


@pytest.fixture
async def visitors(browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Visitors]:
    """Opens browser contexts; at the end nothing unexpected may have been reported by any of their pages."""
    opened = Visitors(browser, request.node.name)
    yield opened
    problems = opened.watch.problems
    await opened.close(failed=bool(problems) or request.node.stash.get(_FAILED, False))
    assert not problems, "\n".join(["Pages reported:", *problems])


@pytest.fixture
def watch(visitors: Visitors) -> Watch:
    return visitors.watch


@pytest.fixture
async def page(visitors: Visitors, person: Person):
    """A page of the shared site in a fresh browser, signed in as the owner."""
    return await visitors.open(person.url, person.token)
