"""Codes of authenticator apps and recovery codes, without time or storage."""

import re

import pytest

from app.core import one_time_codes

RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B: the ASCII text 12345678901234567890


@pytest.mark.parametrize(("at", "code"), [(59, "287082"), (1111111109, "081804"), (2000000000, "279037")])
def test_the_codes_are_those_of_the_standard(at, code):
    assert one_time_codes.step_of(RFC_SECRET, code, at) == at // 30
    assert one_time_codes.step_of(RFC_SECRET, f" {code[:3]} {code[3:]} ", at) == at // 30


@pytest.mark.parametrize(("after", "counts"), [(-31, False), (-30, True), (29, True), (59, True), (60, False)])
def test_one_period_before_and_after_counts_too(after, counts):
    step = 37037036
    assert one_time_codes.step_of(RFC_SECRET, "081804", 30 * step + after) == (step if counts else None)


@pytest.mark.parametrize(
    "code", ["", "28708", "2870822", "28708a", "\u0662\u0668\u0667\u0660\u0668\u0662", "287082\n287082"]
)
def test_what_is_no_code_is_nobodys(code):
    assert one_time_codes.step_of(RFC_SECRET, code, 59) is None


def test_a_secret_can_be_scanned_or_typed():
    secret = one_time_codes.new_secret()
    assert re.fullmatch(r"[A-Z2-7]{32}", secret)
    address = one_time_codes.uri(secret, "ana@example.org")
    assert address == f"otpauth://totp/Plumbline:ana%40example.org?secret={secret}&issuer=Plumbline"
    picture = one_time_codes.picture(address)
    assert picture.startswith("<svg ")
    assert secret not in picture


def test_recovery_codes_are_many_and_differ():
    codes = one_time_codes.new_recovery_codes()
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", code) for code in codes)
    assert not set("".join(codes)) & set("01ilo")
    assert {one_time_codes.plain(f" {code.upper()} ".replace("-", " ")) for code in codes} == {
        one_time_codes.plain(code) for code in codes
    }
    assert len(one_time_codes.plain(codes[0])) == 16
