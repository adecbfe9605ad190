"""Cells that a spreadsheet must not run."""

import csv
import io

import pytest

from app.core.spreadsheet import cell, line


@pytest.mark.req("FILE-08")
@pytest.mark.parametrize(
    "value",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\u00a0=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "=cmd|' /C calc'!A0",
    ],
)
def test_what_begins_like_a_formula_is_text(value):
    assert cell(value).startswith("'")
    assert cell(value).removeprefix("'") == value


@pytest.mark.req("FILE-08")
def test_nul_hides_no_formula():
    assert cell("\0=1") == "'=1"


@pytest.mark.parametrize(
    "value", ["", "a=b", "1-2", "Ana Duarte", "2026-03-02T09:00:00Z", "a\nb", '"quoted"', "192.0.2.7"]
)
def test_what_is_plain_stays_as_it_is(value):
    assert cell(value) == value


def test_numbers_and_nothing():
    assert [cell(-5), cell(1.5), cell(None)] == ["-5", "1.5", ""]


def test_a_line_is_read_back_by_any_reader():
    values = ["a,b", 'say "no"', "two\nlines", "", "=1"]
    assert next(csv.reader(io.StringIO(line(values), newline=""))) == ["a,b", 'say "no"', "two\nlines", "", "'=1"]
    assert line(["x"]).endswith("\r\n")
