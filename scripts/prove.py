"""How much the tests notice: `make prove`, or `make prove ARGS=tokens` for one area of `[tool.prove]` (pyproject.toml).

mutmut changes the code of an area in one small way after the other and runs the area's tests, which should fail. It
works on a copy below `build/prove`, on SQLite alone. What it found is kept there: a run that was ended goes on, and
what nobody noticed is tried again. `docs/mutation.md` says what is left, and why.
"""

import argparse
import ast
import asyncio
import difflib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.core import migrate
from app.core.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "prove"
COPIED = ("app", "components", "models", "state", "alembic", "assets", "tests", "scripts", "docs", "rxconfig.py")
HUNG = 124
"""How a process ends whose test hung (`tests/plugins/proving.py`)."""


@dataclass(frozen=True)
class Area:
    """`changed` are files by glob; `tests` are what has to notice, `least` how many changes of a hundred."""

    name: str
    changed: list[str]
    tests: list[str]
    least: float


@dataclass(frozen=True)
class Outcome:
    """`hung` are those of the killed under which a test did not end."""

    killed: int
    hung: int
    survived: list[str]
    unreached: list[str]

    @property
    def whole(self) -> int:
        return self.killed + len(self.survived) + len(self.unreached)

    @property
    def share(self) -> float:
        """Of all changes; those that no test reaches count as survivors."""
        return 100.0 * self.killed / self.whole if self.whole else 0.0


def areas() -> dict[str, Area]:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["prove"]
    return {name: Area(name, **row) for name, row in table.items()}


def prepare(area: Area) -> Path:
    """A copy of the sources with mutmut's settings for this area. That a change was noticed stays known until its
    function changes, or tests are not chosen any more.
    """
    folder = OUT / area.name
    folder.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        elif source.exists():
            shutil.copy(source, target)
    project = folder / "pyproject.toml"
    if project.exists() and not former_tests(project) <= set(area.tests):
        shutil.rmtree(folder / "mutants", ignore_errors=True)
    project.write_text(f"{(ROOT / 'pyproject.toml').read_text()}\n{settings(area)}")
    (folder / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)  # which test reaches what is found anew
    for meta in (folder / "mutants").rglob("*.py.meta"):
        known = json.loads(meta.read_text())
        codes = known["exit_code_by_key"]
        known["exit_code_by_key"] = {name: code if is_noticed(code) else None for name, code in codes.items()}
        meta.write_text(json.dumps(known))
    return folder


def former_tests(project: Path) -> set[str]:
    """The tests of the run before."""
    return set(tomllib.loads(project.read_text())["tool"]["mutmut"]["pytest_add_cli_args_test_selection"])


def settings(area: Area) -> str:
    table = {
        "source_paths": ["app"],
        "only_mutate": area.changed,
        "also_copy": [name for name in COPIED if name not in {"app", "tests"}],
        "pytest_add_cli_args_test_selection": area.tests,
        "pytest_add_cli_args": [
            *("-k", "not postgresql", "-p", "tests.plugins.proving"),
            *("-p", "no:cacheprovider", "-p", "no:xdist"),
        ],
        "process_isolation": "forkserver",
        "timeout_multiplier": 100.0,
        "track_dependencies": False,
        "use_git_change_detection": False,
    }
    return "[tool.mutmut]\n" + "\n".join(f"{key} = {json.dumps(value)}" for key, value in table.items()) + "\n"


def template() -> Path:
    """A migrated SQLite file, made once, that the tests copy instead of migrating for each change."""
    folder = OUT / "template"
    shutil.rmtree(folder, ignore_errors=True)
    asyncio.run(migrate.upgrade(Settings(data_dir=folder, database_url="", _env_file=None)))
    return folder / "plumbline.db"


def run(folder: Path, database: Path, workers: int) -> int:
    """Not 0 when mutmut could not do its work, say because a test fails without any change."""
    added = {"PLUMBLINE_TEST_TEMPLATE": str(database), "PYTHONPATH": "", "COLUMNS": "120"}
    with (folder / "mutmut.log").open("w") as log:
        shown = None if sys.stdout.isatty() else log
        command = [sys.executable, "-m", "scripts.mutate", "run", "--max-children", str(workers)]
        return subprocess.run(command, cwd=folder, env=os.environ | added, stdout=shown, check=False).returncode


def is_noticed(code: int | None) -> bool:
    """By the exit code that mutmut keeps for a change: a test failed, or hung. Any other is no answer, such as 33 where
    there is no test, or 255 where it could not be started.
    """
    return code in {1, HUNG}


def outcome(folder: Path) -> Outcome:
    """Read from what mutmut keeps beside each file."""
    found: dict[str, int | None] = {}
    for meta in sorted((folder / "mutants").rglob("*.py.meta")):
        found |= json.loads(meta.read_text())["exit_code_by_key"]
    codes = list(found.values())
    return Outcome(
        killed=sum(map(is_noticed, codes)),
        hung=codes.count(HUNG),
        survived=[name for name, code in found.items() if code == 0],
        unreached=[name for name, code in found.items() if code != 0 and not is_noticed(code)],
    )


def show(area: Area, found: Outcome, folder: Path) -> bool:
    for name in found.survived:
        print(f"{name}\n{changed_lines(folder / 'mutants', name)}")
    print("\n".join(f"no test reaches, or could be run with, {name}" for name in found.unreached))
    print(
        f"{area.name}: {found.killed} of {found.whole} changes noticed ({found.hung} of them by a test that hung), "
        f"{len(found.survived)} survived, {len(found.unreached)} not reached: "
        f"{found.share:.1f} % (least {area.least:.0f} %)"
    )
    return found.share >= area.least


def changed_lines(mutants: Path, name: str) -> str:
    """What is different in the changed function: mutmut keeps it beside the original, each under a name of its own."""
    module, _, changed = name.rpartition(".")
    known = functions(mutants / f"{module.replace('.', '/')}.py")
    original = re.sub(r"_\d+$", "_orig", changed)
    before, after = (known[one].replace(one, "").splitlines() for one in (original, changed))
    lines = difflib.unified_diff(before, after, lineterm="", n=0)
    return "\n".join(line for line in lines if re.match(r"[-+](?![-+]{2} )", line))


@cache
def functions(file: Path) -> dict[str, str]:
    text = file.read_text()
    made = (one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))
    return {one.name: ast.get_source_segment(text, one) or "" for one in made}


def main() -> int:
    known = areas()
    parser = argparse.ArgumentParser(description="Change the code, and see whether the tests notice.")
    parser.add_argument("names", nargs="*", metavar="AREA", help=f"of {', '.join(known)}; all of them by default")
    parser.add_argument("--anew", action="store_true", help="forget what earlier runs found")
    parser.add_argument("--report", action="store_true", help="only say what earlier runs found")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="how many changes are tried at once")
    options = parser.parse_args()
    chosen = [known[name] for name in options.names or known]
    if options.anew:
        for area in chosen:
            shutil.rmtree(OUT / area.name, ignore_errors=True)
    verdicts = [prove(area, options.workers, only_report=options.report) for area in chosen]
    return 0 if all(verdicts) else 1


def prove(area: Area, workers: int, *, only_report: bool) -> bool:
    folder = OUT / area.name
    if not only_report and run(prepare(area), template(), workers) != 0:
        print(f"{area.name}: mutmut gave up, see {folder / 'mutmut.log'}")
        return False
    return show(area, outcome(folder), folder)


if __name__ == "__main__":
    sys.exit(main())
