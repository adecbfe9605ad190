"""The root of the site leads to the documents."""

import reflex as rx

from app.gateway.pages import Page
from components.shell.frame import frame
from components.ui.kit import skeleton_rows


def content() -> rx.Component:
    return frame(skeleton_rows(5), section="documents")


PAGE = Page("/", "Documents", content, moved_to="/documents")
