"""Find a Chromium for the browser flows, or get one: `python -m scripts.chromium` prints its path.

In order: the path given in PLUMBLINE_CHROMIUM or CHROMIUM, the system's, Playwright's own, what Playwright can
download, and last the distribution's package (installed as root, else unpacked under `.bootstrap/`).
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UNPACKED = ROOT / ".bootstrap" / "chromium"
LAUNCHER = UNPACKED / "launch"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")


class NoChromium(RuntimeError):
    pass


def works(path: str | Path) -> bool:
    """Whether it starts: a package may be there without the libraries that it needs."""
    try:
        run = subprocess.run([str(path), "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return run.returncode == 0 and b"Chrom" in run.stdout


def _given() -> Path | None:
    for name in ("PLUMBLINE_CHROMIUM", "CHROMIUM"):
        if value := os.environ.get(name):
            if not works(value):
                raise NoChromium(f"{name} is {value}, which does not start as a Chromium.")
            return Path(value)
    return None


def _playwright_cache() -> Path:
    return Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")


def _present() -> Iterator[Path]:
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    yield from sorted(_playwright_cache().glob("chromium-*/chrome-*/chrome"), reverse=True)
    yield LAUNCHER


def _tried(command: list[str], seconds: int, *, cwd: Path = ROOT, quiet: bool = False) -> bool:
    print("chromium: running", " ".join(word for word in command if "=" not in word and word != "-o"), flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    sink = subprocess.DEVNULL if quiet else None
    options = {"timeout": seconds, "cwd": cwd, "env": environment, "stdin": subprocess.DEVNULL, "stdout": sink}
    try:
        return subprocess.run(command, check=False, **options).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _from_playwright() -> None:
    _tried([sys.executable, "-m", "playwright", "install", "chromium"], 300)


def _from_packages_as_root() -> None:
    _tried(["apt-get", "update", "-qq"], 180)
    _tried(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], 600, quiet=True)


def _apt() -> list[str]:
    """apt-get with package lists of our own: only root may refresh the machine's, and a slim image has none."""
    lists, cache = UNPACKED / "apt" / "lists", UNPACKED / "apt" / "cache"
    for folder in (lists / "partial", cache / "archives" / "partial"):
        folder.mkdir(parents=True, exist_ok=True)
    return ["apt-get", "-qq", "-o", f"Dir::State::lists={lists}", "-o", f"Dir::Cache={cache}"]


def _from_packages_unpacked() -> None:
    """Unpack the package and the libraries that the machine lacks, with a launcher that points at them."""
    apt = _apt()
    _tried([*apt, "update"], 180)
    simulated = [*apt, "install", "-s", "--no-install-recommends", "chromium"]
    wanted = subprocess.run(simulated, capture_output=True, text=True, check=False, timeout=120)
    names = [line.split()[1] for line in wanted.stdout.splitlines() if line.startswith("Inst ")]
    if not names or not _tried([*apt, "download", *names], 600, cwd=UNPACKED):
        return
    for package in UNPACKED.glob("*.deb"):
        subprocess.run(["dpkg", "-x", str(package), str(UNPACKED)], check=True)
        package.unlink()
    libraries = ":".join(str(path) for path in sorted({so.parent for so in UNPACKED.glob("usr/lib/**/*.so*")}))
    binary = UNPACKED / "usr" / "lib" / "chromium" / "chromium"
    LAUNCHER.write_text(f'#!/bin/sh\nLD_LIBRARY_PATH="{libraries}" exec "{binary}" "$@"\n')
    LAUNCHER.chmod(0o755)


def _ways() -> list:
    ways = [_from_playwright]
    if shutil.which("apt-get"):
        ways.append(_from_packages_as_root if os.geteuid() == 0 else _from_packages_unpacked)
    return ways


def find() -> Path:
    """The path of a Chromium that starts; raises NoChromium with what to do."""
    if given := _given():
        return given
    for way in [None, *_ways()]:
        if way is not None:
            way()
        if found := next((path for path in _present() if path.exists() and works(path)), None):
            return found
    raise NoChromium("No Chromium found and none could be installed. Give its path in PLUMBLINE_CHROMIUM.")


if __name__ == "__main__":
    try:
        print(find())
    except NoChromium as problem:
        sys.exit(str(problem))
