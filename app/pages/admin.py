"""Running the site: an overview, and one page per panel."""

from functools import partial

from app import panels
from app.domain.permissions import Permission
from app.gateway.pages import Page
from app.schemas.panels import AnyPanel
from components.admin.overview import overview
from components.admin.panel import panel_page
from state.admin import AdminState
from state.frame import FrameState
from state.overview import OverviewState


def _of(panel: AnyPanel) -> Page:
    return Page(
        panel.href,
        panel.title,
        partial(panel_page, panel),
        on_load=[FrameState.load, AdminState.load],
        needs=frozenset({panel.permission}),
    )


PAGES = (
    Page(
        "/admin",
        "Admin",
        overview,
        on_load=[FrameState.load, OverviewState.load],
        needs=frozenset({Permission.site_watch}),
    ),
    *(_of(panel) for panel in panels.every()),
)
