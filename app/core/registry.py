"""Finding things that come in many kinds: one file each in a folder, adding one edits no other file."""

import importlib
import pkgutil
from types import ModuleType


def modules_of(package: ModuleType) -> list[ModuleType]:
    """Import every module directly inside `package`, in name order (so that what follows is deterministic)."""
    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__))
    return [importlib.import_module(f"{package.__name__}.{name}") for name in names]
