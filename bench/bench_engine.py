"""The engine on real documents: what each stage costs, and how the whole grows with the text.

Prints milliseconds per 60 KB (best of several), each stage as a multiple of markdown-it-py parsing the same text in
the same run, and the exponent of time over size from 10 KB to 2 MB: about 1 is linear. Limits are printed,
not enforced.
"""

import math
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pyromark
from markdown_it import MarkdownIt

from app.domain.diagrams.figures import figures
from app.domain.lint.engine import check
from app.domain.lint.rule import Finding
from app.domain.model import Design
from app.domain.parse import parse
from app.domain.render.body import render_body
from app.domain.render.highlight import highlight
from app.domain.render.places import Places
from app.domain.sheet import sheet
from tests import corpus

UNIT = 60_000
SIZES = (10_000, 50_000, 250_000, 1_000_000, 2_000_000)
ROUNDS = 3
BASE = "markdown-it"
LIMITS = {"parse": 0.4, "check": 0.4, "render": 0.3}
WHOLE_LIMIT, GROWTH_LIMIT = 1.5, 1.1
_OTHER = MarkdownIt("commonmark").enable("table")


def best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The least of several times, in seconds: what the machine can do when nothing else disturbs it."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def draw(design: Design) -> object:
    """Every drawing of the document: components, sequences, entities, pipeline."""
    return figures(design, Places(design.source, ()).anchor)


def verdict(measured: float, limit: float) -> str:
    return f"limit {limit:g}: {'holds' if measured <= limit else 'DOES NOT HOLD'}"


def other(text: str) -> object:
    return _OTHER.parse(text)


def events(text: str) -> list[object]:
    return list(pyromark.Markdown(options=pyromark.Options.ENABLE_TABLES).events(text))


def first(design: Design, findings: Sequence[Finding]) -> str:
    """Rendered with no code in memory that was highlighted before, as once after every start."""
    highlight.cache_clear()
    return render_body(design, findings)


def stages(text: str) -> dict[str, Callable[[], object]]:
    design = parse(text)
    findings = check(design)
    return {
        BASE: partial(other, text),
        "events": partial(events, text),
        "parse": partial(parse, text),
        "check": partial(check, design),
        "render": partial(render_body, design, findings),
        "first": partial(first, design, findings),
        "draw": partial(draw, design),
        "sheet": partial(sheet, text),
    }


def of_size(texts: list[str], size: int) -> str:
    """The documents one after another, as often as it takes, cut at `size` bytes."""
    whole = "\n\n".join(texts)
    repeated = "\n\n".join([whole] * (size // len(whole.encode()) + 1))
    return repeated.encode()[:size].decode(errors="ignore")


def exponent(points: list[tuple[int, float]]) -> float:
    """The slope of log time over log size by least squares."""
    logs = [(math.log(size), math.log(seconds)) for size, seconds in points]
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum((x - mean_x) ** 2 for x, _ in logs)


def per_stage(texts: dict[str, str]) -> None:
    spent: dict[str, float] = {}
    slowest = (0.0, "")
    for name, text in texts.items():
        for stage, work in stages(text).items():
            seconds = best(work)
            spent[stage] = spent.get(stage, 0.0) + seconds
            if stage == "sheet" and len(text.encode()) >= SIZES[0]:  # a shorter one says little per 60 KB
                slowest = max(slowest, (seconds / len(text.encode()) * UNIT, name))
    size = sum(len(text.encode()) for text in texts.values())
    print(f"{len(texts)} documents, {size / 1000:.0f} KB")
    for stage, seconds in spent.items():
        ratio = seconds / spent[BASE]
        says = verdict(ratio, LIMITS[stage]) if stage in LIMITS else ""
        print(f"{stage:<12}{seconds / size * UNIT * 1000:9.2f} ms per 60 KB{ratio:7.2f} x {BASE}  {says}".rstrip())
    print(f"slowest from {SIZES[0] / 1000:.0f} KB: {slowest[0] * 1000:.0f} ms per 60 KB in {slowest[1]}")


def whole(texts: list[str]) -> None:
    text = of_size(texts, UNIT)
    ratio = best(partial(sheet, text)) / best(partial(other, text))
    print(f"60 KB parsed, checked, rendered and drawn{ratio:7.2f} x {BASE}  {verdict(ratio, WHOLE_LIMIT)}")


def growth(texts: list[str]) -> None:
    points = []
    for size in SIZES:
        text = of_size(texts, size)
        seconds = best(partial(sheet, text), 1 if size >= 1_000_000 else ROUNDS)
        points.append((size, seconds))
        print(f"sheet {size / 1000:7.0f} KB {seconds * 1000:9.0f} ms")
    power = exponent(points)
    print(f"time grows as size ^ {power:.2f}  {verdict(power, GROWTH_LIMIT)}")


def main() -> None:
    texts = {path.name: text for path in corpus.documents() if (text := read(path))}
    per_stage(texts)
    whole(list(texts.values()))
    growth(list(texts.values()))


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")
