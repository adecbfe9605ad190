"""What the frame around every page shows."""

from app.domain.permissions import SiteRole
from app.schemas.base import View
from app.schemas.spaces import SpaceView


class NavView(View):
    """`documents` counts what the actor may read."""

    name: str
    initials: str
    role: SiteRole
    documents: int
    spaces: tuple[SpaceView, ...]
