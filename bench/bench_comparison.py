"""What comparing two texts costs: one function per subject. Limits are printed, not enforced.

Parsing is not counted. An edit is made by a seeded generator: words replaced, lines gone, lines new. Every line has
the time on the wall and the time of the process, of which a machine that is busy with other things takes nothing.
"""

import random
import time
from collections.abc import Callable
from functools import partial

from app.domain.blame import blame, blame_elements
from app.domain.diff.drawings import compare_drawings
from app.domain.diff.fingerprint import fingerprints
from app.domain.diff.html import side_by_side, unified
from app.domain.diff.page import page
from app.domain.diff.rendered import rendered
from app.domain.diff.semantic import compare
from app.domain.diff.text import compare_texts
from app.domain.diff.views import View
from app.domain.merge.three_way import merge
from app.domain.parse import parse
from bench.bench_engine import UNIT, of_size, read, verdict
from tests import corpus

TEXT_LIMIT, RENDERED_LIMIT, HOSTILE_LIMIT = 100, 500, 2_000  # milliseconds
SEMANTIC_LIMIT, PAGE_LIMIT = 200, 1_000
LARGEST, LARGEST_LIMIT = 2_000_000, 4_000
MERGE_LIMIT, BLAME_LIMIT, REVISIONS = 500, 3_000, 50
ROUNDS = 5


def edited(text: str, share: float) -> str:
    """The text with about this share of its lines changed, a third of them each gone, new or in other words."""
    chance, lines = random.Random(7), []
    for line in text.splitlines(keepends=True):
        fate = chance.random() / share
        if fate > 1 / 3:
            lines.append(line.replace(" the ", " each ").replace(".", "!") if fate < 2 / 3 else line)
        if 2 / 3 < fate < 1:
            lines.append(f"Another line, number {chance.randrange(999)}.\n")
    return "".join(lines)


def hostile() -> dict[str, tuple[str, str]]:
    lines = ["the same line\n"] * 2_000 + [f"one of forty, {at % 40}\n" for at in range(2_000)]
    other = lines[:]
    random.Random(1).shuffle(other)
    long = "word 12 é " * 190_000
    return {
        "60 KB of repeated lines, shuffled": ("".join(lines), "".join(other)),
        "one line of 2 MB": (long, long[:900_000] + "other" + long[900_000:]),
        "2 MB and another 2 MB": tuple("".join(f"{one}{at} text\n" for at in range(170_000)) for one in "ab"),
        "2 MB of long lines, all other": tuple(
            "".join(f"{one}{at} " * 9 + "\n" for at in range(35_000)) for one in "ab"
        ),
        "2 MB of headings": tuple("".join(f"# {one}{at}\n" for at in range(200_000)) for one in "ab"),
    }


def timed(name: str, work: Callable[[], object], limit: float, rounds: int = ROUNDS) -> None:
    """The best of the rounds; the limit is for the time of the process."""
    wall, own = [], []
    for _ in range(rounds):
        started = time.perf_counter(), time.process_time()
        work()
        wall.append(time.perf_counter() - started[0])
        own.append(time.process_time() - started[1])
    least = min(own) * 1000
    print(f"{name:<52}{min(wall) * 1000:8.0f} ms {least:8.0f} ms  {verdict(least, limit)}", flush=True)


def rewritten() -> tuple[str, str]:
    """A hundred long lines in each of which every second word is another one."""
    words = [f"w{at}" for at in range(3_000)]
    base, other = random.Random(1), random.Random(2)
    lines = [[base.choice(words) for _ in range(120)] for _ in range(100)]
    again = [[other.choice(words) if at % 2 else word for at, word in enumerate(line)] for line in lines]
    old, new = ("".join(" ".join(line) + "\n" for line in some) for some in (lines, again))
    return old, new


def text() -> None:
    whole = of_size([read(path) for path in corpus.documents()], UNIT)
    print(f"{'':<52}{'wall':>11}{'process':>12}")
    for share in (0.05, 0.5):
        old, new = parse(whole), parse(edited(whole, share))
        diff = compare_texts(old, new)
        about = f"60 KB, {share:.0%} of the lines edited"
        timed(f"{about}: compare", partial(compare_texts, old, new), TEXT_LIMIT)
        timed(f"{about}: unified", partial(unified, diff), TEXT_LIMIT)
        timed(f"{about}: side by side", partial(side_by_side, diff), TEXT_LIMIT)
        timed(f"{about}: rendered", partial(rendered, old, new), RENDERED_LIMIT)
    old, new = (parse(one) for one in rewritten())
    timed("60 KB, every line half rewritten: compare", partial(compare_texts, old, new), TEXT_LIMIT)
    for name, (one, other) in hostile().items():
        old, new = parse(one), parse(other)
        timed(name, partial(compare_texts, old, new), HOSTILE_LIMIT, 1)
        timed(f"{name}: unified", partial(unified, compare_texts(old, new)), HOSTILE_LIMIT, 1)


def meaning() -> None:
    """What changed in meaning, of 60 KB and of the largest texts that there are; then whole pages, parsing included."""
    texts = [read(path) for path in corpus.documents()]
    whole, largest = of_size(texts, UNIT), of_size(texts, LARGEST)
    for share in (0.05, 0.5):
        old, new = parse(whole), parse(edited(whole, share))
        about = f"60 KB, {share:.0%} of the lines edited"
        timed(f"{about}: meaning", partial(compare, old, new), SEMANTIC_LIMIT)
        timed(f"{about}: drawings", partial(compare_drawings, old, new), SEMANTIC_LIMIT)
        for view in View:
            timed(f"{about}: page, {view}", partial(page, whole, edited(whole, share), view), PAGE_LIMIT)
    timed("60 KB: fingerprints of all sections", partial(fingerprints, parse(whole)), SEMANTIC_LIMIT)
    for share in (0.0005, 0.05, 0.5):
        old, new = parse(largest), parse(edited(largest, share))
        timed(f"2 MB, {share:.2%} of the lines edited: meaning", partial(compare, old, new), LARGEST_LIMIT, 1)
    for name, (one, other) in hostile().items():
        timed(f"{name}: meaning", partial(compare, parse(one), parse(other)), LARGEST_LIMIT, 1)


def merging() -> None:
    """Three texts, parsing included, and where the lines and elements of a chain come from, parsing left out."""
    whole = of_size([read(path) for path in corpus.documents()], UNIT)
    one, other = edited(whole, 0.05), whole.replace(" and ", " & ")
    timed("merge of 60 KB, both sides edited", partial(merge, whole, one, other), MERGE_LIMIT)
    texts = [whole]
    for at in range(1, REVISIONS):
        texts.append(texts[-1].replace("\n\n", f"\n\nRevision {at}.\n\n", at % 7))
    chain = [parse(one) for one in texts]
    timed(f"blame of lines, {REVISIONS} revisions of 60 KB", partial(blame, chain), BLAME_LIMIT)
    timed(f"blame of elements, {REVISIONS} revisions of 60 KB", partial(blame_elements, chain), BLAME_LIMIT)


def main() -> None:
    text()
    meaning()
    merging()
