"""Slots that the server fills before hydration and the page takes over; `app.gateway.page_server` is the other side."""

import reflex as rx

_JSX = rx.asset("served.jsx", shared=True).importable_path


class Slot(rx.Component):
    """A line of text by name: what was served until `value` is there. `element` is its tag, `tone` its data-tone.

    With `titles` the browser's title follows it.
    """

    library = _JSX
    tag = "Slot"
    name: rx.Var[str]
    value: rx.Var[str]
    tone: rx.Var[str]
    element: rx.Var[str]
    titles: rx.Var[bool]


class SlotLink(rx.Component):
    """A link by name: what was served until `value` and `href` are there."""

    library = _JSX
    tag = "SlotLink"
    name: rx.Var[str]
    value: rx.Var[str]
    href: rx.Var[str]


class Sheet(rx.Component):
    """The rendered text of the revision with this content digest."""

    library = _JSX
    tag = "Sheet"
    digest: rx.Var[str]


class When(rx.Component):
    """A time, ISO 8601 with offset; with a `name` it is a slot too."""

    library = _JSX
    tag = "When"
    name: rx.Var[str]
    at: rx.Var[str]


slot = Slot.create
slot_link = SlotLink.create
sheet = Sheet.create
when = When.create
