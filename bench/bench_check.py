"""`plumbline check` over many documents, as a real process: documents a second, and what the second core brings.

The documents are cut from real texts. Limits are printed, not enforced.
"""

import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from bench.bench_engine import best, of_size, read
from tests import corpus

DOCUMENTS, SIZE = 1000, 12_000
LEAST_A_SECOND = 100
COMMAND = (sys.executable, "-c", "from app.commands.check import run; import sys; sys.exit(run(sys.argv[1:]))")


def generate(folder: Path) -> None:
    """Each document begins with another of the texts."""
    texts = [text for path in corpus.documents() if (text := read(path))]
    cut = [of_size(texts[start:] + texts[:start], SIZE) for start in range(len(texts))]
    for number in range(DOCUMENTS):
        (folder / f"{number:04}.md").write_text(cut[number % len(cut)], encoding="utf-8")


def check(folder: Path, cores: set[int]) -> None:
    done = subprocess.run(
        [*COMMAND, str(folder)],
        stdout=subprocess.DEVNULL,
        check=False,
        preexec_fn=partial(os.sched_setaffinity, 0, cores),
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"plumbline check ended with {done.returncode}")


def main() -> None:
    cores = os.sched_getaffinity(0)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder)
        rounds = [
            (best(partial(check, folder, {min(cores)}), 1), best(partial(check, folder, cores), 1)) for _ in "123"
        ]
    one, every = (min(times) for times in zip(*rounds, strict=True))
    rate = DOCUMENTS / every
    says = "holds" if rate >= LEAST_A_SECOND else "DOES NOT HOLD"
    print(f"{DOCUMENTS} documents of 12 KB: {rate:.0f} a second  at least {LEAST_A_SECOND}: {says}")
    print(f"one core {one:.1f} s, {len(cores)} cores {every:.1f} s: {one / every:.2f} times as fast")
