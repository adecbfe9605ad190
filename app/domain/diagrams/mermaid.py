"""The same four drawings as Mermaid, for whatever shows Mermaid. Reading Mermaid is the parser's."""

import re
from collections.abc import Iterator

from app.domain.diagrams.references import ends, joins, tables_by_key
from app.domain.diagrams.walk import Message, walk
from app.domain.model import Design, Flow, StepKind, deployed_by, name_key, never_deployed

# Mermaid knows a character by `#` and its number or name; these would end a label, or begin something else.
_CODES = {character: f"#{ord(character)};" for character in '"#;<>`&{}[]|%:\\'}
_NOT_A_WORD = re.compile(r"[^A-Za-z0-9_()]+")


def _label(value: str) -> str:
    """On one line, and with nothing in it that Mermaid or a browser would act on."""
    return "".join(_CODES.get(character, character) for character in " ".join(value.split())) or "#32;"


def _word(value: str, otherwise: str) -> str:
    """A name where Mermaid takes bare words only."""
    word = _NOT_A_WORD.sub("_", value).strip("_")
    return word if word[:1].isalpha() else f"{otherwise}_{word}".rstrip("_")


def components(design: Design) -> str:
    """A flowchart; what lies outside has round ends."""
    lines, names = ["flowchart TD"], dict[str, str]()
    for component in design.components:
        if component.key not in names:
            names[component.key] = f"c{len(names) + 1}"
            lines.append(f'  {names[component.key]}["{_label(component.name)}"]')
    for external in design.externals:
        if external.key not in names:
            names[external.key] = f"x{len(names) + 1}"
            lines.append(f'  {names[external.key]}(["{_label(external.name)}"])')
    edges: dict[str, None] = {}
    for component in design.components:
        for reference in component.dependencies:
            if reference.key in names and reference.key != component.key:
                edges[f"  {names[component.key]} --> {names[reference.key]}"] = None
    return "\n".join([*lines, *edges]) + "\n"


def sequence(flows: tuple[Flow, ...]) -> str:
    """One diagram of all flows, for a file holds one: a note over everybody says where each begins."""
    names: dict[str, tuple[str, str]] = {}
    body: list[str] = []
    walks = [(flow, walk(flow)) for flow in flows]
    for _, walked in walks:
        for name in walked.participants:
            names.setdefault(name_key(name), (f"p{len(names) + 1}", name))
    ends = [short for short, _ in names.values()]
    over = ",".join(dict.fromkeys([ends[0], ends[-1]])) if ends else ""
    for flow, walked in walks:
        if len(walks) > 1 and over:
            body.append(f"  Note over {over}: {_label(flow.name)}")
        body.extend(_message(message, names, over) for message in walked.messages)
    heads = [f"  participant {short} as {_label(name)}" for short, name in names.values()]
    return "\n".join(["sequenceDiagram", *heads, *body]) + "\n"


def _message(message: Message, names: dict[str, tuple[str, str]], over: str) -> str:
    if message.kind is StepKind.note:
        return f"  Note over {over}: {_label(message.text)}"
    source, target = (names[name_key(name)][0] for name in (message.source, message.target))
    arrow = "-->>" if message.kind is StepKind.answer else "->>"
    return f"  {source}{arrow}{target}: {_label(message.text)}"


def entities(design: Design) -> str:
    tables = tables_by_key(design)
    names = {key: f"t{at}" for at, key in enumerate(tables, 1)}
    lines = ["erDiagram"]
    for key, table in tables.items():
        lines.append(f'  {names[key]}["{_label(table.name)}"] {{')
        for column in table.columns:
            kinds = (("PK", column.primary_key), ("FK", bool(column.references)), ("UK", column.unique))
            keys = ", ".join(kind for kind, holds in kinds if holds)
            words = (_word(column.type, "type"), _word(column.name, "column"), keys)
            lines.append("    " + " ".join(word for word in words if word))
        lines.append("  }")
    for join in joins(design):
        if join.target:
            one, many = names[name_key(join.target.name)], names[name_key(join.table.name)]
            lines.append(f'  {one} {ends(join)} {many} : "{_label(join.name)}"')
    return "\n".join(lines) + "\n"


def pipeline(design: Design) -> str:
    """Manual gates have six corners, environments round ends; those that no stage deploys to stand apart, dashed."""
    idle = [
        f'  n{at}(["{_label(environment.name)} (not deployed)"])\n  style n{at} stroke-dasharray: 4 3'
        for at, environment in enumerate(never_deployed(design.stages, design.environments), 1)
    ]
    return "\n".join(["flowchart LR", *_stages(design), *idle]) + "\n"


def _stages(design: Design) -> Iterator[str]:
    places: dict[str, str] = {}
    for at, stage in enumerate(design.stages, 1):
        shape = ('{{"', '"}}') if stage.manual else ('["', '"]')
        yield f"  s{at}{shape[0]}{_label(stage.name)}{shape[1]}"
        if at > 1:
            yield f"  s{at - 1} --> s{at}"
        if stage.deploys_to:
            found = deployed_by(stage, design.environments)
            name = found.name if found else stage.deploys_to
            short = places.setdefault(name_key(name), f"e{len(places) + 1}")
            yield f'  s{at} -.-> {short}(["{_label(name)}"])'
