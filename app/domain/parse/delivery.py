"""Where it runs and how it gets there: environments and the stages of the pipeline."""

import re
from collections.abc import Iterator, Sequence

from app.domain.blocks import Block
from app.domain.model import Environment, Section, Stage
from app.domain.parse.ids import Ids
from app.domain.parse.inlines import Flat, item_text, items, name_and_note
from app.domain.roles import Role
from app.domain.source import Source

_MANUAL = re.compile(r"\b(?:manual|approvals?|approves?|approved|sign-?off|gate)\b", re.IGNORECASE)
_DEPLOYS = re.compile(
    r"\b(?:deploy(?:s|ed|ment)?|promote[sd]?|release[sd]?|roll(?:s|ed)? out)\s+(?:it\s+)?to\s+(?:the\s+)?([\w-]+)",
    re.IGNORECASE,
)
_LONGEST_NAME = 60


def read_environments(source: Source, sections: Sequence[Section]) -> tuple[Environment, ...]:
    ids = Ids("environment")
    found: list[Environment] = []
    for section in sections:
        if section.role is not Role.environments:
            continue
        for flat in _texts(source, section.blocks, ordered=False):
            name, note = name_and_note(flat.text.strip())
            if len(name) <= _LONGEST_NAME:
                found.append(Environment(ids.take(name), name, note, flat.span(0, len(flat.text))))
    return tuple(found)


def read_stages(source: Source, sections: Sequence[Section]) -> tuple[Stage, ...]:
    """The ordered lists of the pipeline sections."""
    ids = Ids("stage")
    found: list[Stage] = []
    for section in sections:
        if section.role is not Role.pipeline:
            continue
        for flat in _texts(source, section.blocks, ordered=True):
            text = flat.text.strip()
            name, _ = name_and_note(text)
            target = _DEPLOYS.search(text)
            manual = bool(_MANUAL.search(text))
            found.append(Stage(ids.take(name), name, manual, target[1] if target else "", flat.span(0, len(flat.text))))
    return tuple(found)


def _texts(source: Source, blocks: Sequence[Block], *, ordered: bool) -> Iterator[Flat]:
    lists = [block for block in blocks if block.kind == "List" and block.ordered is ordered]
    for item in items(lists):
        flat = item_text(source, item)
        if flat:
            yield flat
