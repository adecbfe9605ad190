"""People who sign in over and over, in a process of their own: `python -m bench.sign_in_load PORT COUNT PASSWORD`.

Says `begun` when each has signed in once, ends when its input does, and says how many sign-ins there were.
"""

import asyncio
import os
import sys

import httpx2


async def person(client: httpx2.AsyncClient, password: str, first: asyncio.Event, over: asyncio.Event) -> int:
    done = 0
    while not over.is_set():
        answer = await client.post("/api/v1/auth/login", json={"email": "a@example.org", "password": password})
        assert answer.status_code == 200, answer.text
        done += 1
        first.set()
    return done


async def main(port: str, count: str, password: str) -> None:
    os.nice(10)  # they would be elsewhere; here they share the cores with the server
    over = asyncio.Event()
    asyncio.get_running_loop().add_reader(sys.stdin, over.set)
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        begun = [asyncio.Event() for _ in range(int(count))]
        async with asyncio.TaskGroup() as group:
            people = [group.create_task(person(client, password, first, over)) for first in begun]
            for first in begun:
                await first.wait()
            print("begun", flush=True)
        print(sum(one.result() for one in people), flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
