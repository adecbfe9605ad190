"""Make `.venv` from the lock on a machine that has Python, pip and little else. Standard library only.

Run by the Makefile with the system's Python before every target. It belongs here to get uv (a pinned version, into
`.bootstrap/`, so that neither an externally managed Python nor a missing ensurepip matters) and to sync the lock;
building and serving do not.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

UV_VERSION = "0.13.9"
ROOT = Path(__file__).resolve().parent.parent
UV_HOME = ROOT / ".bootstrap" / f"uv-{UV_VERSION}"
UV = UV_HOME / "bin" / "uv"
STAMP = ROOT / ".venv" / ".synced"


def fail(sentence: str) -> None:
    sys.exit(f"bootstrap: {sentence}")


def pip() -> list[str]:
    """The pip to fetch uv with: this Python's own, or one in a virtual environment where it has none."""
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0:
        return [sys.executable, "-m", "pip"]
    venv = ROOT / ".bootstrap" / "pip"
    if subprocess.run([sys.executable, "-m", "venv", str(venv)], check=False).returncode != 0:
        fail("this Python has neither pip nor ensurepip; install pip (Debian: python3-pip) and try again.")
    return [str(venv / "bin" / "python"), "-m", "pip"]


def ensure_uv() -> None:
    """Put uv under `.bootstrap/`. `--target` is allowed on externally managed Pythons, too."""
    if UV.exists():
        return
    print(f"bootstrap: getting uv {UV_VERSION}", flush=True)
    command = [*pip(), "install", "--quiet", "--no-deps", "--upgrade", "--target", str(UV_HOME), f"uv=={UV_VERSION}"]
    environment = os.environ | {"PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    if subprocess.run(command, env=environment, check=False).returncode != 0 or not UV.exists():
        fail(f"pip could not install uv {UV_VERSION}; see its message above.")


def fingerprint() -> str:
    """Changes with whatever a sync depends on."""
    parts = [(ROOT / name).read_bytes() for name in ("uv.lock", "pyproject.toml")]
    return hashlib.sha256(b"\0".join([*parts, UV_VERSION.encode(), str(ROOT).encode()])).hexdigest()


def synced(wanted: str, *, dev: bool) -> bool:
    """Whether the stamp says that this lock is in place; an environment with the test tools serves both purposes."""
    if not STAMP.exists():
        return False
    have, _, kind = STAMP.read_text().strip().partition(" ")
    return have == wanted and (kind == "dev" or not dev)


def sync(*, dev: bool) -> None:
    """Install the lock. Without the test tools nothing is removed, so that `run` after `test` stays quick."""
    wanted = fingerprint()
    if synced(wanted, dev=dev):
        return
    ensure_uv()
    print("bootstrap: installing the locked packages", flush=True)
    command = [str(UV), "sync", "--locked", "--extra", "server", "--quiet"]
    if not dev:
        command += ["--no-dev", "--inexact"]
    if not (ROOT / ".venv" / "bin" / "python").exists():
        command += ["--python", sys.executable]
    environment = os.environ | {"UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": ".venv"}
    environment.pop("VIRTUAL_ENV", None)
    STAMP.unlink(missing_ok=True)
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode != 0:
        fail("the locked packages could not be installed; see the message above.")
    STAMP.write_text(f"{wanted} {'dev' if dev else 'server'}\n")


def add_group(name: str) -> None:
    """What only one command needs, beside the rest; gone again with the next sync."""
    ensure_uv()
    command = [str(UV), "sync", "--locked", "--extra", "server", "--group", name, "--inexact", "--quiet"]
    environment = os.environ | {"UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": ".venv"}
    environment.pop("VIRTUAL_ENV", None)
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode != 0:
        fail(f"the packages of the group {name} could not be installed; see the message above.")


if __name__ == "__main__":
    sync(dev="--dev" in sys.argv[1:])
    if "--prove" in sys.argv[1:]:
        add_group("prove")
