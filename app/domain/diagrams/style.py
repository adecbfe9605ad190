"""The looks of a drawing that stands alone as a file; in pages the style sheet of the site gives them.

The same classes as in `assets/document.css`; light, and dark where the reader's system says so.
"""

import re
from collections.abc import Sequence

from app.domain.diagrams.drawing import counted, frame, number, words

_NAMED = 36.0
_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')
_LIGHT = "--paper:#fff;--ink:#1b1c1e;--ink-2:#54575c;--line:#e4e4df;--line-strong:#cfcfc8;--edge:#80838a;--gate:#fdf3dc"
_DARK = (
    "--paper:#1c1d20;--ink:#e9e9e7;--ink-2:#b0b2b7;--line:#2a2b2f;--line-strong:#4b4d52;--edge:#9a9da4;--gate:#2e2512"
)
_SANS = 'Inter,system-ui,-apple-system,"Segoe UI",sans-serif'

STYLE = (
    f"<style>svg{{{_LIGHT};background:var(--paper);color:var(--ink)}}"
    f"@media(prefers-color-scheme:dark){{svg{{{_DARK}}}}}"
    f"text{{font:560 13px {_SANS};fill:var(--ink)}}"
    ".graph-box rect,.graph-box polygon{fill:var(--paper);stroke:var(--line-strong)}"
    ".graph-box.graph-gate polygon{fill:var(--gate)}"
    ".graph-external rect{stroke-dasharray:4 3}.graph-external text{fill:var(--ink-2)}"
    ".graph-edge{fill:none;stroke:var(--edge);stroke-width:1.3}.graph-answer{stroke-dasharray:5 4}"
    ".graph-arrow{fill:var(--edge)}.graph-life{stroke:var(--line-strong);stroke-dasharray:2 4}"
    ".graph-note rect{fill:none;stroke:var(--line)}.graph-rule{stroke:var(--line)}"
    "text.graph-words,.graph-note text{font-weight:450;fill:var(--ink-2);"
    "paint-order:stroke;stroke:var(--paper);stroke-width:5px;stroke-linejoin:round}"
    ".graph-table text{font-weight:450}.graph-table text.graph-name{font-weight:620}"
    ".graph-table text.graph-required{font-weight:560}"
    ".graph-table text.graph-type,.graph-table text.graph-mark{fill:var(--ink-2);font-size:12px}"
    ".graph-table text.graph-mark{font-size:11px;font-weight:600}.graph-title{font-size:15px}</style>"
)


def alone(svg: str) -> str:
    """The drawing as a file of its own."""
    start = svg.index(">") + 1
    return f"{svg[:start]}{STYLE}{svg[start:]}\n"


def stacked(drawings: Sequence[tuple[str, str]]) -> str:
    """Several drawings one below the other in one file, each under its name if there are more than one."""
    if len(drawings) == 1:
        return alone(drawings[0][1])
    parts, y, widest = list[str](), 0.0, 0.0
    for name, svg in drawings:
        size = _SIZE.search(svg)
        wide, high = (float(size[1]), float(size[2])) if size else (0.0, 0.0)
        parts.append(words(16, y + 30, name, "graph-title"))
        parts.append(svg.replace("<svg ", f'<svg y="{number(y + _NAMED)}" ', 1))
        y, widest = y + _NAMED + high, max(widest, wide)
    return alone(frame(widest, y, counted(len(drawings), "drawing"), "".join(parts)))
