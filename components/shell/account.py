"""The menu of the person who is signed in: settings, theme and sign-out."""

import reflex as rx

from components.ui import tokens
from components.ui.kit import button, icon
from components.ui.post_form import post_form
from components.ui.served import slot
from state.frame import FrameState


def account_menu() -> rx.Component:
    return rx.fragment(
        rx.el.button(
            slot(name="initials", value=FrameState.initials),
            class_name="who",
            type="button",
            custom_attrs={"aria-label": "Account", "popovertarget": "account"},
        ),
        rx.el.div(
            slot(name="name", value=FrameState.name, element="p", class_name="font-medium m-0 mb-2"),
            rx.el.a(
                icon("settings", 15),
                "Settings",
                href="/settings/profile",
                class_name=f"{tokens.BUTTON_QUIET} w-full justify-start",
            ),
            button(
                icon("sun-moon", 15),
                "Light or dark",
                kind=f"{tokens.BUTTON_QUIET} w-full justify-start",
                on_click=rx.toggle_color_mode,
            ),
            post_form(
                button(
                    icon("log-out", 15),
                    "Sign out",
                    kind=f"{tokens.BUTTON_QUIET} w-full justify-start",
                    type="submit",
                ),
                action="/auth/sign-out",
                label="Sign out",
            ),
            id="account",
            class_name="menu",
            custom_attrs={"popover": "auto"},
        ),
    )
