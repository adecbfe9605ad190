"""The sidecar of a proposal: `kep.yaml` beside its text holds the fields that other texts have in their front matter.

One text is stored: an import folds the sidecar into it. Who only checks a file reads both, and neither is changed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

import yaml

from app.domain.model import Design, Field
from app.domain.parse.fields import yaml_fields
from app.domain.parse.front_matter import read_mapping
from app.domain.parse.sections import title_of
from app.domain.source import read
from app.domain.text import Position, Span

_ALONE = ("kep.yaml", "kep.yml")
_ENDINGS = (".kep.yaml", ".kep.yml")
_MARKDOWN = (".md", ".markdown")
_BOM = "\ufeff"
_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Folded:
    """The text with the sidecar's fields; `taken` are their names, `known` those that the text said itself."""

    text: str
    taken: tuple[str, ...]
    known: tuple[str, ...]


def is_sidecar(name: str) -> bool:
    return name.lower() in _ALONE or name.lower().endswith(_ENDINGS)


def likely(name: str) -> tuple[str, ...]:
    """What the sidecar of a text of this name may be called."""
    return (*(PurePath(name).stem + ending for ending in _ENDINGS), *_ALONE)


def sidecar_of(name: str, beside: Sequence[str]) -> str | None:
    """Which of the files beside a text is its sidecar: `X.kep.yaml` for `X.md`; `kep.yaml` for `README.md`, or for the
    only text there is.
    """
    wanted = [other.lower() for other in likely(name)]
    found = sorted(
        (other for other in beside if other.lower() in wanted), key=lambda other: wanted.index(other.lower())
    )
    texts = [other for other in beside if other.lower().endswith(_MARKDOWN) and other != name]
    if found and found[0].lower() in _ALONE and texts and PurePath(name).stem.lower() != "readme":
        return None
    return found[0] if found else None


def fold(text: str, sidecar: str) -> Folded:
    """The sidecar as the text's front matter, word for word; where the text has one, what it does not say is added at
    its end. Raises `BadYaml` when either cannot be read.
    """
    body = _body(sidecar)
    root = read_mapping(body)
    source = read(text)
    end = "\r\n" if "\r\n" in text else "\n"
    if root is None:
        return Folded(text, (), ())
    if source.front_matter is None:
        bom, rest = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
        words = end.join(["---", *body.split("\n"), "---", "", ""])
        return Folded(bom + words + rest.lstrip("\r\n"), _names(root), ())
    start, stop = source.front_matter
    said = read_mapping(source.slice(start, stop))
    own = {name.casefold() for name in _names(said)}
    pairs = [pair for pair in root.value if _name(pair).casefold() not in own]
    more = yaml.MappingNode(root.tag, pairs, flow_style=False)
    words = yaml.serialize(more, allow_unicode=True, width=120).replace("\n", end) if pairs else ""
    folded = source.slice(0, stop) + words + source.slice(stop, len(source.data))
    known = tuple(name for name in _names(root) if name.casefold() in own)
    return Folded(folded, _names(more), known)


def with_sidecar(design: Design, sidecar: str) -> Design:
    """The design with the sidecar's fields that its text does not say itself; they have no place in the text."""
    root = read_mapping(_body(sidecar))
    known = {field.name for field in design.fields}
    more = [field for field in yaml_fields(root, "sidecar", 0) if field.name not in known] if root else []
    fields = (*design.fields, *(_nowhere(field) for field in more))
    return replace(design, fields=fields, title=title_of(design.sections, fields))


def _body(sidecar: str) -> str:
    """Without the marks by which YAML says that a document begins and ends, and without blank lines before it."""
    lines = _LINE_END.split(sidecar.removeprefix(_BOM))
    while lines and lines[-1].rstrip() in ("---", "...", ""):
        lines.pop()
    begins = (at for at, line in enumerate(lines) if line.strip(" \t") not in ("", "---"))
    return "\n".join(lines[next(begins, 0) :])


def _names(root: yaml.MappingNode | None) -> tuple[str, ...]:
    return tuple(_name(pair) for pair in root.value if _name(pair)) if root else ()


def _name(pair: tuple[yaml.Node, yaml.Node]) -> str:
    return str(pair[0].value) if isinstance(pair[0], yaml.ScalarNode) else ""


def _nowhere(field: Field) -> Field:
    start = Position(0, 0)
    return replace(field, span=Span(start, start))
