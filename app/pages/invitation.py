"""The page of the link in an invitation."""

import reflex as rx

from app.gateway.pages import Audience, Page
from components.joining.invitation import invitation
from components.joining.link import opened_link
from components.shell.frame import bare


def content() -> rx.Component:
    return bare("You are invited", opened_link(invitation(), kind="invitation", again="/login", words="Sign in"))


PAGE = Page("/invitation", "You are invited", content, audience=Audience.anyone)
