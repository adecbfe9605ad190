"""The head of a space: key, name, what it is for; the tabs below it."""

import reflex as rx

from components.space.space_link import space_link
from components.ui import tokens
from components.ui.kit import empty
from components.ui.served import slot

Head = dict[str, str] | rx.Var[dict[str, str]]
Text = str | rx.Var[str]


def space_head(head: Head, tab: str) -> rx.Component:
    return rx.el.header(
        rx.el.div(
            slot(name="space-key", value=head["key"], class_name=tokens.NUMBER),
            slot(name="title", value=head["title"], element="h1", titles=True, class_name=tokens.PAGE_TITLE),
            slot(name="archived", value=head["state"], tone="unknown", class_name="badge archived"),
            class_name="head-row",
        ),
        slot(name="description", value=head["description"], element="p", class_name="space-about"),
        rx.el.nav(
            space_link("Documents", path="", current=tab == "documents", class_name="tab"),
            slot(name="evident", tone=head["evident"], class_name="may"),
            space_link("Evidence", path="/evidence", current=tab == "evidence", class_name="tab"),
            slot(name="peopled", tone=head["peopled"], class_name="may"),
            space_link("People and settings", path="/settings", current=tab == "settings", class_name="tab"),
            class_name="tabs",
            custom_attrs={"aria-label": "Space"},
        ),
        class_name="head",
    )


def or_missing(missing: Text, *content: rx.Component) -> rx.Component:
    """The page, or the sentence why there is none, or none for this reader."""
    action = rx.el.a("All spaces", href="/spaces", class_name=tokens.BUTTON)
    return rx.cond(missing, empty("Nothing to see here", missing, action), rx.fragment(*content))
