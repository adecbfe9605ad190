"""Buttons for what can be done with one thing."""

from typing import Any

import reflex as rx
from reflex.event import passthrough_event_spec

_PARTS = [rx.asset(f"{name}.jsx", shared=True) for name in ("row_doings", "row_menu", "asking", "dialog", "served")]


class DoingBar(rx.Component):
    """`actions` as in a panel's table; `row` has `name`, `may` and what the actions ask of a row."""

    library = rx.asset("doing_bar.jsx", shared=True).importable_path
    tag = "DoingBar"
    actions: rx.Var[list[dict[str, Any]]]
    row: rx.Var[dict[str, str]]
    on_done: rx.EventHandler[passthrough_event_spec()]


doing_bar = DoingBar.create
