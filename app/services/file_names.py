"""What may be called a file name. A name is shown and compared, and never used as a path, here or anywhere."""

import re
import unicodedata

from app.core.errors import Invalid, UnsupportedMediaType

MAX_CHARACTERS = 200
_ENDINGS = (".md", ".markdown")
_ARCHIVES = (".zip", ".gz", ".tgz", ".tar", ".7z", ".rar", ".bz2", ".xz", ".zst")
_DRIVE = re.compile(r"[A-Za-z]:")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def accept(name: str) -> str:
    """The same name; raises what is wrong with it. Only a bare name of a Markdown file is taken."""
    problem = _problem(name)
    if problem:
        raise Invalid(f"The file name {problem}: rename the file and send it again.", details={"field": "name"})
    lower = name.lower()
    if lower.endswith(_ARCHIVES):
        raise UnsupportedMediaType("Of archives only a zip is taken, and none inside another: unpack it first.")
    if not lower.endswith(_ENDINGS):
        raise UnsupportedMediaType("Only Markdown files (.md or .markdown) can be imported.")
    return name


def _problem(name: str) -> str:
    if not name or name != name.strip() or not name.rsplit(".", 1)[0].strip(". "):
        return "is empty, or begins or ends with a space"
    if len(name) > MAX_CHARACTERS:
        return f"is longer than {MAX_CHARACTERS} characters"
    if any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for character in name):
        return "holds invisible or control characters"
    if (
        "/" in name
        or "\\" in name
        or _DRIVE.match(name)
        or ".." in name
        or "%2" in name.lower()
        or "%5c" in name.lower()
    ):
        return "looks like a path"
    if _RESERVED.fullmatch(name) or set(name) & set('<>:"|?*'):
        return "is not allowed on every system"
    return ""


def shown(name: str) -> str:
    """Any name, made harmless to show and store in a report."""
    safe = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in name)
    return safe if len(safe) <= MAX_CHARACTERS else safe[: MAX_CHARACTERS - 1] + "…"


def title(name: str) -> str:
    """A title for a text that has none."""
    words = re.sub(r"[-_\s]+", " ", name.rsplit(".", 1)[0]).strip()
    return (words[:1].upper() + words[1:]) or "Untitled"
