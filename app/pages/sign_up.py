"""Making an account by oneself, where the settings allow it: it begins with an address."""

from collections.abc import Mapping

import reflex as rx

from app.gateway.pages import Audience, Page, Slot, Slots
from app.services import registrations
from components.joining.forms import sign_up_form
from components.shell.frame import bare
from components.ui import tokens
from components.ui.kit import hard_link
from components.ui.served import slot


def content() -> rx.Component:
    return bare(
        "Make an account",
        rx.el.p("A link to finish it comes by mail.", class_name=tokens.MUTED),
        slot(name="hint", element="p", class_name="hint closes"),
        sign_up_form(),
        rx.el.p("You have one? ", hard_link("Sign in", href="/login", class_name=tokens.LINK), class_name="m-0"),
    )


async def greet(_words: Mapping[str, str]) -> Slots:
    if registrations.is_open():
        return {}
    return {"hint": Slot("Accounts are made by invitation here: ask those who run this site for one.")}


PAGE = Page("/sign-up", "Make an account", content, audience=Audience.guest, greet=greet)
