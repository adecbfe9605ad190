"""Ids, the text cache, error codes: small things everything stands on."""

import pytest

from app.core import ids
from app.core.cache import TextCache
from app.core.errors import CODES, AppError, NotFound


def test_ids_sort_by_time_and_never_repeat():
    made = [ids.new_id() for _ in range(2000)]
    assert len(set(made)) == 2000
    assert [one[:12] for one in made] == sorted(one[:12] for one in made)
    assert all(len(one) == 32 and one[12] == "7" and one[16] in "89ab" for one in made)


def test_secrets_are_long_and_digests_are_sha256():
    assert len(ids.new_secret()) >= 43
    assert ids.digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_the_cache_lets_the_least_used_go_first():
    cache = TextCache(10)
    cache.put("a", "aaaa")
    cache.put("b", "bbbb")
    assert cache.get("a") == "aaaa"
    cache.put("c", "cccc")
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == ("aaaa", None, "cccc")
    assert cache.size == 8


def test_the_cache_counts_bytes_and_keeps_nothing_too_large():
    cache = TextCache(6)
    cache.put("a", "ééé")
    assert cache.size == 6
    cache.put("b", "too long for it")
    cache.put("a", "é")
    assert (cache.get("b"), cache.size) == (None, 2)


@pytest.mark.parametrize("code", CODES)
def test_every_code_makes_an_envelope(code):
    error = AppError("A sentence.", code=code, details={"a": 1})
    assert error.envelope() == {"error": {"code": code, "message": "A sentence.", "details": {"a": 1}}}
    assert 400 <= error.status <= 599


def test_a_class_carries_its_code():
    assert (NotFound("No.").code, NotFound("No.").status) == ("NOT_FOUND", 404)
