"""The components as a Structurizr workspace: one system with one container, what lies outside, one view."""

from app.domain.model import Design


def _string(value: str) -> str:
    """On one line; `${…}` would be read as a constant, and a line may not end in a backslash."""
    return '"' + " ".join(value.split()).replace("\\", "/").replace('"', '\\"').replace("${", "$ {") + '"'


def components(design: Design) -> str:
    title = _string(design.title or "Design")
    names: dict[str, str] = {}
    inside, outside = list[str](), list[str]()
    for component in design.components:
        if component.key not in names:
            names[component.key] = f"c{len(names) + 1}"
            words = f"{_string(component.name)} {_string(component.purpose)} {_string(component.layer)}"
            inside.append(f"        {names[component.key]} = component {words}")
    taken = {title}
    for external in design.externals:
        if external.key not in names:
            names[external.key] = f"x{len(names) + 1}"
            name = _string(external.name)
            name = name if name not in taken else _string(f"{external.name} ({names[external.key]})")
            taken.add(name)
            outside.append(f'    {names[external.key]} = softwareSystem {name} {_string(external.note)} "External"')
    lines = [f"workspace {title} {{", "  model {", f"    system = softwareSystem {title} {{"]
    lines += [f"      design = container {title} {{", *inside, "      }", "    }", *outside, *_edges(design, names)]
    lines += ["  }", "  views {", '    component design "components" {', "      include *", "      autoLayout lr"]
    return "\n".join([*lines, "    }", "  }", "}"]) + "\n"


def _edges(design: Design, names: dict[str, str]) -> list[str]:
    edges: dict[tuple[str, str], str] = {}
    for component in design.components:
        for reference in component.dependencies:
            if reference.key in names and reference.key != component.key:
                pair = (names[component.key], names[reference.key])
                edges.setdefault(pair, f"    {pair[0]} -> {pair[1]} {_string(reference.note or 'Uses')}")
    return list(edges.values())
