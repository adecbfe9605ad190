"""Run every test and say what it proved: `make test`.

Each level is a pytest run of its own under coverage, the frontend is built meanwhile, and what they recorded is added
up by `scripts/test_report.py`. It belongs here to start, bound in time and stop processes; fixtures start servers.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from scripts import chromium, test_report

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "tests"
LEVELS = {"unit": 900, "integration": 2400, "e2e": 1800}  # seconds, after which a level is ended as hanging
LONG_SECONDS = 3 * 3600
SPREAD = ("unit", "integration")
"""Levels whose tests run in as many processes as there are cores; browser flows keep them busy one at a time."""


def environment(level: str, *, headed: bool, covered: bool) -> dict[str, str]:
    """What the fixtures read: where Chromium is, and whether to start the server under coverage."""
    added = {"PYTHONUNBUFFERED": "1"}
    if covered:
        added |= {"COVERAGE_FILE": str(OUT / ".coverage"), "PLUMBLINE_COVERAGE": "1"}
        if level in SPREAD:
            added["COVERAGE_PROCESS_START"] = str(ROOT / "pyproject.toml")  # read by every Python that starts
    if level in ("e2e", "long"):
        added["PLUMBLINE_CHROMIUM"] = str(chromium.find())
        added["PLUMBLINE_HEADED"] = "1" if headed else ""
    return os.environ | added


def bounded(command: list[str], seconds: int, env: dict[str, str]) -> int:
    """Run in a process group of its own, and end what is left of that group afterwards."""
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        print(f"\n{' '.join(command[-2:])}: ended after {seconds} seconds", flush=True)
        return 124
    finally:
        end_group(process)


def end_group(process: subprocess.Popen) -> None:
    for kind in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, kind)
            process.wait(timeout=20)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def start_build() -> subprocess.Popen:
    """Build the frontend beside the unit tests; its output is shown only if it fails."""
    log = (OUT / "build.log").open("w")
    command = [sys.executable, "-m", "scripts.build"]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)


def finish_build(process: subprocess.Popen) -> bool:
    try:
        code = process.wait(timeout=900)
    except subprocess.TimeoutExpired:
        code = 124
    finally:
        end_group(process)
    if code != 0:
        print((OUT / "build.log").read_text())
        print(f"The frontend could not be built (exit {code}); see above.", flush=True)
    return code == 0


def run_level(level: str, arguments: list[str], *, headed: bool, covered: bool) -> test_report.Level:
    """One pytest run. A level without a single test is a failure: it would hide that they are gone."""
    print(f"\n== {level}", flush=True)
    started = time.monotonic()
    record = OUT / f"{level}.json"
    where = ["tests", "-m", "long"] if level == "long" else [f"tests/{level}", "-m", "not long"]
    alone = ["-m", "coverage", "run", "-m", "pytest"] if covered else ["-m", "pytest"]
    runner = ["-m", "pytest", "-n", str(os.cpu_count() or 1), "--dist", "worksteal"] if level in SPREAD else alone
    options = ["-q", "-p", "tests.plugins.requirements", "--record", str(record), *where, *arguments]
    command = [sys.executable, *runner, *options]
    try:
        env = environment(level, headed=headed, covered=covered)
        code = bounded(command, LEVELS.get(level, LONG_SECONDS), env)
    except chromium.NoChromium as problem:
        print(problem)
        code = 1
    return test_report.Level.read(level, record, seconds=time.monotonic() - started, code=code)


def everything() -> int:
    """All levels, coverage and requirements; the exit code is that of the whole."""
    started = time.monotonic()
    build = start_build()
    try:
        levels = [run_level("unit", [], headed=False, covered=True)]
        waited = time.monotonic()
        built = finish_build(build)
        waited = time.monotonic() - waited
        levels.append(run_level("integration", [], headed=False, covered=True))
        if built:
            levels.append(run_level("e2e", [], headed=False, covered=True))
        else:
            levels.append(test_report.Level("e2e", [], 0.0, 1))
    finally:
        end_group(build)
    covered = test_report.coverage(ROOT, OUT)
    return test_report.show(levels, covered, waited, time.monotonic() - started)


def main() -> int:
    parser = argparse.ArgumentParser(description="Run the tests; other arguments go to pytest.")
    parser.add_argument("--level", choices=LEVELS, help="only this level, without coverage")
    parser.add_argument("--long", action="store_true", help="only the tests marked long")
    parser.add_argument("--headed", action="store_true", help="show the browser")
    options, rest = parser.parse_known_args()
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    level = "long" if options.long else options.level
    if level is None:
        return everything()
    if level in ("e2e", "long") and not finish_build(start_build()):
        return 1
    result = run_level(level, rest, headed=options.headed, covered=False)
    return test_report.show_one(result)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
