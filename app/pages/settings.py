"""The root of the settings leads to the profile."""

import reflex as rx

from app.gateway.pages import Page
from components.settings.frame import settings_frame
from components.ui.kit import skeleton_rows


def content() -> rx.Component:
    return settings_frame("Profile", skeleton_rows(2))


PAGE = Page("/settings", "Settings", content, moved_to="/settings/profile")
