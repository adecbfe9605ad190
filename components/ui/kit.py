"""Buttons, badges, fields, empty and waiting states. No layout of whole pages, no State."""

from typing import Any

import reflex as rx
from reflex.components.el.element import Element

from components.ui import tokens

Text = str | rx.Var[str]


class HardLink(Element):
    """A link that loads its page as a document of its own (rx.el.a navigates inside the page)."""

    tag = "a"
    href: rx.Var[str]
    download: rx.Var[bool]


def hard_link(*children: rx.Component | Text, href: Text, **props: Any) -> rx.Component:
    return HardLink.create(*children, href=href, **props)


class Icon(rx.Component):
    """One lucide icon. Reflex's own wraps each in a style element, which the content security policy refuses."""

    library = "lucide-react@1.26.0"
    size: rx.Var[int]
    stroke_width: rx.Var[float]
    aria_hidden: rx.Var[bool]


def icon(name: str, size: int = 16) -> rx.Component:
    """A decorative icon by its lucide name; whatever stands beside it says what it means."""
    tag = "".join(part.capitalize() for part in name.split("-"))
    return Icon.create(tag=tag, alias=f"Lucide{tag}", size=size, stroke_width=1.75, aria_hidden=True)


def button(*children: rx.Component | Text, kind: str = tokens.BUTTON, **props: Any) -> rx.Component:
    return rx.el.button(*children, class_name=kind, type=props.pop("type", "button"), **props)


def badge(label: Text, tone: Text, **props: Any) -> rx.Component:
    """Tone is ok, bad, warn, plan or unknown; the label says the same in words."""
    return rx.el.span(label, class_name="badge", data_tone=tone, **props)


def field(label: str, name: str, hint: str = "", **props: Any) -> rx.Component:
    """A labelled input; `hint` is read out with it."""
    described = {"aria-describedby": f"{name}-hint"} if hint else {}
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name=tokens.LABEL),
        rx.el.input(id=name, name=name, class_name=tokens.INPUT, custom_attrs=described, **props),
        rx.el.p(hint, id=f"{name}-hint", class_name=tokens.HINT) if hint else rx.fragment(),
    )


def choice(name: str, value: str, title: str, text: str, *, checked: bool = False) -> rx.Component:
    """One of several exclusive choices, as a card."""
    return rx.el.label(
        rx.el.input(type="radio", name=name, value=value, default_checked=checked),
        rx.el.span(rx.el.span(title, class_name="block font-medium"), rx.el.span(text, class_name=tokens.HINT)),
        class_name="choice",
    )


def empty(title: Text, text: Text, *actions: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.h2(title),
        rx.el.p(text),
        rx.el.div(*actions, class_name="flex flex-wrap justify-center gap-2 mt-4"),
        class_name="empty",
    )


def skeleton_rows(count: int) -> rx.Component:
    """Grey lines in place of a table that is on its way."""
    return rx.el.div(
        *[rx.el.div(class_name="skeleton h-[52px] mb-px") for _ in range(count)],
        custom_attrs={"aria-hidden": "true"},
    )
