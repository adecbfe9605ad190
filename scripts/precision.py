"""How often the rules are right: draw findings over the collection of documents, and count the verdicts on them.

python -m scripts.precision           what is drawn and has no verdict yet in docs/rules/precision.md, and the counts
python -m scripts.precision --show    the same, each with its message and the lines it points at, for whoever judges

A verdict is a person's. The page names only rule, file, line and verdict: no text of the collection.
"""

import random
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from app.domain.lint.engine import check
from app.domain.lint.policy import Policy
from app.domain.lint.rule import Finding
from app.domain.parse import parse

ROOT = Path(__file__).resolve().parent.parent
COLLECTION = ROOT.parent / "shared" / "corpus"
PAGE = ROOT / "docs" / "rules" / "precision.md"
SEED, DRAWN = 20261123, 120
NEEDED = 0.9
UNFILLED = "-template-unfilled.md"
ROW = re.compile(r"^\| ([a-z0-9-]+) \| (\S+) \| (\d+) \| (right|wrong)\b", re.MULTILINE)


@dataclass(frozen=True)
class Place:
    """A finding as the page names it."""

    rule: str
    file: str
    line: int


def population() -> list[tuple[Place, Finding, str]]:
    """Every finding in every document, made from the template of its family where the collection has that."""
    families = {path.name.removesuffix(UNFILLED): path for path in COLLECTION.glob(f"*{UNFILLED}")}
    found = []
    for path in sorted(COLLECTION.glob("*.md")):
        family = next((family for name, family in families.items() if path.name.startswith(f"{name}-")), None)
        template = family.read_text(encoding="utf-8") if family else None
        text = path.read_text(encoding="utf-8")
        policy = Policy(template=parse(template) if template is not None else None)
        findings = check(parse(text, template), policy)
        found += [(Place(finding.rule, path.name, finding.line), finding, text) for finding in findings]
    return found


def drawn() -> list[tuple[Place, Finding, str]]:
    """Always the same for the same findings."""
    found = population()
    chosen = random.Random(SEED).sample(found, min(DRAWN, len(found)))  # noqa: S311 -- a draw, no secret
    return sorted(chosen, key=lambda one: (one[0].rule, one[0].file, one[0].line))


def main() -> int:
    if not COLLECTION.is_dir():
        print("the collection of documents is not here; nothing to measure")
        return 0
    rows = ROW.findall(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else []
    verdicts = {Place(rule, file, int(line)): verdict for rule, file, line, verdict in rows}
    sample = drawn()
    for place, finding, text in sample:
        if place not in verdicts or "--show" in sys.argv[1:]:
            print(f"| {place.rule} | {place.file} | {place.line} |")
            if "--show" in sys.argv[1:]:
                print("   ", finding.message, *text.splitlines()[place.line - 1 : place.line + 3], sep="\n    ")
    judged = Counter((place.rule, verdicts[place]) for place, _, _ in sample if place in verdicts)
    right = sum(count for (_, verdict), count in judged.items() if verdict == "right")
    total = sum(judged.values())
    for rule in sorted({rule for rule, _ in judged}):
        print(f"{rule}: {judged[rule, 'right']} of {judged[rule, 'right'] + judged[rule, 'wrong']}")
    print(f"{len(sample)} drawn, {total} judged, {right} right")
    return 0 if total == len(sample) and right >= NEEDED * total else 1


if __name__ == "__main__":
    sys.exit(main())
