"""The commands that ask a server, against the real one: sign in, push, pull, merge with what was saved meanwhile."""

import asyncio
import os
import subprocess
from pathlib import Path

from tests.e2e.client import save, text_of
from tests.e2e.server import COMMAND

BASE = "# Pushed from the command line\n\n## Targets\n\nUnder 200 ms.\n\n## Risks\n\nNone known.\n"


async def test_a_file_goes_to_the_server_and_comes_back_merged(site, api, tmp_path: Path):
    made = await api.post(
        "/api/v1/me/tokens", json={"name": "flow", "scopes": ["documents:read", "documents:write"], "days": 1}
    )
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path / "config")}

    async def run(*arguments: str, told: str = "") -> subprocess.CompletedProcess[str]:
        command = [str(COMMAND), *arguments]
        options = {"cwd": tmp_path, "env": environment, "capture_output": True, "text": True, "input": told}
        return await asyncio.to_thread(subprocess.run, command, check=False, **options)

    done = await run("login", site.url, "--token-stdin", told=made.json()["secret"] + "\n")
    assert done.returncode == 0, done.stderr
    file = tmp_path / "orders.md"
    await asyncio.to_thread(file.write_text, BASE)
    done = await run("push", "orders.md", "--space", "GEN")
    number = done.stdout.partition(":")[0]
    assert (done.returncode, await text_of(api, number)) == (0, BASE)
    assert (await save(api, number, 1, BASE.replace("200", "150"))).status_code == 201
    await asyncio.to_thread(file.write_text, BASE.replace("None known.", "The disk."))
    assert (await run("push", "orders.md")).returncode == 1
    done = await run("push", "orders.md", "--merge")
    assert done.returncode == 0, done.stderr
    merged = BASE.replace("200", "150").replace("None known.", "The disk.")
    assert (await text_of(api, number), await asyncio.to_thread(file.read_text)) == (merged, merged)
    assert (await run("pull", number, "--output", "again.md")).returncode == 0
    assert number in (await run("documents", "command line")).stdout
