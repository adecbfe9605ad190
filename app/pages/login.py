"""Sign in with address and password, through an identity provider, or with a passkey."""

from collections.abc import Mapping

import reflex as rx

from app.gateway.pages import Audience, Page, Slot, Slots
from app.services import accounts, identities, registrations, troubles
from components.shell.frame import bare
from components.ui import tokens
from components.ui.address_field import address_field
from components.ui.kit import button, field, hard_link
from components.ui.passkey import passkey_form
from components.ui.post_form import post_form
from components.ui.provider_links import provider_links
from components.ui.served import slot


def content() -> rx.Component:
    return bare(
        "Sign in",
        slot(name="hint", element="p", class_name="hint"),
        slot(name="trouble", element="p", class_name="hint"),
        post_form(
            field("E-mail address", "email", type="email", auto_complete="username", required=True, auto_focus=True),
            field("Password", "password", type="password", auto_complete="current-password", required=True),
            address_field(name="next"),
            button("Sign in", kind=f"{tokens.BUTTON_PRIMARY} w-full", type="submit"),
            action="/auth/sign-in",
            label="Sign in",
            class_name="stack",
        ),
        slot(name="providers", element="div", class_name="providers"),
        passkey_form(
            kind="sign-in",
            label="Sign in with a passkey",
            button="Sign in with a passkey",
            class_name=f"{tokens.BUTTON} w-full",
        ),
        rx.el.p(
            hard_link("Forgot your password?", href="/reset", class_name=tokens.LINK),
            slot(name="join"),
            class_name="m-0 flex justify-between",
        ),
    )


async def greet(words: Mapping[str, str]) -> Slots:
    """The links to providers are served, so that they work before any script does."""
    offered = [(one.name, one.label) for one in identities.offered()]
    links = provider_links(offered, words.get("next", ""))
    slots = {"trouble": Slot(troubles.told(words)), "providers": Slot(trusted=links)}
    if registrations.is_open():
        slots["join"] = Slot(trusted=f'<a class="{tokens.LINK}" href="/sign-up">Make an account</a>')
    if not await accounts.is_set_up():
        slots["hint"] = Slot(
            "Nobody has an account yet. The link that makes the first one is in the server's terminal."
        )
    return slots


PAGE = Page("/login", "Sign in", content, audience=Audience.guest, greet=greet)
