"""A document in one line, to stand in a README or on a wiki page: a label, and how the document stands.

It is seen on foreign pages, light and dark, and as an image no style sheet reaches it: so it brings its own ground, in
attributes only, which no policy has to allow. Whatever is said by colour is said in words as well.
"""

from dataclasses import dataclass
from types import MappingProxyType

from app.domain.diagrams.drawing import number as written
from app.domain.diagrams.lettering import SIZE, shortened, width
from app.domain.render.escape import text

LABEL = "design"
_HIGH, _PAD, _LETTERS = 20.0, 7.0, 11.0
_WIDEST_LABEL = 260.0
_FAMILY = "Verdana,DejaVu Sans,Geneva,sans-serif"
_GROUND = "#3a3d43"
_TONES = MappingProxyType(
    {"ok": "#1f6f43", "warn": "#8a5700", "bad": "#a8322c", "plan": "#2b5fa8", "unknown": "#5b5f66"}
)
"""White letters on any of these have a contrast of at least 5 to 1."""


@dataclass(frozen=True)
class Standing:
    """What a badge says of a document. `tone` is that of its status."""

    number: str
    status: str
    tone: str
    revision: int
    health: str


def badge(standing: Standing, label: str = LABEL) -> str:
    """The text of an SVG file. Of the label only what can be seen is kept, and as much as fits."""
    named = shortened(_visible(label) or LABEL, _WIDEST_LABEL)
    parts = (standing.number, standing.status, f"revision {standing.revision}", standing.health)
    told = " · ".join(_visible(part) for part in parts)
    left, right = (width(words) * _LETTERS / SIZE + 2 * _PAD for words in (named, told))
    title = text(f"{named}: {told}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{written(left + right)}" height="{written(_HIGH)}" role="img" '
        f'aria-label="{title}"><title>{title}</title>'
        f"{_ground(0, left + right, _GROUND, 3)}{_ground(left, right, _tone(standing), 3)}"
        f"{_ground(left, 3, _tone(standing), 0)}"
        f'<g fill="#fff" font-family="{_FAMILY}" font-size="{written(_LETTERS)}">'
        f"{_words(_PAD, left - 2 * _PAD, named)}{_words(left + _PAD, right - 2 * _PAD, told)}</g></svg>\n"
    )


def _tone(standing: Standing) -> str:
    return _TONES.get(standing.tone, _TONES["unknown"])


def _visible(words: str) -> str:
    """Without control characters, half characters and marks that turn the writing around: XML has no place for some of
    them, and with the others a badge could say what it does not.
    """
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())


def _ground(left: float, wide: float, colour: str, radius: float) -> str:
    size = f'width="{written(wide)}" height="{written(_HIGH)}" rx="{written(radius)}"'
    return f'<rect x="{written(left)}" {size} fill="{colour}"/>'


def _words(left: float, wide: float, words: str) -> str:
    """Fitted to their place, whichever font the reader has."""
    fitted = f'textLength="{written(wide)}" lengthAdjust="spacingAndGlyphs"'
    return f'<text x="{written(left)}" y="14" {fitted}>{text(words)}</text>'
