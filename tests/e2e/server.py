"""A real server in a folder of its own: the production build, started by the product's own command.

Started under coverage when the runner asks for it; SIGTERM lets it write what it measured, SIGKILL is for crash tests.
"""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

import httpx2

from tests.backing.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(sys.executable).with_name("plumbline")
# A developer's `.env` is read by the server too, so whatever could lead it elsewhere is said here.
_OWN = {"ENVIRONMENT": "development", "DATABASE_URL": "", "REDIS_URL": "", "WORKERS": "1", "TRUSTED_PROXIES": ""}
_START_SECONDS = 120.0


class Server:
    """`settings` are settings by name without the prefix, as in `trusted_proxies="127.0.0.0/8"`."""

    def __init__(self, home: Path, *, covered: bool = True, **settings: str) -> None:
        self.home, self.port = home, free_port()
        self.covered = covered and bool(os.environ.get("PLUMBLINE_COVERAGE"))
        self.settings = {**_OWN, **{name.upper(): value for name, value in settings.items()}}
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def environment(self) -> dict[str, str]:
        """What this server's own commands need to find its data."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PLUMBLINE_")}
        own = {f"PLUMBLINE_{name}": value for name, value in self.settings.items()}
        many = {"PLUMBLINE_RATE_LIMIT_SCALE": "100"}  # every flow comes from one address
        return {**kept, **many, **own, "PLUMBLINE_DATA_DIR": str(self.home / "data"), "PYTHONUNBUFFERED": "1"}

    def setup_token(self) -> str:
        """Of the newest one-time link that was printed."""
        return unquote(re.findall(r"/setup\?token=(\S+)", self.log.read_text())[-1])

    def start(self, port: int | None = None) -> None:
        """Returns when it answers. The data are those of the start before; so is the port unless another is given."""
        self.home.mkdir(parents=True, exist_ok=True)
        self.port = port or self.port
        runner = [sys.executable, "-m", "coverage", "run", COMMAND] if self.covered else [COMMAND]
        command = [*runner, "serve", "--host", "127.0.0.1", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )
        self._wait()

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """The main process and its workers at once, as if the machine had gone away under them."""
        self._end(signal.SIGKILL)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One of the product's commands on this server's data."""
        return subprocess.run(
            [COMMAND, *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )

    def family(self) -> list[int]:
        """The main process and its workers, by id."""
        return [self.process.pid, *_descendants(self.process.pid)] if self.process else []

    def _end(self, kind: signal.Signals) -> None:
        """Nothing of it may outlive the test, however it ended. In the runner's process group, so that the runner ends
        it too when the tests hang.
        """
        if self.process is None:
            return
        family = self.family()
        _signal(family if kind is signal.SIGKILL else family[:1], kind)
        try:
            self.process.wait(timeout=20)
        finally:
            _signal(family, signal.SIGKILL)
            self.process.wait(timeout=20)
            self.process = None

    def _wait(self) -> None:
        assert self.process is not None
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            try:
                self.process.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                if self._answers():
                    return
            else:
                break
        self.stop()
        raise RuntimeError(f"The server does not start: {self.log.read_text(errors='replace')[-3000:]}")

    def _answers(self) -> bool:
        try:
            return httpx2.get(f"http://127.0.0.1:{self.port}/healthz", timeout=2).status_code == 200
        except httpx2.HTTPError:
            return False


def _signal(pids: list[int], kind: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, kind)


def _descendants(ancestor: int) -> list[int]:
    """Of a running process, from `/proc`: the field after the name in parentheses and the state is the parent."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(entry.parent.name)] = int(entry.read_text().rpartition(")")[2].split()[1])
    found: list[int] = []
    wanted = [ancestor]
    while wanted:
        parent = wanted.pop()
        children = [pid for pid, above in parents.items() if above == parent]
        found += children
        wanted += children
    return found
