"""`plumbline merge`, and git with it as its merge driver."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.commands import merge

BASE = "# T\n\n## A\n\none\n\n## B\n\ntwo\n"
DRIVER = Path(sys.executable).parent / "plumbline"


@pytest.fixture
def files(tmp_path):
    def make(base, ours, theirs):
        paths = [tmp_path / name for name in ("base.md", "ours.md", "theirs.md")]
        for path, text in zip(paths, (base, ours, theirs), strict=True):
            path.write_bytes(text.encode())
        return [str(path) for path in paths]

    return make


def test_a_clean_merge_is_printed(files, capsys):
    paths = files(BASE, BASE.replace("one", "1"), BASE.replace("two", "2"))
    assert merge.run(paths) == 0
    assert capsys.readouterr().out == BASE.replace("one", "1").replace("two", "2")


def test_conflicts_are_marked_and_said(files, capsys):
    paths = files(BASE, BASE.replace("one", "1"), BASE.replace("one", "I"))
    assert merge.run([*paths, "--path", "design.md"]) == 1
    printed = capsys.readouterr()
    assert "<<<<<<< ours\n1\n||||||| base\none\n=======\nI\n>>>>>>> theirs\n" in printed.out
    assert printed.err == "design.md: 1 conflict in “A”; both sides are kept.\n"


def test_the_pieces_as_json(files, capsys):
    paths = files(BASE, BASE.replace("one", "1"), BASE.replace("one", "I"))
    assert merge.run([*paths, "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["conflicts"] == 1
    at = {"base": 5, "ours": 5, "theirs": 5}
    assert told["pieces"][1] == {"section": "A", "base": "one\n", "ours": "1\n", "theirs": "I\n", "lines": at}


def test_the_merged_text_into_a_file_byte_for_byte(files, tmp_path, capsys):
    base = "\ufeff" + BASE.replace("\n", "\r\n")
    paths, merged = files(base, base.replace("one", "1"), base.replace("two", "2")), tmp_path / "merged.md"
    assert merge.run([*paths, "--output", str(merged)]) == 0
    assert merged.read_bytes().decode() == base.replace("one", "1").replace("two", "2")
    assert capsys.readouterr().out == ""
    assert merge.run([*paths, "--output", str(tmp_path / "no" / "merged.md")]) == 2
    assert "merged.md: it cannot be written" in capsys.readouterr().err


def test_json_is_never_written_over_a_document(files):
    paths = files(BASE, BASE.replace("one", "1"), BASE)
    with pytest.raises(SystemExit) as ended:
        merge.run([*paths, "--write", "--format", "json"])
    assert ended.value.code == 2
    assert Path(paths[1]).read_text() == BASE.replace("one", "1")


def test_what_cannot_be_read_is_named(files, capsys):
    paths = files(BASE, BASE, BASE)
    assert merge.run([*paths[:2], "nowhere.md"]) == 2
    assert "nowhere.md: there is no such file." in capsys.readouterr().err


def git(folder, *arguments, code=0):
    own = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": os.devnull}
    own |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=os.environ | own, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def repository(tmp_path):
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "config", "merge.plumbline.driver", f"{DRIVER} merge --write %O %A %B --marker-size %L --path %P")
    (tmp_path / ".gitattributes").write_text("*.md merge=plumbline\n")
    (tmp_path / "design.md").write_text(BASE)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "base")
    return tmp_path


def two_branches(folder, ours, theirs):
    git(folder, "checkout", "-qb", "other")
    (folder / "design.md").write_text(theirs)
    git(folder, "commit", "-qam", "theirs")
    git(folder, "checkout", "-q", "main")
    (folder / "design.md").write_text(ours)
    git(folder, "commit", "-qam", "ours")


def test_git_merges_a_moved_section_with_a_change_in_it(repository):
    moved = "# T\n\n## B\n\ntwo\n\n## A\n\none\n"
    two_branches(repository, moved, BASE.replace("one", "1"))
    git(repository, "merge", "-q", "--no-edit", "other")
    assert (repository / "design.md").read_text() == "# T\n\n## B\n\ntwo\n\n## A\n\n1\n"


def test_git_hears_of_a_conflict(repository):
    two_branches(repository, BASE.replace("one", "1"), BASE.replace("one", "I"))
    git(repository, "merge", "-q", "--no-edit", "other", code=1)
    text = (repository / "design.md").read_text()
    assert "1\n" in text
    assert "I\n" in text
    assert "UU design.md" in git(repository, "status", "--porcelain")
