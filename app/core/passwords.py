"""Passwords: the policy, and Argon2id hashing that neither blocks the loop nor grows without bound.

A password is taken exactly as given: nothing is trimmed, folded or shortened. Who it belongs to is not known here.
"""

import os
from functools import cache
from pathlib import Path

from app.core import hashing
from app.core.apart import Hashers
from app.core.errors import Invalid
from app.core.settings import settings

MIN_CHARACTERS = 8
MAX_BYTES = 1024


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
    return str(await _hashers(_at_once()).run("made", password, *_cost()))


async def verify(password: str, stored: str | None) -> bool:
    """The same work whether or not there is a hash, so that time tells nobody whether an account exists."""
    if too_long(password):
        return False
    matches = await _hashers(_at_once()).run("matches", password, stored or _dummy())
    return bool(matches) and stored is not None


def needs_update(stored: str) -> bool:
    """Whether the hash was made with other parameters than the settings ask for now."""
    return bool(hashing.hasher(*_cost()).needs_update(stored))


def close() -> None:
    """End the threads and processes that hash; the next password starts new ones."""
    if _hashers.cache_info().currsize:
        _hashers(_at_once()).close()
    _hashers.cache_clear()


def _cost() -> tuple[int, int, int]:
    current = settings()
    return current.argon2_memory_kib, current.argon2_time_cost, current.argon2_parallelism


def _dummy() -> str:
    """A hash that nothing matches, of the same cost as a real one."""
    memory_kib, time_cost, lanes = _cost()
    return f"$argon2id$v=19$m={memory_kib},t={time_cost},p={lanes}${'A' * 22}${'A' * 43}"


def _at_once() -> int:
    return settings().argon2_at_once or max(1, (os.cpu_count() or 1) // 2)


@cache
def _hashers(at_once: int) -> Hashers:
    return Hashers(at_once)
