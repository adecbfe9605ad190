"""What the frame around every page shows."""

from app.domain.permissions import Permission, SiteRole
from app.schemas.base import View
from app.schemas.spaces import SpaceView


class NavView(View):
    """`documents` counts what the actor may read; `site` is what they may do on the site as a whole."""

    name: str
    initials: str
    role: SiteRole
    documents: int
    spaces: tuple[SpaceView, ...]
    site: frozenset[Permission] = frozenset()
