"""`plumbline check` and `show` as somebody types them: what they print, how they end, what they import."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import app as app_package
from app.cli import app

GOOD = "# Refunds\n\n## Components\n\n### API\n- **Purpose**: pays back\n"
BAD = "# Refunds 😀\n\n## Components\n\n### API\n- **Purpose**: 😀 pays\n- **Dependencies**: Ledgr\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, **files: bytes):
        for name, data in files.items():
            (tmp_path / f"{name}.md").write_bytes(data)
        return CliRunner().invoke(app, arguments)

    return call


def test_a_clean_file_ends_with_zero(run):
    result = run("check", "a.md", a=GOOD.encode())
    assert result.exit_code == 0
    assert result.stdout == "1 file: 0 errors, 0 warnings\n"


def test_a_finding_names_file_line_and_column_and_ends_with_one(run):
    result = run("check", "a.md", "b.md", a=BAD.encode(), b=GOOD.encode())
    assert result.exit_code == 1
    assert result.stdout.startswith("a.md:7:21: error unknown-dependency API depends on “Ledgr”")
    assert result.stdout.endswith("2 files: 1 errors, 0 warnings\n")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (None, "there is no such file"),
        (b"\xff\xfe#\x00", "NUL"),
        (b"\xe9t\xe9", "UTF-8 (byte 0)"),
        (b"x" * 2_000_001, "at most 2,000,000"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence_and_ends_with_two(run, data, why):
    result = run("check", "a.md", **({} if data is None else {"a": data}))
    assert result.exit_code == 2
    assert why in result.stderr
    assert "Traceback" not in result.stderr


def test_no_file_is_a_usage_error(run):
    assert run("check").exit_code == 2


def test_show_says_what_is_understood(run):
    result = run("show", "a.md", a=BAD.encode())
    assert "API → Ledgr" in result.stdout
    assert "status: not given" in result.stdout


def test_show_as_json_has_components_with_spans(run):
    facts = json.loads(run("show", "--json", "a.md", a=BAD.encode()).stdout)
    (component,) = facts["components"]
    assert component["dependencies"][0]["span"]["start"] == {"line": 6, "column": 20}


def test_check_starts_without_the_servers_libraries(tmp_path):
    (tmp_path / "a.md").write_text(GOOD, encoding="utf-8")
    code = (
        "import sys\nfrom app.cli import main\n"
        "sys.argv = ['plumbline', 'check', 'a.md']\n"
        "try:\n    main()\nexcept SystemExit:\n    print(' '.join(sys.modules))\n"
    )
    path = str(Path(app_package.__file__).parent.parent)
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": path}, capture_output=True, text=True, check=True)
    loaded = set(result.stdout.split())
    assert "app.domain.lint.engine" in loaded
    assert not loaded & {"reflex", "fastapi", "sqlalchemy", "pydantic", "sqlglot", "nh3", "pygments", "asyncio"}
