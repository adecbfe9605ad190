"""Writing a changed document back to its file, wholly or not at all."""

import os
import tempfile
from pathlib import Path

from app.commands.reading import Unreadable


def replace_text(path: Path, text: str) -> None:
    """Keeps the file's permissions and line ends; a link stays a link. Raises `Unreadable` where it may not write."""
    target = path.resolve()
    name = ""
    try:
        mode = target.stat().st_mode
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
        Path(name).chmod(mode)
        Path(name).replace(target)
    except OSError as error:
        if name:
            Path(name).unlink(missing_ok=True)
        raise Unreadable(f"{path}: it cannot be written ({error.strerror}).") from None
