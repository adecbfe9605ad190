"""Load over sockets that stay open, from a process of its own: `python -m bench.load` reads what to do as JSON.

Speaks just enough HTTP to ask again and again; the answers' bodies are read to their end and thrown away.
"""

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def measured(port: int, paths: list[str], *, connections: int, seconds: float, **headers: str) -> list[float]:
    """Milliseconds of each request; `paths` in turn. Any answer but 200 ends it."""
    job = {"port": port, "paths": paths, "connections": connections, "seconds": seconds, "headers": headers}
    command = [sys.executable, "-m", "bench.load"]
    done = subprocess.run(command, input=json.dumps(job), capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    times: list[float] = json.loads(done.stdout)
    return times


async def _all(job: dict[str, Any]) -> list[float]:
    until, turn = time.perf_counter() + job["seconds"], iter(range(10**9))
    each = (_one(job, until, turn) for _ in range(job["connections"]))
    return [taken for times in await asyncio.gather(*each) for taken in times]


async def _one(job: dict[str, Any], until: float, turn: Any) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", job["port"])
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in job["headers"].items())
    requests = [f"GET {path} HTTP/1.1\r\nhost: localhost\r\n{more}\r\n".encode() for path in job["paths"]]
    times = []
    while (began := time.perf_counter()) < until:
        writer.write(requests[next(turn) % len(requests)])
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode()[:500])
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        await reader.readexactly(int(length))
        times.append((time.perf_counter() - began) * 1000)
    writer.close()
    return times


if __name__ == "__main__":
    json.dump(asyncio.run(_all(json.load(sys.stdin))), sys.stdout)
