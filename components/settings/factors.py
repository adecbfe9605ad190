"""The passkeys of one's account: those there are, and a new one."""

import reflex as rx

from components.ui import tokens
from components.ui.kit import button, field
from components.ui.passkey import passkey_form
from components.ui.post_form import post_form
from components.ui.served import when
from state.passkeys import PasskeysState


def passkey_list() -> rx.Component:
    return rx.cond(
        PasskeysState.passkeys.length() > 0,
        rx.el.ul(
            rx.foreach(PasskeysState.passkeys, _passkey), class_name="things", custom_attrs={"aria-label": "Passkeys"}
        ),
        rx.el.p("You have no passkey yet.", class_name=f"{tokens.MUTED} mt-0 mb-4"),
    )


def add_form() -> rx.Component:
    return passkey_form(
        field("Name", "name", "So that you know it again.", max_length=120, placeholder="Work laptop"),
        kind="add",
        label="Add a passkey",
        button="Add a passkey",
        class_name=f"{tokens.BUTTON_PRIMARY} justify-self-start",
    )


def _passkey(one: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.el.li(
        rx.el.span(one["name"], class_name="thing-name"),
        rx.el.span(
            "added ",
            when(at=one["created_at"]),
            rx.cond(one["used_at"] != "", rx.fragment(", used ", when(at=one["used_at"])), ", never used"),
            class_name="thing-facts",
        ),
        post_form(
            button("Remove", type="submit", custom_attrs={"aria-label": f"Remove {one['name']}"}),
            action=f"/api/v1/me/passkeys/{one['id']}",
            method="DELETE",
            then="/settings/passkeys",
            notice="The passkey is removed.",
            label=f"Remove {one['name']}",
        ),
        class_name="thing",
    )
