"""Flowcharts in Mermaid: nodes and arrows. They declare nothing; a rule may compare them with what is declared."""

import re
from collections.abc import Iterator
from itertools import islice

from app.domain.model import Chart, Edge, Node
from app.domain.parse.ids import Ids
from app.domain.parse.mermaid import Code, drawings, lines
from app.domain.source import Source
from app.domain.text import Span

_NODE = re.compile(
    r"\s*(?P<key>\w+(?:[.-]\w+)*)(?P<shape>\(\(.*?\)\)|\[\(.*?\)\]|\[\[.*?\]\]|\(\[.*?\]\)|\{\{.*?\}\}|\[.*?\]|\(.*?\)|\{.*?\}|>.*?\])?"
    r"(?::::[\w-]+)?"
)
_LINK = re.compile(
    r"\s*(?P<back><)?(?:(?:--|==|-\.)\s+(?P<said>[^|<>]*?)\s+(?:-{2,}|={2,}|\.+-)[>ox]?"
    r"|(?:-{2,}|={2,}|-\.+-|~{3,})(?:>|[ox](?=\s))?)\s*(?:\|(?P<label>[^|]*)\|)?"
)
_AND = re.compile(r"\s*&")
_PASSED = re.compile(r"(?:subgraph|end|style|classDef|class|click|linkStyle|direction|graph|flowchart|---)\b|---")
_MARKUP = re.compile(r"<[^<>]*>|\\n")
_SHAPE = "[](){}/\\> "
_MOST_NODES = 2_000
_MOST_EDGES = 5_000


def read_charts(source: Source, code: Code) -> tuple[Chart, ...]:
    """Wherever they stand."""
    ids = Ids("chart")
    found: list[Chart] = []
    for section, drawing in drawings(code, "flowchart", "graph"):
        nodes: dict[str, Node] = {}
        edges: list[Edge] = []
        for line, span in lines(source, drawing):
            for statement in _statements(line):
                edges.extend(islice(_statement(statement, span, nodes), max(0, _MOST_EDGES - len(edges))))
        span = source.span(drawing.start, drawing.end)
        if nodes:
            found.append(Chart(ids.take(section.title), tuple(nodes.values()), tuple(edges), section.id, span))
    return tuple(found)


def _statements(line: str) -> Iterator[str]:
    """The parts between semicolons; a semicolon in a label (`&lt;`) stays where it is."""
    if not _PASSED.match(line):
        yield from line.split(";") if "[" not in line and '"' not in line else [line.rstrip(";")]


def _statement(text: str, span: Span, nodes: dict[str, Node]) -> Iterator[Edge]:
    """`A & B --> C -->|why| D`: every node of a group is tied to every node of the next."""
    before, at = _group(text, 0, span, nodes)
    while before:
        link = _LINK.match(text, at)
        if link is None:
            return
        after, at = _group(text, link.end(), span, nodes)
        label = _words(link["label"] or link["said"] or "")
        for source in before:
            for target in after:
                yield Edge(source, target, label, span)
                if link["back"]:
                    yield Edge(target, source, label, span)
        before = after


def _group(text: str, at: int, span: Span, nodes: dict[str, Node]) -> tuple[list[str], int]:
    keys: list[str] = []
    while node := _NODE.match(text, at):
        at = node.end()
        keys.append(node["key"])
        label = _words((node["shape"] or "").strip(_SHAPE))
        if (node["key"] not in nodes or label) and len(nodes) < _MOST_NODES:
            nodes[node["key"]] = Node(node["key"], label or node["key"], span)
        more = _AND.match(text, at)
        if more is None:
            break
        at = more.end()
    return keys, at


def _words(text: str) -> str:
    return " ".join(_MARKUP.sub(" ", text.strip().strip('"')).split())
