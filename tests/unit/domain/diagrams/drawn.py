"""What stands in a drawing, read back from its SVG."""

import xml.etree.ElementTree as ET
from itertools import combinations

_SVG = "{http://www.w3.org/2000/svg}"


class Drawn:
    """A well-formed drawing; everything in it must have been escaped for this to be made."""

    def __init__(self, svg: str) -> None:
        self.root = ET.fromstring(svg)
        self.label = self.root.get("aria-label")
        self.width, self.height = float(self.root.get("width")), float(self.root.get("height"))

    def all(self, css: str) -> list[ET.Element]:
        return [element for element in self.root.iter() if css in (element.get("class") or "").split()]

    def titles(self, css: str) -> list[str]:
        return [element.find(f"{_SVG}title").text for element in self.all(css)]

    def boxes(self) -> list[tuple[float, float, float, float]]:
        """Left, top, right, bottom of every box."""
        found = [element.find(f"{_SVG}rect") for element in self.all("graph-box")]
        sizes = [
            [float(rect.get(name)) for name in ("x", "y", "width", "height")] for rect in found if rect is not None
        ]
        return [(x, y, x + width, y + height) for x, y, width, height in sizes]

    def assert_sound(self) -> None:
        """Boxes lie inside and apart; nothing carries a style, an id or a script."""
        for left, top, right, bottom in self.boxes():
            assert left >= 0
            assert top >= 0
            assert right <= self.width
            assert bottom <= self.height
        for one, other in combinations(self.boxes(), 2):
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert all("style" not in element.attrib for element in self.root.iter())
        assert not [element for element in self.root.iter() if element.get("id")]
