"""Serve, and build and serve anew whenever a source changes: `make dev`.

It is the production build behind the real gateway: Reflex's own development server answers pages without it, so that
neither signing in nor the rendered text would work there.
"""

import subprocess
import sys
from pathlib import Path

from watchfiles import PythonFilter, watch

ROOT = Path(__file__).resolve().parent.parent
WATCHED = ("app", "components", "state", "models", "assets", "alembic", "rxconfig.py", "pyproject.toml")
SUFFIXES = (".css", ".jsx", ".js", ".svg", ".md", ".toml", ".txt")


def changes() -> set:
    """Waits for the next change of a source; empty when it was interrupted."""
    paths = [ROOT / name for name in WATCHED if (ROOT / name).exists()]
    wanted = PythonFilter(extra_extensions=SUFFIXES, ignore_paths=[ROOT / "assets" / "external"])
    return next(watch(*paths, watch_filter=wanted, raise_interrupt=False), set())


def start(arguments: list[str]) -> subprocess.Popen | None:
    """The server on a fresh build; None when the build failed, which has said why."""
    if subprocess.run([sys.executable, "-m", "scripts.build"], cwd=ROOT, check=False).returncode != 0:
        return None
    return subprocess.Popen([Path(sys.executable).with_name("plumbline"), "serve", *arguments], cwd=ROOT)


def stop(server: subprocess.Popen | None) -> None:
    if server is None:
        return
    server.terminate()
    try:
        server.wait(timeout=15)
    except subprocess.TimeoutExpired:
        server.kill()


def main() -> None:
    server = None
    try:
        while True:
            server = start(sys.argv[1:])
            changed = changes()
            stop(server)
            if not changed:
                return
            names = sorted(str(Path(path).relative_to(ROOT)) for _, path in changed)
            print(f"changed: {', '.join(names[:5])}", flush=True)
    except KeyboardInterrupt:
        stop(server)


if __name__ == "__main__":
    main()
