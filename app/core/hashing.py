"""Argon2id as two plain functions, and as a program that computes them for a server and gives way to everything else.

The program reads a line of JSON and writes one, until its input ends. It imports nothing of Plumbline, so that it
starts at once and stays small; `app.core.apart` starts it and says why.
"""

import ctypes
import json
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from passlib.hash import argon2

GIVES_WAY_EVERY = 0.0005


def made(password: str, memory_kib: int, time_cost: int, lanes: int) -> str:
    return str(hasher(memory_kib, time_cost, lanes).hash(password))


def matches(password: str, stored: str) -> bool:
    """Whether `stored` was made of the password; what is no hash matches nothing."""
    try:
        return bool(argon2.verify(password, stored))
    except (ValueError, UnicodeEncodeError):
        return False


@cache
def hasher(memory_kib: int, time_cost: int, lanes: int) -> Any:
    return argon2.using(type="ID", memory_cost=memory_kib, rounds=time_cost, parallelism=lanes)


WORK: dict[str, Callable[..., Any]] = {"made": made, "matches": matches}


def main() -> None:
    """Each line is `[name, argument, ...]`; each answer `[result, seconds of computing]`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # meant for the server, which may still wait for an answer
    _yield_on_alarm()
    for line in sys.stdin.buffer:
        name, *arguments = json.loads(line)
        begun = time.process_time()
        with _alarms():
            result = WORK[name](*arguments)
        sys.stdout.write(json.dumps([result, time.process_time() - begun]) + "\n")
        sys.stdout.flush()


def _yield_on_alarm() -> None:
    """The handler is the C library's own function: one of Python's would wait until the hash is done."""
    library = ctypes.CDLL(None)
    library.signal.argtypes = [ctypes.c_int, ctypes.c_void_p]
    library.signal.restype = ctypes.c_void_p
    library.signal(signal.SIGALRM, ctypes.cast(library.sched_yield, ctypes.c_void_p))


@contextmanager
def _alarms() -> Iterator[None]:
    signal.setitimer(signal.ITIMER_REAL, GIVES_WAY_EVERY, GIVES_WAY_EVERY)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    main()
