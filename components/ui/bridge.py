"""The JSX bridge: what the server may have a page do. Everything Reflex would do through eval goes this way."""

import reflex as rx

_PARTS = [rx.asset("ask.jsx", shared=True)]


class Bridge(rx.Component):
    """`commands` are objects with `id`, `kind` (notice, focus, scroll, copy, leave) and that kind's fields."""

    library = rx.asset("bridge.jsx", shared=True).importable_path
    tag = "Bridge"
    commands: rx.Var[list[dict[str, str]]]


bridge = Bridge.create
