"""Design documents to try things on: the project's own, and a collection beside the checkout where there is one."""

from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_COLLECTION = _ROOT.parent / "shared" / "corpus"


def documents() -> list[Path]:
    """Every Markdown document, in name order."""
    beside = sorted(_COLLECTION.glob("*.md")) if _COLLECTION.is_dir() else []
    return [*beside, *sorted((_ROOT / "tests" / "documents").glob("*.md"))]
