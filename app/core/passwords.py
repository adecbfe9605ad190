"""Passwords: the policy, and Argon2id hashing that neither blocks the loop nor grows without bound.

A password is taken exactly as given: nothing is trimmed, folded or shortened. Who it belongs to is not known here.
"""

import asyncio
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from passlib.hash import argon2

from app.core.errors import Invalid
from app.core.settings import settings

MIN_CHARACTERS = 8
MAX_BYTES = 1024
_GIVES_WAY = 5


def too_long(password: str) -> bool:
    """Whether hashing would cost more than a password is worth; such a one is never hashed."""
    return len(password) > MAX_BYTES or len(password.encode("utf-8", "surrogatepass")) > MAX_BYTES


def refuse_weak(password: str) -> None:
    """Raises `Invalid` with what to choose instead."""
    if too_long(password):
        raise Invalid(f"The password is longer than {MAX_BYTES} bytes: choose a shorter one.", details=_FIELD)
    if len(password) < MIN_CHARACTERS:
        raise Invalid(f"The password is too short: use at least {MIN_CHARACTERS} characters.", details=_FIELD)
    if any("\ud800" <= character <= "\udfff" for character in password):
        raise Invalid("The password holds half a character that cannot be stored: type it again.", details=_FIELD)
    if "plumbline" in password.lower():
        raise Invalid("The password contains the product's name, which is guessed first.", details=_FIELD)
    if password.lower() in common():
        raise Invalid("This is one of the most common passwords: choose another.", details=_FIELD)


_FIELD = {"field": "password"}


@cache
def common() -> frozenset[str]:
    """Case-folded passwords that fit the policy and are guessed first."""
    text = (Path(__file__).parent / "common_passwords.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


async def hashed(password: str) -> str:
    return str(await _off_the_loop(_hasher().hash, password))


async def verify(password: str, stored: str | None) -> bool:
    """The same work whether or not there is a hash, so that time tells nobody whether an account exists."""
    if too_long(password):
        return False
    matches = await _off_the_loop(_matches, password, stored or _dummy())
    return matches and stored is not None


def needs_update(stored: str) -> bool:
    """Whether the hash was made with other parameters than the settings ask for now."""
    return bool(_hasher().needs_update(stored))


def _matches(password: str, stored: str) -> bool:
    try:
        return bool(_hasher().verify(password, stored))
    except (ValueError, UnicodeEncodeError):
        return False


def _hasher() -> Any:
    current = settings()
    return _hasher_with(current.argon2_memory_kib, current.argon2_time_cost, current.argon2_parallelism)


@cache
def _hasher_with(memory_kib: int, time_cost: int, parallelism: int) -> Any:
    return argon2.using(type="ID", memory_cost=memory_kib, rounds=time_cost, parallelism=parallelism)


def _dummy() -> str:
    """A hash that nothing matches, of the same cost as a real one."""
    current = settings()
    cost = f"m={current.argon2_memory_kib},t={current.argon2_time_cost},p={current.argon2_parallelism}"
    return f"$argon2id$v=19${cost}${'A' * 22}${'A' * 43}"


@cache
def _threads(at_once: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(at_once, thread_name_prefix="argon2", initializer=_give_way)


def _give_way() -> None:
    """People who are signed in come before those who are signing in; only Linux has priorities of threads."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _GIVES_WAY)


async def _off_the_loop(work: Any, *arguments: str) -> Any:
    at_once = settings().argon2_at_once or max(1, (os.cpu_count() or 1) // 2)
    return await asyncio.get_running_loop().run_in_executor(_threads(at_once), work, *arguments)
