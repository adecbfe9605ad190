"""Flows: ordered lists of arrows, and Mermaid sequence diagrams, in sections that are about flows."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.domain.blocks import Block
from app.domain.model import Flow, Section, Step, StepKind
from app.domain.parse.ids import Ids
from app.domain.parse.inlines import Flat, item_text
from app.domain.parse.mermaid import Code, drawings, lines
from app.domain.parse.tense import without_tense
from app.domain.roles import Role
from app.domain.source import Source

_ARROW = re.compile(r"\s*(?:→|⟶|⇒|-{1,2}>|=>)\s*")
_ANSWER = re.compile(r"\b(?:response|reply|replies|result|answer)s?\b", re.IGNORECASE)
_BACK = re.compile(r"\b(?:back|returns?|returned)\b", re.IGNORECASE)
_MESSAGE = re.compile(r"\s*:\s+")
_PARTICIPANT = re.compile(r"\s*(?:create\s+)?(?:participant|actor)\s+(\S+)(?:\s+as\s+(.+?))?\s*$")
_SEQUENCE = re.compile(r"\s*([^\s:+-][^:]*?)\s*(<<)?(--?)(?:>>|>|x|\))[+-]?\s*([^:]+?)\s*(?::\s*(.*?))?\s*$")


def read_flows(source: Source, sections: Sequence[Section], code: Code) -> tuple[Flow, ...]:
    """Sequence diagrams count wherever they stand: nothing else is written that way."""
    found = [(section, block, tuple(_mermaid(source, block))) for section, block in drawings(code, "sequenceDiagram")]
    for section in sections:
        own = section.blocks if section.context is Role.flows else ()
        lists = [block for block in own if block.kind == "List" and block.ordered]
        found.extend(
            (section, one, tuple(step for item in one.children for step in _steps(source, item))) for one in lists
        )
    ids = Ids("flow")
    flows = sorted(found, key=lambda one: one[1].start)
    return tuple(_flow(source, *one, ids) for one in flows if any(step.kind is not StepKind.note for step in one[2]))


def _flow(source: Source, section: Section, block: Block, steps: tuple[Step, ...], ids: Ids) -> Flow:
    name = without_tense(section.title)
    return Flow(ids.take(name), name, steps, source.span(block.start, block.end), section.id)


def _steps(source: Source, item: Block) -> Iterator[Step]:
    """`A → B → C: what` is two calls; what stands behind the colon belongs to the last."""
    flat = item_text(source, item)
    if flat is None:
        return
    text = flat.text.strip()
    span = flat.span(0, len(flat.text))
    names, message = _arrows(flat)
    if len(names) < 2:
        answer = _ANSWER.search(text)
        kind = StepKind.answer if answer and _BACK.search(text, answer.end()) else StepKind.note
        yield Step(kind, "", "", text, span)
        return
    for at, (sender, receiver) in enumerate(pairwise(names)):
        yield Step(StepKind.call, sender, receiver, message if at == len(names) - 2 else "", span)


def _arrows(flat: Flat) -> tuple[list[str], str]:
    parts = _ARROW.split(flat.text.strip())
    if len(parts) < 2:
        return [], ""
    last = _MESSAGE.split(parts[-1], maxsplit=1)
    names = [part.strip() for part in (*parts[:-1], last[0])]
    return (names, last[1].strip() if len(last) > 1 else "") if all(names) else ([], "")


def _mermaid(source: Source, block: Block) -> Iterator[Step]:
    """Calls are solid arrows, answers dashed ones; blocks such as `alt` and `loop` are read through."""
    names: dict[str, str] = {}
    for line, span in lines(source, block):
        participant = _PARTICIPANT.match(line)
        if participant:
            names[participant[1]] = participant[2] or participant[1]
            continue
        arrow = _SEQUENCE.match(line) if ">" in line or "-x" in line or "-)" in line else None
        if arrow:
            kind = StepKind.answer if arrow[3] == "--" else StepKind.call
            sender, receiver = (names.get(arrow[side].strip(), arrow[side].strip()) for side in (1, 4))
            yield Step(kind, sender, receiver, arrow[5] or "", span)
