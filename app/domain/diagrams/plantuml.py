"""Components as C4-PlantUML, flows and tables as PlantUML. The C4 macros are those that come with PlantUML itself."""

from app.domain.diagrams.references import ends, joins, tables_by_key
from app.domain.diagrams.walk import Message, walk
from app.domain.model import Column, Component, Design, Flow, StepKind, name_key

_COUNTED = {character: f"<U+{ord(character):04X}>" for character in "\"%$~<>[]{}\\|`#&'"}


def _label(value: str) -> str:
    """On one line; what PlantUML or its preprocessor would act on is written by its number."""
    return "".join(_COUNTED.get(character, character) for character in " ".join(value.split()))


def components(design: Design) -> str:
    names: dict[str, str] = {}
    inside, outside = list[str](), list[str]()
    for component in design.components:
        if component.key not in names:
            names[component.key] = f"c{len(names) + 1}"
            inside.append(_component(names[component.key], component))
    for external in design.externals:
        if external.key not in names:
            names[external.key] = f"x{len(names) + 1}"
            outside.append(f'System_Ext({names[external.key]}, "{_label(external.name)}", "{_label(external.note)}")')
    edges: dict[tuple[str, str], str] = {}
    for component in design.components:
        for reference in component.dependencies:
            if reference.key in names and reference.key != component.key:
                pair = (names[component.key], names[reference.key])
                edges.setdefault(pair, f'Rel({pair[0]}, {pair[1]}, "{_label(reference.note or "uses")}")')
    title = _label(design.title or "Components")
    lines = ["@startuml", "!include <C4/C4_Component>", f"title {title}"]
    lines += [f'Container_Boundary(design, "{title}") {{', *inside, "}", *outside, *edges.values(), "@enduml"]
    return "\n".join(lines) + "\n"


def _component(short: str, component: Component) -> str:
    parts = (component.name, component.layer, component.purpose)
    words = ", ".join(f'"{_label(part)}"' for part in parts)
    return f"  Component({short}, {words})"


def sequence(flows: tuple[Flow, ...]) -> str:
    """All flows one below the other, each under a divider with its name."""
    names: dict[str, str] = {}
    heads, body = list[str](), list[str]()
    for flow in flows:
        walked = walk(flow)
        for name in walked.participants:
            if name_key(name) not in names:
                names[name_key(name)] = f"p{len(names) + 1}"
                heads.append(f'participant "{_label(name)}" as {names[name_key(name)]}')
        if len(flows) > 1:
            body.append(f"== {_label(flow.name).replace('=', '<U+003D>')} ==")
        body.extend(_message(message, names) for message in walked.messages)
    return "\n".join(["@startuml", *heads, *body, "@enduml"]) + "\n"


def _message(message: Message, names: dict[str, str]) -> str:
    if message.kind is StepKind.note:
        return f"note across : {_label(message.text)}"
    arrow = "-->" if message.kind is StepKind.answer else "->"
    said = f" : {_label(message.text)}" if message.text else ""
    return f"{names[name_key(message.source)]} {arrow} {names[name_key(message.target)]}{said}"


def entities(design: Design) -> str:
    """Tables with their columns: a dot before those that must have a value, and crow's feet."""
    tables = tables_by_key(design)
    names = {key: f"t{at}" for at, key in enumerate(tables, 1)}
    lines = ["@startuml", "hide circle"]
    for key, table in tables.items():
        lines += [f'entity "{_label(table.name) or key}" as {names[key]} {{', *map(_column, table.columns), "}"]
    for join in joins(design):
        if join.target:
            one, many = names[name_key(join.target.name)], names[name_key(join.table.name)]
            said = f" : {_label(join.name)}" if join.name else ""
            lines.append(f"{one} {ends(join)} {many}{said}")
    return "\n".join([*lines, "@enduml"]) + "\n"


def _column(column: Column) -> str:
    """Brackets would make it a method; a first character that is neither letter nor digit would mean something."""
    name, kind = (_label(part).replace("(", "<U+0028>").replace(")", "<U+0029>") for part in (column.name, column.type))
    if name and not name[0].isalnum() and name[0] != "<":
        name = f"<U+{ord(name[0]):04X}>{name[1:]}"
    keys = (("PK", column.primary_key), ("FK", bool(column.references)), ("UK", column.unique))
    marks = "".join(f" <<{mark}>>" for mark, holds in keys if holds)
    return f"  {'' if column.nullable else '* '}{name}{f' : {kind}' if kind else ''}{marks}"
