"""Forms of people who are not signed in: asking for a link, and what a link is for."""

import reflex as rx

from components.joining.link import link_fields, link_text
from components.ui import tokens
from components.ui.kit import button, field
from components.ui.post_form import post_form

WIDE = f"{tokens.BUTTON_PRIMARY} w-full"


def _address() -> rx.Component:
    return field("E-mail address", "email", type="email", required=True, auto_complete="username", auto_focus=True)


def new_password(label: str = "Password") -> rx.Component:
    return field(
        label,
        "password",
        hint="At least 8 characters; any characters count.",
        type="password",
        required=True,
        min_length=8,
        auto_complete="new-password",
    )


def name_field() -> rx.Component:
    return field("Your name", "name", required=True, max_length=120, auto_complete="name")


def sign_up_form() -> rx.Component:
    return post_form(
        _address(),
        button("Send me a link", kind=WIDE, type="submit"),
        action="/auth/sign-up",
        done="Look into your mail: the link in it makes your account. It works once, for an hour at most.",
        label="Make an account",
        class_name="stack",
    )


def reset_form() -> rx.Component:
    return post_form(
        _address(),
        button("Send me a link", kind=WIDE, type="submit"),
        action="/auth/reset",
        done="If there is an account with this address, a link to set a new password is on its way to it.",
        label="Ask for a new password",
        class_name="stack",
    )


def finish_sign_up_form() -> rx.Component:
    return post_form(
        link_fields(email=True),
        name_field(),
        new_password(),
        button("Make my account", kind=WIDE, type="submit"),
        action="/auth/sign-up/finish",
        label="Make an account",
        class_name="stack",
    )


def set_password_form() -> rx.Component:
    return post_form(
        link_fields(email=True),
        new_password("New password"),
        button("Set the password", kind=WIDE, type="submit"),
        action="/auth/reset/new",
        label="Set a new password",
        class_name="stack",
    )


def confirm_address_form() -> rx.Component:
    return post_form(
        rx.el.p(
            link_text(name="email", before="From now on ", after=" is the address of your account."), class_name="m-0"
        ),
        link_fields(),
        button("Confirm the address", kind=WIDE, type="submit"),
        action="/auth/address",
        label="Confirm the address",
        class_name="stack",
    )
