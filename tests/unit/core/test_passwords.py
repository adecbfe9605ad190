"""The password policy, and that hashing takes a password exactly as it is given."""

import time

import pytest

from app.core import passwords
from app.core.errors import Invalid


@pytest.mark.req("AUTH-06")
@pytest.mark.parametrize(
    "password", ["seven77", "password1", "PASSWORD1", "qwerty123", "my-Plumbline-2026", "12345678", "half\ud800half"]
)
def test_what_is_guessed_first_is_refused(password):
    with pytest.raises(Invalid):
        passwords.refuse_weak(password)


@pytest.mark.req("AUTH-06")
def test_the_list_is_long_and_fits_the_policy():
    assert len(passwords.common()) >= 3000
    assert all(len(word) >= passwords.MIN_CHARACTERS and word == word.lower() for word in passwords.common())


@pytest.mark.req("AUTH-04")
@pytest.mark.parametrize("password", [" leading and trailing ", "x" * 64, "пароль из слов 🙂", "no digits at all here"])
def test_any_characters_are_taken(password):
    passwords.refuse_weak(password)


@pytest.mark.req("AUTH-04")
@pytest.mark.parametrize("other", ["Correct Horse Battery", "correct horse battery ", "correct horse batter"])
async def test_nothing_is_trimmed_folded_or_shortened(other):
    stored = await passwords.hashed("correct horse battery")
    assert await passwords.verify("correct horse battery", stored)
    assert not await passwords.verify(other, stored)


@pytest.mark.req("AUTH-05")
async def test_a_megabyte_is_refused_without_hashing():
    began = time.process_time()
    with pytest.raises(Invalid):
        passwords.refuse_weak("x" * 1_000_000)
    assert not await passwords.verify("x" * 1_000_000, None)
    assert time.process_time() - began < 2


@pytest.mark.req("AUTH-08")
async def test_hashes_are_argon2id_of_the_set_strength():
    stored = await passwords.hashed("correct horse battery")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not passwords.needs_update(stored)
    assert passwords.needs_update(stored.replace("t=2", "t=1"))
