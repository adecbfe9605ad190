"""Admin panels, one file each: `PANEL` says what the page `/admin/{address}` lists and what can be done with a row."""

import sys
from collections.abc import Collection
from functools import cache

from app.core.errors import NotFound
from app.core.registry import modules_of
from app.domain.permissions import Permission
from app.schemas.panels import AnyPanel

OVERVIEW = "/admin"


@cache
def every() -> tuple[AnyPanel, ...]:
    """In the order of their places."""
    found: list[AnyPanel] = [module.PANEL for module in modules_of(sys.modules[__name__])]
    return tuple(sorted(found, key=lambda panel: panel.place))


def find(address: str) -> AnyPanel:
    panel = next((panel for panel in every() if panel.address == address), None)
    if panel is None:
        raise NotFound("There is nothing at this address.")
    return panel


def open_to(held: Collection[Permission]) -> list[str]:
    """Addresses of the admin pages for somebody with these permissions on the site; none for most people."""
    overview = [OVERVIEW] if Permission.site_watch in held else []
    return overview + [panel.href for panel in every() if panel.permission in held]
