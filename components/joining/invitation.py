"""Accepting an invitation: with a new account, with one's own, or not as the person who is signed in."""

import reflex as rx

from components.joining.forms import WIDE, name_field, new_password
from components.joining.link import link_fields, link_if, link_providers, link_text
from components.ui import tokens
from components.ui.kit import button, hard_link
from components.ui.post_form import post_form


def _new() -> rx.Component:
    return post_form(
        link_fields(email=True),
        name_field(),
        new_password(),
        button("Accept and make my account", kind=WIDE, type="submit"),
        action="/auth/invitation/new",
        label="Accept the invitation",
        class_name="stack",
    )


def _own() -> rx.Component:
    return post_form(
        link_fields(),
        button("Accept", kind=WIDE, type="submit"),
        action="/auth/invitation",
        label="Accept the invitation",
        class_name="stack",
    )


def _sign_in() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            link_text(name="email", before="You have an account as ", after=". Sign in with it to accept."),
            class_name="m-0",
        ),
        hard_link("Sign in", href="/login?next=%2Finvitation", class_name=WIDE),
        class_name="stack",
    )


def _other() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            link_text(name="email", before="It is for ", after=". You are signed in with another account."),
            class_name="m-0",
        ),
        post_form(
            button("Sign out", kind=f"{tokens.BUTTON} w-full", type="submit"),
            action="/auth/sign-out",
            then="/invitation",
            label="Sign out",
        ),
        class_name="stack",
    )


def invitation() -> rx.Component:
    return rx.fragment(
        rx.el.p(link_text(name="words"), class_name="m-0"),
        link_if(rx.el.div(_new(), link_providers(), class_name="stack"), standing="unknown"),
        link_if(_own(), standing="signed_in"),
        link_if(_sign_in(), standing="signed_out"),
        link_if(_other(), standing="somebody_else"),
    )
