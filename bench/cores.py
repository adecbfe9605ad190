"""Cores of their own for what computes: so is told what a server costs from how a machine shares its cores. Linux."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def apart(pid: int) -> Iterator[set[int]]:
    """The threads of the server that give way (its hashing) on the last core, the others and we on the rest. Gives the
    last core, for the process that asks for the hashing.
    """
    cores = os.sched_getaffinity(0)
    last = {max(cores)}
    rest = cores - last or cores
    for thread in _threads(pid):
        os.sched_setaffinity(thread, last if os.getpriority(os.PRIO_PROCESS, thread) else rest)
    os.sched_setaffinity(0, rest)
    try:
        yield last
    finally:
        os.sched_setaffinity(0, cores)


def _threads(pid: int) -> Iterator[int]:
    for thread in Path(f"/proc/{pid}/task").iterdir():
        yield int(thread.name)
        for child in (thread / "children").read_text().split():
            yield from _threads(int(child))
