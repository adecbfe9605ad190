"""Everything fast in two lanes at once: `make check`. Prints each step's time, and its output if it failed.

A step is a command. Steps that take long stand first in their lane; the lanes are balanced for two cores.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
LIMIT_SECONDS = 240
PYTHON = sys.executable
CORES = str(os.cpu_count() or 1)
FAST_TESTS = (
    *(PYTHON, "-m", "pytest", "-q", "-n", CORES, "--dist", "worksteal", "tests/unit"),
    *("-m", "not long and not thorough"),
)


@dataclass(frozen=True)
class Step:
    name: str
    command: tuple[str, ...]


LANES = (
    (
        Step("types", (str(BIN / "mypy"),)),
        Step("layers", (str(BIN / "lint-imports"), "--no-logo")),
        Step("style", (str(BIN / "ruff"), "check", "--quiet")),
        Step("format", (str(BIN / "ruff"), "format", "--check", "--quiet")),
        Step("layout", (PYTHON, "-m", "scripts.check_layout")),
        Step("generated documents", (PYTHON, "-m", "scripts.docs", "--check")),
        Step("own design", (str(BIN / "plumbline"), "check", "docs/design.md")),
    ),
    (
        Step("migrations", (PYTHON, "-m", "scripts.check_migrations")),
        Step("fast tests", FAST_TESTS),
    ),
)


@dataclass(frozen=True)
class Outcome:
    step: Step
    seconds: float
    ok: bool


def run(step: Step) -> Outcome:
    """Run one step; a failed one prints what it said, in one piece so that the lanes do not mix."""
    started = time.monotonic()
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    try:
        done = subprocess.run(step.command, cwd=ROOT, timeout=LIMIT_SECONDS, check=False, **options)
        ok, said = done.returncode == 0, done.stdout
    except subprocess.TimeoutExpired:
        ok, said = False, f"ended after {LIMIT_SECONDS} seconds\n"
    seconds = time.monotonic() - started
    sys.stdout.write(f"{'ok  ' if ok else 'FAIL'} {seconds:6.1f} s  {step.name}\n" + ("" if ok else f"{said}\n"))
    sys.stdout.flush()
    return Outcome(step, seconds, ok)


def lane(steps: tuple[Step, ...]) -> list[Outcome]:
    return [run(step) for step in steps]


def main() -> int:
    os.environ.setdefault("COLUMNS", "120")
    os.environ.setdefault("PLUMBLINE_EXAMPLES", "few")  # of each property: tests/examples.py
    started = time.monotonic()
    with ThreadPoolExecutor(len(LANES)) as pool:
        outcomes = [outcome for found in pool.map(lane, LANES) for outcome in found]
    failed = [outcome.step.name for outcome in outcomes if not outcome.ok]
    print(f"{time.monotonic() - started:.1f} s in all;", "failed: " + ", ".join(failed) if failed else "all is well")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
