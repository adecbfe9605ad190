"""Hashes are computed by a process that gives way, and by the server itself whenever that one does not answer."""

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import closing
from multiprocessing import connection
from pathlib import Path

import pytest

from app.core import apart, hashing, passwords
from app.core.apart import Hashers, Process, Unanswered

PASSWORD = "slate river lantern 42"
COST = (19_456, 2, 1)
SERVER = f"""
import asyncio, signal
from app.core.apart import Hashers
hashers = Hashers(1)
asyncio.run(hashers.run("made", {PASSWORD!r}, 19456, 2, 1))
print(hashers.processes[0].pid, flush=True)
signal.pause()
"""


@pytest.fixture
def patient(monkeypatch):
    """The tests beside this one keep the cores busy, and what has the lowest priority waiting."""
    monkeypatch.setattr(apart, "PATIENCE", 60.0)


@pytest.fixture
def process(patient):
    one = Process()
    yield one
    one.close()


@pytest.fixture
def hashers(patient):
    with closing(Hashers(1)) as one:
        yield one


def gone(pid: int) -> bool:
    """Whether it ends within a minute; what has the lowest priority may need some seconds for that."""
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(connection.wait([process], 60))
    finally:
        os.close(process)


def not_now(*_arguments, **_names):
    raise AssertionError("somebody who signs in waits for the end of a process")


@pytest.mark.req("AUTH-08")
def test_a_hash_made_there_is_known_here_and_the_reverse(process):
    there = process.ask("made", PASSWORD, *COST)
    assert there.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert hashing.matches(PASSWORD, there)
    assert process.ask("matches", PASSWORD, hashing.made(PASSWORD, *COST)) is True
    assert process.ask("matches", PASSWORD + " ", there) is False


@pytest.mark.req("AUTH-04")
@pytest.mark.parametrize("password", ["пароль из слов 🙂", "line\nbreak", '"quoted" \\', " spaces ", "x" * 1000])
def test_any_characters_arrive(process, password):
    assert process.ask("matches", password, hashing.made(password, *COST)) is True
    assert hashing.matches(password, process.ask("made", password, *COST))


@pytest.mark.parametrize("stored", ["", "no hash", "$argon2id$v=19$m=19456,t=2,p=1$short"])
def test_what_is_no_hash_matches_nothing(process, stored):
    assert process.ask("matches", PASSWORD, stored) is False
    assert process.ask("matches", "half\ud800half", hashing.made(PASSWORD, *COST)) is False


def test_it_has_the_lowest_priority_and_answers_alarms_below_python(process):
    process.ask("made", PASSWORD, *COST)
    assert process.pid is not None
    assert os.sched_getscheduler(process.pid) == os.SCHED_IDLE
    status = Path(f"/proc/{process.pid}/status").read_text()
    caught = int(next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt")), 16)
    assert caught & 1 << (signal.SIGALRM - 1)
    assert os.getsid(process.pid) == os.getsid(0)


async def test_several_at_once_are_each_answered_right(patient):
    with closing(Hashers(3)) as hashers:
        stored = await asyncio.gather(*(hashers.run("made", f"{PASSWORD} {number}", *COST) for number in range(3)))
        asked = [hashers.run("matches", f"{PASSWORD} {number}", stored[number % 3]) for number in range(12)]
        assert await asyncio.gather(*asked) == [True] * 3 + [False] * 9


@pytest.mark.parametrize("harm", [signal.SIGKILL, signal.SIGSTOP])
async def test_one_that_dies_or_gets_no_core_costs_nobody_an_answer(hashers, harm, monkeypatch):
    stored = await hashers.run("made", PASSWORD, *COST)
    [process] = hashers.processes
    pid = process.pid
    monkeypatch.setattr(apart, "PATIENCE", 0.05)
    os.kill(pid, harm)
    with monkeypatch.context() as during:
        during.setattr(subprocess.Popen, "wait", not_now)
        assert await hashers.run("matches", PASSWORD, stored) is True
    assert process.pid is None
    assert gone(pid)
    assert await hashers.run("matches", PASSWORD, stored) is True
    assert process.pid is None, "it rests"
    monkeypatch.setattr(process, "rests_until", 0.0)
    monkeypatch.setattr(apart, "PATIENCE", 60.0)
    assert await hashers.run("matches", PASSWORD, stored) is True
    assert process.pid is not None


async def test_it_is_given_the_time_that_a_hash_takes(hashers, monkeypatch):
    for name in ("START", "PATIENCE", "HASHES"):
        monkeypatch.setattr(apart, name, 0)
    stored = await hashers.run("made", PASSWORD, *COST)
    [process] = hashers.processes
    assert process.pid is None
    monkeypatch.setattr(apart, "HASHES", 10_000)
    monkeypatch.setattr(process, "rests_until", 0.0)
    assert await hashers.run("matches", PASSWORD, stored) is True
    assert process.pid is not None


async def test_what_fails_there_fails_here_with_its_reason(hashers):
    with pytest.raises(ValueError, match="memory"):
        await hashers.run("made", PASSWORD, 1, 2, 1)


def test_where_there_are_no_such_priorities_there_is_no_process(monkeypatch):
    monkeypatch.delattr(os, "SCHED_IDLE")
    process = Process()
    with pytest.raises(Unanswered):
        process.ask("made", PASSWORD, *COST)
    assert process.pid is None


def test_it_ends_with_a_server_that_is_killed():
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        pid = int(server.stdout.readline())
        os.kill(pid, 0)
        server.kill()
    assert gone(pid)


async def test_closing_ends_the_processes_and_the_next_password_starts_new_ones():
    stored = await passwords.hashed(PASSWORD)
    passwords.close()
    assert await passwords.verify(PASSWORD, stored)
    passwords.close()
