"""The page's side of a mailed link; `link.jsx` reads it."""

import reflex as rx

from components.ui import tokens
from components.ui.provider_links import KEY, MARKS

_JSX = rx.asset("link.jsx", shared=True).importable_path


class OpenedLink(rx.Component):
    """Shows its children once the link of this `kind` is known to be good. `again` is where to get another, `words` say
    so.
    """

    library = _JSX
    tag = "OpenedLink"
    kind: rx.Var[str]
    again: rx.Var[str]
    words: rx.Var[str]


class LinkFields(rx.Component):
    """Hidden fields for the form around them; with `email` also the address, for people and password managers."""

    library = _JSX
    tag = "LinkFields"
    email: rx.Var[bool]


class LinkText(rx.Component):
    """`email` or `words` of the link, with words before and after it; nothing when it has none."""

    library = _JSX
    tag = "LinkText"
    name: rx.Var[str]
    before: rx.Var[str]
    after: rx.Var[str]


class LinkIf(rx.Component):
    """Its children, if whoever is here has this `Standing`."""

    library = _JSX
    tag = "LinkIf"
    standing: rx.Var[str]


class LinkProviders(rx.Component):
    """For each provider that the link names a button that leaves for it. `marks` are their shapes by name, `other` is
    the shape of the rest.
    """

    library = _JSX
    tag = "LinkProviders"
    marks: rx.Var[dict[str, str]]
    other: rx.Var[str]
    button: rx.Var[str]


opened_link = OpenedLink.create
link_fields = LinkFields.create
link_text = LinkText.create
link_if = LinkIf.create


def link_providers() -> rx.Component:
    return LinkProviders.create(marks=MARKS, other=KEY, button=f"{tokens.BUTTON} w-full")
