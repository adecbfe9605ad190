"""The engine on real documents: what each stage costs, where its time goes, and how the whole grows with the text.

Every round runs markdown-it-py's parser and all stages one after another over the same text, so that whatever else the
machine does slows both sides. A stage is a multiple of that parser twice over: least time by least time, and the median
of the rounds; the larger one is held to its limit. Exponent: of time over size from 10 KB to 2 MB, about 1 is linear.
Limits are printed, not enforced.
"""

import math
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from markdown_it import MarkdownIt

from app.domain import source
from app.domain.diagrams.figures import figures
from app.domain.lint.engine import check
from app.domain.lint.rule import Finding
from app.domain.model import Design
from app.domain.parse import parse
from app.domain.render.body import render_body, unsanitised
from app.domain.render.highlight import highlight
from app.domain.render.places import Places
from app.domain.render.sanitise import sanitise
from app.domain.sheet import sheet
from tests import corpus

UNIT = 60_000
SIZES = (10_000, 50_000, 250_000, 1_000_000, 2_000_000)
ROUNDS = 7
LARGE_ROUNDS = 2
BASE = "markdown-it"
LIMITS = {"parse": 0.4, "check": 0.4, "render": 0.3}
WHOLE_LIMIT, GROWTH_LIMIT = 1.5, 1.1
_OTHER = MarkdownIt("commonmark").enable("table")

Work = Callable[[], object]


def best(work: Work, rounds: int = 3, clock: Callable[[], float] = time.perf_counter) -> float:
    """The least of several times: what the machine can do when nothing else disturbs it."""
    return min(seconds(work, clock) for _ in range(rounds))


def seconds(work: Work, clock: Callable[[], float] = time.process_time) -> float:
    """Of this process only: what others do meanwhile does not count."""
    started = clock()
    work()
    return clock() - started


def taken(works: dict[str, Work], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Seconds of each work in each round, all works one after another in every round; each twice, because the first
    time finds the processor's caches full of what ran before it.
    """
    every = [{name: best(work, 2, time.process_time) for name, work in works.items()} for _ in range(rounds)]
    return {name: [times[name] for times in every] for name in works}


def ratio(times: Sequence[float], base: Sequence[float]) -> float:
    return max(min(times) / min(base), median(one / other for one, other in zip(times, base, strict=True)))


def draw(design: Design) -> object:
    """Every drawing of the document: components, sequences, entities, pipeline."""
    return figures(design, Places(design.source, ()).anchor)


def verdict(measured: float, limit: float) -> str:
    return f"limit {limit:g}: {'holds' if measured <= limit else 'DOES NOT HOLD'}"


def other(text: str) -> object:
    return _OTHER.parse(text)


def events(text: str) -> None:
    for _ in source.events(text):
        pass


def first(design: Design, findings: Sequence[Finding]) -> str:
    """Rendered with no code in memory that was highlighted before, as once after every start."""
    highlight.cache_clear()
    return render_body(design, findings)


def stages(text: str) -> dict[str, Work]:
    """Those with spaces before them are parts of the one under which they stand."""
    design = parse(text)
    findings = check(design)
    places = Places(design.source, findings)
    return {
        BASE: partial(other, text),
        "parse": partial(parse, text),
        "  events": partial(events, text),
        "  tree": partial(source.read, text),
        "check": partial(check, design),
        "render": partial(render_body, design, findings),
        "  places": partial(Places, design.source, findings),
        "  body": partial(unsanitised, design, places, ()),
        "  sanitiser": partial(sanitise, unsanitised(design, places, ())),
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
    sums: dict[str, list[float]] = {}
    slowest = (0.0, "")
    for name, text in texts.items():
        times = taken(stages(text))
        for stage, rounds in times.items():
            sums[stage] = [sum(pair) for pair in zip(sums.get(stage, [0.0] * ROUNDS), sorted(rounds), strict=True)]
        if len(text.encode()) >= SIZES[0]:  # a shorter one says little per 60 KB
            slowest = max(slowest, (min(times["sheet"]) / len(text.encode()) * UNIT, name))
    size = sum(len(text.encode()) for text in texts.values())
    print(f"{len(texts)} documents, {size / 1000:.0f} KB, {ROUNDS} rounds")
    for stage, rounds in sums.items():
        times, share = ratio(rounds, sums[BASE]), f"{min(rounds) / size * UNIT * 1000:9.2f} ms per 60 KB"
        says = verdict(times, LIMITS[stage]) if stage in LIMITS else ""
        print(f"{stage:<12}{share}{times:7.2f} x {BASE}  {says}".rstrip())
    print(f"slowest from {SIZES[0] / 1000:.0f} KB: {slowest[0] * 1000:.0f} ms per 60 KB in {slowest[1]}")


def whole(texts: list[str]) -> None:
    text = of_size(texts, UNIT)
    times = taken({BASE: partial(other, text), "sheet": partial(sheet, text)})
    measured = ratio(times["sheet"], times[BASE])
    print(f"60 KB parsed, checked, rendered and drawn{measured:7.2f} x {BASE}  {verdict(measured, WHOLE_LIMIT)}")


def growth(texts: list[str]) -> None:
    points = []
    for size in SIZES:
        text = of_size(texts, size)
        spent = best(partial(sheet, text), LARGE_ROUNDS if size >= 1_000_000 else ROUNDS, time.process_time)
        points.append((size, spent))
        print(f"sheet {size / 1000:7.0f} KB {spent * 1000:9.0f} ms")
    power = exponent(points)
    print(f"time grows as size ^ {power:.2f}  {verdict(power, GROWTH_LIMIT)}")


def main() -> None:
    texts = {path.name: text for path in corpus.documents() if (text := read(path))}
    per_stage(texts)
    whole(list(texts.values()))
    growth(list(texts.values()))


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")
