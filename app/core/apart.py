"""Hashes are computed apart: in threads, each with a process that has the lowest priority and yields its core often.

Computing in a thread of the server itself keeps others from a core for up to a tick of the scheduler, 4 ms as most
kernels are built, at any priority (docs/decisions/0021). Where there is no such process, or the machine is so busy that
it gets no core, the thread computes: a sign-in waits for its turn, and never for an idle machine.
"""

import asyncio
import atexit
import json
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import connection
from typing import Any

import structlog

from app.core import hashing

START, PATIENCE, HASHES = 1.0, 0.2, 5
REST = 60.0
_LONGEST_ANSWER = 65_536
log = structlog.get_logger("plumbline.hashing")


class Unanswered(Exception):
    """The process is not there, got no core in time, or met something it cannot do."""


class Process:
    """Asked by one thread at a time, started when it is first asked; after a failure it is left alone for a minute."""

    def __init__(self) -> None:
        self._running: subprocess.Popen[bytes] | None = None
        self._ended: list[subprocess.Popen[bytes]] = []
        self._seconds = 0.0
        self.rests_until = 0.0 if hasattr(os, "SCHED_IDLE") else float("inf")

    @property
    def pid(self) -> int | None:
        return self._running.pid if self._running else None

    def ask(self, work: str, *arguments: str | int) -> Any:
        """Raises `Unanswered`, for want of a core after a fifth of a second and five times what a hash takes."""
        if time.monotonic() < self.rests_until:
            raise Unanswered
        try:
            answer = self._answer(json.dumps([work, *arguments]).encode() + b"\n")
            result, seconds = json.loads(answer)
        except (OSError, ValueError) as error:
            log.warning("computes in the server", error=type(error).__name__, seconds=REST)
            self.rests_until = time.monotonic() + REST
            self.end()
            raise Unanswered from error
        self.took(seconds)
        return result

    def took(self, seconds: float) -> None:
        """What a hash takes of a processor."""
        self._seconds = seconds

    def _answer(self, question: bytes) -> bytes:
        patience = PATIENCE + HASHES * self._seconds + (0 if self._running else START)
        self._ended = [ended for ended in self._ended if ended.poll() is None]
        self._running = running = self._running or _started()
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write(question)
        if not connection.wait([running.stdout.fileno()], patience):
            raise TimeoutError
        return os.read(running.stdout.fileno(), _LONGEST_ANSWER)

    def end(self) -> None:
        """Killed, and not waited for: without a core it does not get to its end, either."""
        if self._running is not None:
            self._running.kill()
            for pipe in (self._running.stdin, self._running.stdout):
                if pipe is not None:
                    pipe.close()
            self._ended.append(self._running)
            self._running = None

    def close(self) -> None:
        self.end()
        for ended in self._ended:
            ended.wait()
        self._ended.clear()


def _started() -> subprocess.Popen[bytes]:
    """In our session, since priorities count within a session only where the kernel groups by them."""
    process = subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "-P", hashing.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
    )
    with suppress(OSError):  # a sandbox may forbid it; the process still yields
        os.sched_setscheduler(process.pid, os.SCHED_IDLE, os.sched_param(0))
    return process


class Hashers:
    """As many threads as hashes may be made at once."""

    def __init__(self, at_once: int) -> None:
        self._own = threading.local()
        self.processes: list[Process] = []
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="argon2", initializer=self._begin)
        atexit.register(self.close)

    def _begin(self) -> None:
        self._own.process = Process()
        self.processes.append(self._own.process)

    async def run(self, work: str, *arguments: str | int) -> Any:
        """The work of this name in `app.core.hashing`."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._computed, work, *arguments)

    def _computed(self, work: str, *arguments: str | int) -> Any:
        try:
            return self._own.process.ask(work, *arguments)
        except Unanswered:
            begun = time.thread_time()
            result = hashing.WORK[work](*arguments)
            self._own.process.took(time.thread_time() - begun)
            return result

    def close(self) -> None:
        """What is being computed is done first."""
        atexit.unregister(self.close)
        self._threads.shutdown(wait=True)
        for process in self.processes:
            process.close()
