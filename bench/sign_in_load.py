"""People who sign in over and over, in a process of their own: `python -m bench.sign_in_load PORT COUNT PASSWORD`.

Says `begun` when each has signed in once, ends when its input does, and says how many sign-ins there were.
"""

import asyncio
import json
import os
import sys


async def person(port: int, asking: bytes, first: asyncio.Event, over: asyncio.Event) -> int:
    """One connection that is kept; twenty clients of a library's would cost as much as the server does."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    done = 0
    while not over.is_set():
        writer.write(asking)
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        await reader.readexactly(_length(head))
        done += 1
        first.set()
    writer.close()
    return done


def _length(head: bytes) -> int:
    return next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))


def _asking(port: int, password: str) -> bytes:
    body = json.dumps({"email": "a@example.org", "password": password}).encode()
    lines = ["POST /api/v1/auth/login HTTP/1.1", f"host: 127.0.0.1:{port}", "content-type: application/json"]
    return "\r\n".join([*lines, f"content-length: {len(body)}", "", ""]).encode() + body


async def main(port: int, count: int, password: str) -> None:
    os.nice(10)  # they would be elsewhere; here they share the cores with the server
    over = asyncio.Event()
    asyncio.get_running_loop().add_reader(sys.stdin, over.set)
    begun = [asyncio.Event() for _ in range(count)]
    async with asyncio.TaskGroup() as group:
        asking = _asking(port, password)
        people = [group.create_task(person(port, asking, first, over)) for first in begun]
        for first in begun:
            await first.wait()
        print("begun", flush=True)
    print(sum(one.result() for one in people), flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
