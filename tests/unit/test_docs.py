"""Generated documents: what is stale is told, and examples cannot break out of their fence."""

import re

import pytest

from app.core import errors
from scripts import docs


def test_changed_missing_and_orphaned_pages_are_stale(tmp_path):
    rules = tmp_path / "docs" / "rules"
    rules.mkdir(parents=True)
    (rules / "gone.md").write_text("a rule that was")
    (tmp_path / "docs" / "errors.md").write_text("old")
    (tmp_path / "docs" / "settings.md").write_text("same")
    wanted = {"docs/errors.md": "new", "docs/settings.md": "same", ".env.example": "missing"}
    assert docs.stale(wanted, tmp_path) == ["docs/errors.md", ".env.example", "docs/rules/gone.md"]


def test_writing_what_is_stale_makes_it_current(tmp_path):
    (tmp_path / "docs" / "rules").mkdir(parents=True)
    (tmp_path / "docs" / "rules" / "gone.md").write_text("a rule that was")
    wanted = {"docs/errors.md": "new", "docs/rules/README.md": "list"}
    for name in docs.stale(wanted, tmp_path):
        docs.write(wanted, name, tmp_path)
    assert docs.stale(wanted, tmp_path) == []


def test_a_fence_is_longer_than_those_inside():
    assert docs.fenced("````sql\nx\n````\n").startswith("`````markdown\n")


def test_every_rule_has_a_page_and_stands_in_the_list():
    pages = docs.rule_pages()
    names = [rule.name for rule in docs.all_rules()]
    assert names
    assert set(pages) == {"docs/rules/README.md", *(f"docs/rules/{name}.md" for name in names)}
    assert all(f"({name}.md)" in pages["docs/rules/README.md"] for name in names)


def test_the_example_of_settings_taken_in_whole_changes_nothing(tmp_path):
    lines = docs.env_example().splitlines()
    taken = [line.removeprefix("# ") for line in lines if line.startswith(f"# {docs.PREFIX}")]
    assert len(taken) == len(docs.Settings.model_fields)
    set_to_something = [line for line in taken if not line.endswith("=")]
    (tmp_path / ".env").write_text("\n".join(set_to_something))
    assert docs.Settings(_env_file=tmp_path / ".env", data_dir="data") == docs.Settings(_env_file=None, data_dir="data")


@pytest.mark.req("ERR-09")
def test_every_code_that_the_application_names_stands_in_the_table():
    sources = "".join(path.read_text(encoding="utf-8") for path in (docs.ROOT / "app").rglob("*.py"))
    named = set(re.findall(r'\bcode: str = "(\w+)"|\bcode ?= ?"([A-Z]\w+)"', sources))
    codes = {first or second for first, second in named if not re.fullmatch(r"PL\d+", first or second)}
    assert "NOT_FOUND" in codes
    assert codes <= set(errors.CODES)
    assert all(re.fullmatch(r"[A-Z][A-Z0-9_]+", code) for code in errors.CODES)
    assert all(f"| `{code}` | {status} |" in docs.errors() for code, status in errors.CODES.items())
