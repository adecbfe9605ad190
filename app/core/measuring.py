"""Where several processes of one machine add up their metrics: a folder that `prometheus_client` is told of before it
is imported, because it looks once. It knows its processes by number, so the folder is of this machine, not of the data.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app.core import ids
from app.core.settings import Settings

_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def share(settings: Settings) -> None:
    """For the server and each `plumbline worker` with the same data folder. Nothing is shared when the folder is not
    ours alone: what stands in it would be believed.
    """
    path = Path(tempfile.gettempdir()) / f"plumbline-{os.getuid()}-{ids.digest(str(settings.data_dir.resolve()))[:12]}"
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if path.is_symlink() or found.st_uid != os.getuid() or found.st_mode & 0o077:
        return
    os.environ[_VARIABLE] = str(path)


def folder() -> Path | None:
    """None for a process that counts for itself."""
    return Path(os.environ[_VARIABLE]) if _VARIABLE in os.environ else None


def begin() -> None:
    """Counting begins anew but for what processes that live have counted."""
    for file in _of_the_dead("*"):
        file.unlink(missing_ok=True)


def forget_levels() -> None:
    """What a process that is gone has counted stays counted; how things stood in it does not."""
    for file in _of_the_dead("gauge_live*"):
        file.unlink(missing_ok=True)


def _of_the_dead(pattern: str) -> Iterator[Path]:
    path = folder()
    for file in path.glob(f"{pattern}.db") if path else ():
        number = file.stem.rpartition("_")[2]
        if not number.isdigit() or not _lives(int(number)):
            yield file


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
