"""Minutes of ordinary use: no errors, quick answers, memory that does not climb. Only in `make test-long`."""

import asyncio
import statistics
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.e2e.client import Person, bring_in, save, text_of
from tests.e2e.server import Server

SECONDS = 120.0
READERS = 6
SOCKETS = 30
pytestmark = pytest.mark.long


def resident_mb(server: Server) -> float:
    """Memory of the server's processes together."""
    total = 0
    for pid in server.family():
        with suppress(OSError):
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
    return total / 1024


async def read(owner: Person, number: str, until: float, times: list[float]) -> None:
    async with owner.client() as client:
        while time.monotonic() < until:
            for path in ("/documents", f"/d/{number}", f"/api/v1/documents/{number}", "/api/v1/documents"):
                began = time.perf_counter()
                answer = await client.get(path)
                times.append(time.perf_counter() - began)
                assert answer.status_code == 200


async def write(owner: Person, number: str, until: float) -> int:
    """Saves one revision after another; how many there are."""
    revision = 1
    async with owner.client() as client:
        while time.monotonic() < until:
            answer = await save(client, number, revision, f"# Soak\n\nRevision {revision + 1}.\n")
            assert answer.status_code == 201, answer.text
            revision += 1
        assert await text_of(client, number) == f"# Soak\n\nRevision {revision}.\n"
    return revision


@pytest.mark.req("SOAK-01", "SOAK-02")
async def test_minutes_of_ordinary_use(visitors, new_server, capsys):
    server = new_server(log_level="WARNING")
    await asyncio.to_thread(server.start)
    owner = await Person(server.url).set_up(server.setup_token())
    async with owner.client() as client:
        number = await bring_in(client, "# Soak\n\nRevision 1.\n")
    page = await visitors.open(server.url, owner.token)
    await page.goto("/documents")
    for _ in range(SOCKETS - 1):
        await (await page.context.new_page()).goto("/documents")
    until, times, memory = time.monotonic() + SECONDS, [], []

    async def watch() -> None:
        while time.monotonic() < until:
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.Event().wait(), timeout=5)
            memory.append((time.monotonic() / 60, resident_mb(server)))

    revisions, *_ = await asyncio.gather(
        write(owner, number, until), watch(), *[read(owner, number, until, times) for _ in range(READERS)]
    )
    settled = memory[len(memory) // 3 :]
    slope = statistics.linear_regression([at for at, _ in settled], [size for _, size in settled]).slope
    p95 = statistics.quantiles(times, n=20)[18]
    figures = f"{len(times)} reads, p95 {p95 * 1000:.0f} ms; {revisions} revisions; memory {slope:+.1f} MB/min"
    with capsys.disabled():
        sys.stdout.write(f"\nsoak: {figures}\n")
    assert slope < 15
    assert p95 < 0.5
