"""`plumbline diff` as somebody, a program or git calls it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app

OLD = "# Store\n\n## Data\n\nKept for 30 days.\n"
NEW = "# Store\n\n## Data\n\nKept for 45 days.\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.md").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.md").write_text(NEW, encoding="utf-8")
    return lambda *arguments, **given: CliRunner().invoke(app, ["diff", *arguments], **given)


def test_equal_texts_print_nothing_and_end_with_zero(run):
    result = run("old.md", "old.md")
    assert (result.exit_code, result.stdout) == (0, "")


def test_different_texts_end_with_one_after_meaning_and_lines(run):
    result = run("old.md", "new.md")
    assert result.exit_code == 1
    meaning, lines = result.stdout.split("--- old.md\n")
    assert meaning.startswith("Material:\n  ")
    assert "-Kept for 30 days.\n+Kept for 45 days.\n" in lines


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("old.md", "none.md"), "none.md: there is no such file."),
        ((".", "new.md"), "this is a folder"),
        (("old.md",), "name two files"),
        (("-", "-"), "name two files"),
        (("old.md", "new.md", "--format", "xml"), "invalid choice"),
    ],
)
def test_trouble_ends_with_two_and_names_the_file(run, arguments, why):
    result = run(*arguments)
    assert result.exit_code == 2
    assert why in result.stderr


def test_one_side_may_be_standard_input(run):
    assert run("-", "new.md", input=NEW).exit_code == 0
    assert "--- -\n" in run("-", "new.md", input=OLD).stdout
    assert "standard input: it is no text" in run("-", "new.md", input=b"\x00").stderr


def test_json_says_everything_once(run):
    found = json.loads(run("old.md", "new.md", "--format", "json").stdout)
    assert (found["version"], found["same"], found["weight"]) == (1, False, "material")
    assert (found["added"], found["removed"]) == (1, 1)
    (section,) = found["sections"]
    assert section["fingerprint"]["old"] != section["fingerprint"]["new"]
    assert (section["fate"], section["title"], section["id"]) == ("kept", "Data", "data")
    (row,) = [row for row in section["rows"] if row["kind"] != "same"]
    assert [piece["text"] for piece in row["new"]["pieces"] if piece["marked"]] == ["45"]
    assert json.loads(run("old.md", "old.md", "--format", "json").stdout)["sections"] == []


def test_html_is_a_page_that_loads_nothing(run):
    page = run("old.md", "new.md", "--format", "html").stdout
    assert page.startswith("<!doctype html>")
    assert '<ins class="diff-mark">45</ins>' in page
    assert not {"src=", "href=", "<script", "url("} & {
        part for part in ("src=", "href=", "<script", "url(") if part in page
    }


def test_git_gives_seven_arguments_or_nine_and_wants_zero(run):
    result = run("doc.md", "old.md", "1234", "100644", "new.md", "5678", "100644")
    assert result.exit_code == 0
    assert "--- a/doc.md\n+++ b/doc.md\n" in result.stdout
    assert "--- /dev/null\n" in run("doc.md", "/dev/null", ".", ".", "new.md", "5678", "100644").stdout
    renamed = run("doc.md", "old.md", "1", "1", "new.md", "2", "1", "other.md", "similarity index 90%\n")
    assert "--- a/doc.md\n+++ b/other.md\n" in renamed.stdout


def test_git_shows_it(run, tmp_path):
    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=tmp_path, capture_output=True, text=True, check=True)
        return done.stdout

    git("init", "-q")
    git("add", "old.md")
    (tmp_path / "old.md").write_text(NEW, encoding="utf-8")
    command = f"{Path(sys.executable).with_name('plumbline')} diff"
    (tmp_path / ".gitattributes").write_text("*.md diff=plumbline\n", encoding="utf-8")
    shown = git("-c", f"diff.plumbline.command={command}", "diff", "--ext-diff", "old.md")
    assert "--- a/old.md\n+++ b/old.md\n" in shown
