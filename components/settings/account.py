"""Forms for one's own name, password, and for proving who one is."""

import reflex as rx

from components.ui import tokens
from components.ui.address_field import address_field
from components.ui.kit import button, field, skeleton_rows
from components.ui.post_form import post_form
from state.account import AccountState


def when_loaded(*content: rx.Component) -> rx.Component:
    return rx.cond(AccountState.is_loaded, rx.fragment(*content), skeleton_rows(2))


def username() -> rx.Component:
    """Whose password the form below is about, for password managers; people see it elsewhere."""
    return rx.el.input(
        type="text",
        value=AccountState.email,
        read_only=True,
        hidden=True,
        auto_complete="username",
        custom_attrs={"aria-hidden": "true"},
    )


def name_form() -> rx.Component:
    return post_form(
        field(
            "Name",
            "name",
            "Shown beside what you write, review and approve.",
            default_value=AccountState.name,
            required=True,
            max_length=120,
            auto_complete="name",
        ),
        rx.el.div(button("Save name", kind=tokens.BUTTON_PRIMARY, type="submit")),
        action="/api/v1/me",
        method="PATCH",
        json=True,
        then="/settings/profile",
        notice="Your name is saved.",
        label="Name",
        class_name="stack",
    )


def address_form() -> rx.Component:
    return post_form(
        rx.el.p("Your address is ", rx.el.strong(AccountState.email), ".", class_name="m-0"),
        field("New e-mail address", "email", type="email", required=True, auto_complete="email"),
        rx.el.div(button("Send a link to it", type="submit")),
        action="/api/v1/me/email",
        json=True,
        done="Open the link in the mail to the new address: then it is yours. The old one is told.",
        label="E-mail address",
        class_name="stack",
    )


def password_form() -> rx.Component:
    return post_form(
        username(),
        field("Current password", "current", type="password", required=True, auto_complete="current-password"),
        field(
            "New password",
            "new",
            "At least 8 characters; any characters count.",
            type="password",
            required=True,
            min_length=8,
            auto_complete="new-password",
        ),
        rx.el.div(button("Change password", kind=tokens.BUTTON_PRIMARY, type="submit")),
        action="/api/v1/me/password",
        method="PUT",
        json=True,
        then="/settings/password",
        notice="Your password is changed, and you are signed out everywhere else.",
        label="Password",
        class_name="stack",
    )


def first_password_form() -> rx.Component:
    """For people who came in another way; the link goes to their own address, as for a forgotten one."""
    return post_form(
        rx.el.input(type="hidden", name="email", value=AccountState.email, read_only=True),
        rx.el.p("Your account has no password: you sign in another way.", class_name="m-0"),
        rx.el.div(button("Send me a link to set one", type="submit")),
        action="/auth/reset",
        done="Look into your mail: the link in it sets a password and signs you out everywhere.",
        label="Password",
        class_name="stack",
    )


def proof_form() -> rx.Component:
    return post_form(
        username(),
        field(
            "Password", "password", type="password", required=True, auto_complete="current-password", auto_focus=True
        ),
        address_field(name="next"),
        button("Confirm", kind=f"{tokens.BUTTON_PRIMARY} w-full", type="submit"),
        action="/auth/reauthenticate",
        label="Confirm",
        class_name="stack",
    )
