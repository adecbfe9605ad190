"""The identities of one's account at providers: those connected, those that could be, and proving oneself there."""

import reflex as rx

from components.ui import tokens
from components.ui.address_field import address_field
from components.ui.kit import button, icon, skeleton_rows
from components.ui.post_form import post_form
from components.ui.served import when
from state.identities import IdentitiesState

Row = rx.Var[dict[str, str]]


def connected() -> rx.Component:
    return rx.cond(
        IdentitiesState.identities.length() > 0,
        rx.el.ul(
            rx.foreach(IdentitiesState.identities, _identity),
            class_name="things",
            custom_attrs={"aria-label": "Connected identities"},
        ),
        rx.el.p("Nothing is connected yet.", class_name=f"{tokens.MUTED} mt-0 mb-4"),
    )


def connectable() -> rx.Component:
    return rx.cond(
        IdentitiesState.providers.length() > 0,
        rx.el.div(rx.foreach(IdentitiesState.providers, _provider), class_name="flex flex-wrap gap-2"),
        rx.el.p(
            "No identity provider is configured here. Those who run this site can add one.", class_name=tokens.MUTED
        ),
    )


def identities() -> rx.Component:
    return rx.cond(IdentitiesState.is_loaded, rx.fragment(connected(), connectable()), skeleton_rows(2))


def proofs() -> rx.Component:
    """For whoever is connected: the provider asks, not we."""
    return rx.el.div(rx.foreach(IdentitiesState.proofs, _proof), class_name="grid gap-2")


def _identity(one: Row) -> rx.Component:
    return rx.el.li(
        rx.el.span(one["label"], class_name="thing-name"),
        rx.el.span(
            rx.cond(one["email"] != "", rx.fragment(one["email"], ", ")),
            "connected ",
            when(at=one["created_at"]),
            ", used ",
            when(at=one["used_at"]),
            class_name="thing-facts",
        ),
        rx.cond(
            one["may_unlink"] != "",
            post_form(
                button("Disconnect", type="submit", custom_attrs={"aria-label": f"Disconnect {one['label']}"}),
                action=f"/api/v1/me/identities/{one['id']}",
                method="DELETE",
                then="/settings/identities",
                notice=f"{one['label']} is disconnected.",
                label=f"Disconnect {one['label']}",
            ),
            rx.el.span("Your only way in", class_name="text-ink-2"),
        ),
        class_name="thing",
    )


def _provider(one: Row) -> rx.Component:
    return post_form(
        button(icon("link-2", 15), f"Connect {one['label']}", type="submit"),
        action=f"/auth/providers/{one['name']}/link",
        label=f"Connect {one['label']}",
    )


def _proof(one: Row) -> rx.Component:
    return post_form(
        address_field(name="next"),
        button(f"Confirm through {one['label']}", kind=f"{tokens.BUTTON} w-full", type="submit"),
        action=f"/auth/providers/{one['name']}/confirm",
        label=f"Confirm through {one['label']}",
    )
