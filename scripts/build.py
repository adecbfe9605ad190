"""Build the pages when something they are made of has changed; otherwise do nothing, in a few milliseconds.

python -m scripts.build [--force]
"""

import fcntl
import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAMP = ROOT / ".web" / "build" / "sources.sha256"
LOG = ROOT / "build" / "frontend.log"
# Of the application, only what says which pages and states there are: the rest is not in the pages.
SOURCES = (
    *("app/app.py", "app/pages", "app/gateway/frontend.py", "app/gateway/pages.py"),
    *("components", "state", "assets", "reflex.lock", "rxconfig.py", "uv.lock"),
)
SUFFIXES = {".py", ".jsx", ".css", ".svg", ".json", ".lock", ".md"}


def fingerprint() -> str:
    """SHA-256 over names and contents of everything that the built pages depend on."""
    found = hashlib.sha256()
    for name in SOURCES:
        for path in sorted([ROOT / name, *(ROOT / name).rglob("*")]):
            generated = "external" in path.parts or "__pycache__" in path.parts
            if path.is_file() and path.suffix in SUFFIXES and not generated:
                found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def environment() -> dict[str, str]:
    """Node and npm of the wheel, and a Reflex that downloads, asks and reports nothing of its own accord."""
    binaries = str(Path(sys.executable).parent)
    registry = subprocess.run(
        [f"{binaries}/npm", "config", "get", "registry"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return {
        **os.environ,
        "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
        "REFLEX_USE_NPM": "1",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "NPM_CONFIG_REGISTRY": registry.stdout.strip(),
        "PLUMBLINE_ENVIRONMENT": "development",
        "PYTHONUNBUFFERED": "1",
    }


def build() -> None:
    reflex = Path(sys.executable).with_name("reflex")
    command = [reflex, "export", "--frontend-only", "--no-zip", "--env", "prod"]
    with LOG.open("wb") as log:
        done = subprocess.run(
            command, cwd=ROOT, env=environment(), stdout=log, stderr=log, stdin=subprocess.DEVNULL, check=False
        )
    if done.returncode != 0 or not (ROOT / ".web" / "build" / "client").is_dir():
        sys.stderr.write(LOG.read_text(errors="replace")[-6000:])
        raise SystemExit(f"The pages could not be built; the whole log is {LOG.relative_to(ROOT)}.")
    for name in ("package.json", "package-lock.json"):
        settle(ROOT / "reflex.lock" / name)


def settle(path: Path) -> None:
    """Reflex writes its lock anew at each build, in another order each time: in one order a build changes nothing."""
    if path.is_file():
        path.write_text(json.dumps(json.loads(path.read_text()), indent=1, sort_keys=True) + "\n")


def main() -> None:
    LOG.parent.mkdir(exist_ok=True)
    with LOG.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two builds at once would write into one folder
        if "--force" in sys.argv or not STAMP.is_file() or STAMP.read_text() != fingerprint():
            build_anew()


def build_anew() -> None:
    began = time.monotonic()
    print("Building the pages (only when their sources changed) …", flush=True)
    STAMP.unlink(missing_ok=True)
    build()
    STAMP.write_text(fingerprint())
    print(f"Built in {time.monotonic() - began:.0f} s.", flush=True)


if __name__ == "__main__":
    main()
