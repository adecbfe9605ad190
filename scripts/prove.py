"""How much the tests notice: `make prove`, or `make prove ARGS=tokens` for one area of `[tool.prove]` (pyproject.toml).

mutmut changes the code of an area in one small way after the other and runs the area's tests, which should fail. It
works on a copy below `build/prove`, on SQLite alone. What it found is kept there: a run that was ended goes on.
"""

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from app.core import migrate
from app.core.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "prove"
COPIED = ("app", "components", "models", "state", "alembic", "assets", "tests", "scripts", "docs", "rxconfig.py")
MUTMUT = str(Path(sys.executable).with_name("mutmut"))
LEAST = 90.0


@dataclass(frozen=True)
class Area:
    """`changed` are files by glob; `tests` are what has to notice."""

    name: str
    changed: list[str]
    tests: list[str]


@dataclass(frozen=True)
class Outcome:
    killed: int
    survived: list[str]
    unreached: list[str]

    @property
    def share(self) -> float:
        """Of all changes; those that no test reaches count as survivors."""
        whole = self.killed + len(self.survived) + len(self.unreached)
        return 100.0 * self.killed / whole if whole else 0.0


def areas() -> dict[str, Area]:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["prove"]
    return {name: Area(name, row["changed"], row["tests"]) for name, row in table.items()}


def prepare(area: Area) -> Path:
    """A copy of the sources with mutmut's settings for this area. What is known of a file stays until that changes."""
    folder = OUT / area.name
    folder.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        elif source.exists():
            shutil.copy(source, target)
    wanted = f"{(ROOT / 'pyproject.toml').read_text()}\n{settings(area)}"
    known = folder / "pyproject.toml"
    if known.exists() and known.read_text() != wanted:
        shutil.rmtree(folder / "mutants", ignore_errors=True)
    known.write_text(wanted)
    return folder


def settings(area: Area) -> str:
    table = {
        "source_paths": ["app"],
        "only_mutate": area.changed,
        "also_copy": [name for name in COPIED if name not in {"app", "tests"}],
        "pytest_add_cli_args_test_selection": area.tests,
        "pytest_add_cli_args": ["-k", "not postgresql", "-p", "no:cacheprovider", "-p", "no:xdist"],
        "process_isolation": "forkserver",
        "timeout_multiplier": 5.0,
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


def run(folder: Path, database: Path) -> int:
    added = {"PLUMBLINE_TEST_TEMPLATE": str(database), "PYTHONPATH": "", "COLUMNS": "120"}
    shown = None if sys.stdout.isatty() else subprocess.DEVNULL
    return subprocess.run([MUTMUT, "run"], cwd=folder, env=os.environ | added, stdout=shown, check=False).returncode


def outcome(folder: Path) -> Outcome:
    """Read from what mutmut keeps beside each file: an exit code for each change, 0 for one that nobody noticed."""
    killed, survived, unreached = 0, [], []
    for meta in sorted((folder / "mutants").rglob("*.py.meta")):
        for name, code in json.loads(meta.read_text())["exit_code_by_key"].items():
            if code == 0:
                survived.append(name)
            elif code in {None, 33, 5}:
                unreached.append(name)
            else:
                killed += 1
    return Outcome(killed, survived, unreached)


def show(area: Area, found: Outcome, folder: Path) -> bool:
    for name in found.survived:
        done = subprocess.run(
            [str(Path(sys.executable).with_name("mutmut")), "show", name],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        print(done.stdout)
    print("\n".join(f"no test reaches {name}" for name in found.unreached))
    whole = found.killed + len(found.survived) + len(found.unreached)
    print(f"{area.name}: {found.killed} of {whole} changes noticed, {found.share:.1f} % (least {LEAST:.0f} %)")
    return found.share >= LEAST


def main() -> int:
    known = areas()
    parser = argparse.ArgumentParser(description="Change the code, and see whether the tests notice.")
    parser.add_argument("names", nargs="*", metavar="AREA", help=f"of {', '.join(known)}; all of them by default")
    parser.add_argument("--anew", action="store_true", help="forget what earlier runs found")
    parser.add_argument("--report", action="store_true", help="only say what earlier runs found")
    options = parser.parse_args()
    if options.anew:
        shutil.rmtree(OUT, ignore_errors=True)
    verdicts = []
    database = None if options.report else template()
    for name in options.names or known:
        area = known[name]
        folder = OUT / area.name if options.report else prepare(area)
        if database is not None:
            run(folder, database)
        verdicts.append(show(area, outcome(folder), folder))
    return 0 if all(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
