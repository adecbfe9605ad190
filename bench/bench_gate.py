"""What the gate costs: stage by stage in one process, as a whole over a socket, and while twenty people sign in.

The ratio is to a bare FastAPI route that returns the same 10 KB, called in turns with the gated one in one run. The
server's processes are granian with one worker, as in production; a signed-in person asks, nothing is compressed.
"""

import asyncio
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import app.subscribers
from app.core import answers, bus, db, migrate, settings
from app.domain.permissions import SiteRole
from app.gateway import logs
from app.services import accounts, browser_sessions
from app.services.unit_of_work import unit_of_work
from bench import gate_apps
from models import User
from tests.backing.postgres import free_port
from tests.backing.valkey import Valkey

ROUNDS, OVER_A_SOCKET, SIGN_INS = 1500, 5000, 20
LONGEST_RATIO = 2.5
LONGEST_P99_RATIO = 3.0
PASSWORD = "slate river lantern 42"
COOKIE = [(b"host", b"localhost:3000"), (b"accept", b"*/*"), (b"user-agent", b"bench")]


async def prepare() -> str:
    """An empty database with one person; gives the secret of their session."""
    bus.install(app.subscribers)
    await migrate.upgrade(settings.settings())
    async with unit_of_work() as work:
        user = User(email="a@example.org", name="Bench Person", role=SiteRole.owner)
        user.password_hash = await accounts.passwords.hashed(PASSWORD)
        await work.users.add(user)
        return await browser_sessions.start(work, user, "127.0.0.1", "bench")


def scope(token: str) -> dict:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": gate_apps.PATH,
        "raw_path": gate_apps.PATH.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [*COOKIE, (b"cookie", f"plumbline={token}".encode())],
        "client": ("127.0.0.1", 50_000),
        "server": ("localhost", 3000),
    }


async def call(app_: gate_apps.ASGIApp, token: str) -> int:
    """One request without a socket; gives its status."""
    status = 0

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        nonlocal status
        status = message.get("status", status)

    await app_(scope(token), receive, send)
    return status


async def step_by_step(token: str) -> None:
    """Medians of calls in turns, so that whatever else the machine does falls on all alike."""
    found = gate_apps.stages()
    times: list[list[float]] = [[] for _ in found]
    for _ in range(ROUNDS):
        for number, (name, app_) in enumerate(found):
            begun = time.perf_counter()
            status = await call(app_, token)
            times[number].append(time.perf_counter() - begun)
            assert status == 200, (name, status)
    medians = [statistics.median(one) * 1e6 for one in times]
    before = 0.0
    for (name, _), median in zip(found, medians, strict=True):
        print(f"{name:22} {median:7.0f} µs  {median - before:+6.0f}")
        before = median
    print(f"in one process: {medians[-1] / medians[0]:.2f} times the bare route")


def checks(median: float, text: str, limit: float) -> None:
    print(f"{text}: {median:.2f}  at most {limit}: {'holds' if median <= limit else 'DOES NOT HOLD'}")


async def session_checks(token: str) -> None:
    async def timed(name: str, ask: Callable[[], Awaitable[object]], count: int = 500) -> None:
        times = []
        for _ in range(count):
            begun = time.perf_counter()
            assert await ask() is not None
            times.append(time.perf_counter() - begun)
        print(f"session check from {name:7}: {statistics.median(times) * 1e6:6.0f} µs")

    await timed("memory", lambda: accounts.identify(token))
    with changed(PLUMBLINE_ANSWER_CACHE_SECONDS="0"):
        await timed("SQLite", lambda: accounts.identify(token))
    await answers.close()
    with Valkey() as server, changed(PLUMBLINE_REDIS_URL=server.url):
        await timed("Redis", lambda: accounts.identify(token))
        await answers.close()


@contextmanager
def changed(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ |= values
    settings.settings.cache_clear()
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
        settings.settings.cache_clear()


@contextmanager
def serving(name: str) -> Iterator[int]:
    """A server process of its own; gives its port."""
    port = free_port()
    options = ["--interface", "asgi", "--factory", "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
    command = [str(Path(sys.executable).with_name("granian")), *options, f"bench.gate_apps:{name}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                connection.request("GET", "/")
                connection.getresponse().read()
                break
            except OSError:
                time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


class Asking:
    """One connection that is kept, and one request at a time."""

    def __init__(self, port: int, token: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers = {"cookie": f"plumbline={token}"}

    def once(self) -> float:
        begun = time.perf_counter()
        self.connection.request("GET", gate_apps.PATH, headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        seconds = time.perf_counter() - begun
        assert (answer.status, body) == (200, gate_apps.BODY), answer.status
        return seconds


def over_a_socket(token: str) -> None:
    with serving("bare") as one, serving("gated") as other:
        bare, gated = Asking(one, token), Asking(other, token)
        pairs = [(bare.once(), gated.once()) for _ in range(OVER_A_SOCKET)][100:]
        medians = [statistics.median(side) * 1e6 for side in zip(*pairs, strict=True)]
        print(f"over a socket: bare {medians[0]:.0f} µs, gated {medians[1]:.0f} µs")
        checks(medians[1] / medians[0], "gate over a socket, ratio to the bare route", LONGEST_RATIO)
        idle, busy, done = while_signing_in(other, gated)
        print(f"p99 of a cheap request: idle {idle * 1e3:.2f} ms, during {done} sign-ins {busy * 1e3:.2f} ms")
        checks(busy / idle, f"p99 while {SIGN_INS} sign in, ratio to idle", LONGEST_P99_RATIO)


def while_signing_in(port: int, gated: Asking) -> tuple[float, float, int]:
    """p99 with nobody else and while this many people sign in over and over, in seconds, and how many sign-ins."""
    idle = p99([gated.once() for _ in range(OVER_A_SOCKET)])
    command = [sys.executable, "-m", "bench.sign_in_load", str(port), str(SIGN_INS), PASSWORD]
    load = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert load.stdout
    assert load.stdin
    load.stdout.readline()  # all are under way
    busy = p99([gated.once() for _ in range(OVER_A_SOCKET)])
    load.stdin.close()
    done = int(load.stdout.readline())
    load.wait()
    return idle, busy, done


def p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


async def in_process() -> str:
    logs.configure(settings.settings())
    token = await prepare()
    await step_by_step(token)
    await session_checks(token)
    await answers.close()
    await db.dispose()
    return token


def main() -> None:
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {
            "PLUMBLINE_DATA_DIR": data,
            "PLUMBLINE_LOG_JSON": "true",
            "PLUMBLINE_RATE_LIMIT_SCALE": "1000",
            "PLUMBLINE_SECRET_KEY": "0f" * 32,
        }
        settings.settings.cache_clear()
        with Path(os.devnull).open("w") as nowhere:
            sys.stderr, kept = nowhere, sys.stderr
            try:
                token = asyncio.run(in_process())
            finally:
                sys.stderr = kept
        over_a_socket(token)
