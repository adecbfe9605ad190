"""A flow with every message named: who sends to whom, also on the way back. What it looks like stands elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.model import Flow, Step, StepKind, name_key
from app.domain.text import Span

MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class Message:
    """One arrow, or a note when it has neither end. Names are those that the flow uses first."""

    kind: StepKind
    source: str
    target: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Walk:
    """Participants in the order in which they appear, and messages; `left_out` counts steps beyond the most."""

    participants: tuple[str, ...]
    messages: tuple[Message, ...]
    left_out: int


def walk(flow: Flow) -> Walk:
    """A return that names nobody goes back along the calls that are still open, one message for each."""
    names: dict[str, str] = {}
    messages = tuple(_messages(flow.steps[:MOST_STEPS], names))
    return Walk(tuple(names.values()), messages, max(0, len(flow.steps) - MOST_STEPS))


def _messages(steps: Sequence[Step], names: dict[str, str]) -> Iterator[Message]:
    waiting: list[str] = []  # who has been called and has not answered, the first caller at the bottom
    for step in steps:
        if step.kind is StepKind.note:
            yield Message(step.kind, "", "", step.text, step.span)
        elif step.kind is StepKind.answer and not (step.source and step.target):
            yield from _back(step, waiting)
            del waiting[1:]
        else:
            source, target = (names.setdefault(name_key(name), name) for name in (step.source, step.target))
            yield Message(step.kind, source, target, step.text, step.span)
            _follow(step.kind, source, target, waiting)


def _follow(kind: StepKind, source: str, target: str, waiting: list[str]) -> None:
    """Who calls has had every answer to the calls that it made before."""
    if source in waiting:
        del waiting[waiting.index(source) + 1 :]
    else:
        waiting[:] = [source]
    if kind is StepKind.call and target != source:
        waiting.append(target)
    elif kind is StepKind.answer and waiting[-2:] == [target, source]:
        waiting.pop()


def _back(step: Step, waiting: Sequence[str]) -> Iterator[Message]:
    """Only the first message of the way back carries the words."""
    if len(waiting) < 2:
        yield Message(StepKind.note, "", "", step.text, step.span)
        return
    for at in range(len(waiting) - 1, 0, -1):
        words = step.text if at == len(waiting) - 1 else ""
        yield Message(StepKind.answer, waiting[at], waiting[at - 1], words, step.span)
