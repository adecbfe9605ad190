"""Flows: ordered lists of arrows, and Mermaid sequence diagrams, in sections that are about flows."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.domain.blocks import Block
from app.domain.model import Flow, Section, Step, StepKind
from app.domain.parse.ids import Ids
from app.domain.parse.inlines import Flat, item_text
from app.domain.roles import Role
from app.domain.source import Source
from app.domain.text import Span

_ARROW = re.compile(r"\s*(?:→|⟶|⇒|-{1,2}>|=>)\s*")
_ANSWER = re.compile(r"\b(?:response|reply|replies|result|answer)s?\b", re.IGNORECASE)
_BACK = re.compile(r"\b(?:back|returns?|returned)\b", re.IGNORECASE)
_MESSAGE = re.compile(r"\s*:\s+")
_PARTICIPANT = re.compile(r"\s*(?:participant|actor)\s+(\S+)(?:\s+as\s+(.+?))?\s*$")
_LONGEST_LINE = 500
_SEQUENCE = re.compile(r"\s*([^\s:+-][^:]*?)\s*(<<)?(--?)(?:>>|>|x|\))[+-]?\s*([^:]+?)\s*(?::\s*(.*?))?\s*$")


def read_flows(source: Source, sections: Sequence[Section]) -> tuple[Flow, ...]:
    """Sequence diagrams count wherever they stand: nothing else is written that way."""
    ids = Ids("flow")
    found: list[Flow] = []
    for section in sections:
        for block in section.blocks:
            steps: tuple[Step, ...] = ()
            if block.kind == "List" and block.ordered and section.context is Role.flows:
                steps = tuple(step for item in block.children for step in _steps(source, item))
            elif block.kind == "CodeBlock" and block.language == "mermaid":
                steps = tuple(_mermaid(source, block))
            if any(step.kind is not StepKind.note for step in steps):
                span = source.span(block.start, block.end)
                found.append(Flow(ids.take(section.title), section.title, steps, span, section.id))
    return tuple(found)


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
    code = block.code
    if not code.lstrip().startswith("sequenceDiagram"):
        return
    names: dict[str, str] = {}
    first_line = source.line(block.start)
    for at, line in enumerate(code.split("\n"), start=first_line + 1):
        participant = _PARTICIPANT.match(line[:_LONGEST_LINE])
        if participant:
            names[participant[1]] = participant[2] or participant[1]
            continue
        arrow = _SEQUENCE.match(line) if len(line) <= _LONGEST_LINE and ">" in line else None
        if arrow:
            kind = StepKind.answer if arrow[3] == "--" else StepKind.call
            sender, receiver = (names.get(arrow[side].strip(), arrow[side].strip()) for side in (1, 4))
            yield Step(kind, sender, receiver, arrow[5] or "", _line_span(source, at))


def _line_span(source: Source, line: int) -> Span:
    index = source.index
    start = index.line_start(min(line, index.line_count) - 1)
    end = index.line_start(line) if line < index.line_count else len(source.data)
    return source.span(start, end)
