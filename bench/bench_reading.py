"""Reading over HTTP, signed in, through the whole gate, from a real server; the load comes from a process of its own.

A document of 10 KB with its rendered content out of 1,000, as a program and as a browser asks for it: alone, and over
16 connections. The list of documents for the member of 200 spaces: among 1,000 documents, and among 100,000.
"""

import os
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.filling import fill
from bench.load import measured
from scripts import build
from tests.e2e.server import Server

DOCUMENTS, SPACES, CONNECTIONS, SECONDS = 1_000, 200, 16, 8.0
LISTS = (1_000, 100_000)


@contextmanager
def served(home: Path) -> Iterator[Server]:
    server = Server(home, covered=False, rate_limit_scale="1000")
    server.start()
    try:
        yield server
    finally:
        server.stop()


def numbers(count: int, in_spaces: int) -> list[str]:
    return [f"S{at % in_spaces:03}-{at // in_spaces + 1}" for at in range(count)]


def percentile(times: list[float], share: int) -> float:
    return statistics.quantiles(times, n=100)[share - 1]


def processor_time(server: Server) -> float:
    """Seconds, of the server and its workers: says what a request costs whatever else the machine does."""
    ticks = 0
    for pid in server.family():
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def read_documents(home: Path) -> None:
    cookie = fill(home, documents=DOCUMENTS, in_spaces=SPACES, whole=True)
    known = numbers(DOCUMENTS, SPACES)
    ways = {
        "content over the API": [f"/api/v1/documents/{number}/html" for number in known],
        "the page in a browser": [f"/d/{number}" for number in known],
        "head over the API": [f"/api/v1/documents/{number}" for number in known],
    }
    with served(home) as server:
        for name, paths in ways.items():
            measured(server.port, paths, connections=4, seconds=12, cookie=f"plumbline={cookie}")
            alone = measured(server.port, paths, connections=1, seconds=SECONDS, cookie=f"plumbline={cookie}")
            before = processor_time(server)
            many = measured(server.port, paths, connections=CONNECTIONS, seconds=SECONDS, cookie=f"plumbline={cookie}")
            spent = (processor_time(server) - before) / len(many) * 1000
            print(
                f"{name}: alone p50 {statistics.median(alone):.2f} ms, p95 {percentile(alone, 95):.2f} ms; "
                f"{CONNECTIONS} connections {len(many) / SECONDS:.0f} requests/s, p95 {percentile(many, 95):.1f} ms, "
                f"of the processor {spent:.2f} ms each"
            )


def list_documents(homes: dict[int, Path]) -> None:
    cookies = {count: fill(home, documents=count, in_spaces=SPACES, whole=False) for count, home in homes.items()}
    found: dict[int, list[float]] = {count: [] for count in homes}
    for _ in range(3):
        for count, home in homes.items():
            with served(home) as server:
                sent = {"connections": 1, "cookie": f"plumbline={cookies[count]}"}
                measured(server.port, ["/api/v1/documents"], seconds=1, **sent)
                found[count] += measured(server.port, ["/api/v1/documents"], seconds=3, **sent)
    for count, times in found.items():
        print(f"list among {count:,}: p50 {statistics.median(times):.2f} ms, p95 {percentile(times, 95):.2f} ms")
    few, many = (percentile(found[count], 95) for count in homes)
    print(f"list: p95 among {LISTS[1]:,} to p95 among {LISTS[0]:,}: {many / few:.2f}")


def main() -> None:
    build.main()
    with tempfile.TemporaryDirectory() as folder:
        read_documents(Path(folder) / "reading")
        list_documents({count: Path(folder) / f"list-{count}" for count in LISTS})
