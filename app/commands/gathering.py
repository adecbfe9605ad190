"""From the names on a command line to files: folders stand for the Markdown files in them."""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

_MARKDOWN = (".md", ".markdown")
_NOT_OURS = frozenset({"node_modules", "venv", "site-packages", "__pycache__"})


def files(names: Sequence[Path], exclude: Sequence[str] = ()) -> list[Path]:
    """In the order given, each once; in a folder by name. What is named itself is never left out."""
    found: dict[Path, None] = {}
    for name in names:
        found.update(dict.fromkeys(_inside(name, exclude) if name.is_dir() else [name]))
    return list(found)


def _inside(folder: Path, exclude: Sequence[str]) -> Iterator[Path]:
    """Hidden folders and those of installed packages are not looked into, nor are links to folders followed."""
    for path in sorted(folder.iterdir()):
        if any(fnmatch(path.as_posix(), pattern) or fnmatch(path.name, pattern) for pattern in exclude):
            continue
        if path.is_dir():
            if not path.is_symlink() and not path.name.startswith(".") and path.name not in _NOT_OURS:
                yield from _inside(path, exclude)
        elif path.suffix.lower() in _MARKDOWN:
            yield path
