"""Long lists whose filters, order and page stand in the address: filter fields, table, pager, links to files.

What a column, a filter or an action is, is said by plain maps, so that the kit knows no panel.
"""

from typing import Any

import reflex as rx
from reflex.event import passthrough_event_spec

_JSX = rx.asset("listing.jsx", shared=True).importable_path
_ADDRESS = rx.asset("listing_address.jsx", shared=True).importable_path
_PARTS = [rx.asset(f"{name}.jsx", shared=True) for name in ("row_doings", "row_menu", "asking", "dialog", "served")]


class PanelTable(rx.Component):
    """`columns` have key, label, kind, sort, spare; `actions` name, label, call, body, fields, done, confirm,
    grave, shows; a field has name, label, kind (text, email, area, choice, choices, person), options, value, hint.

    A row is flat text by column key, with `id`, `name`, `may` (names of actions) and `more` (JSON, shown on demand).
    Rows count for the address whose query is `asked`; `sort` is the order that the list has by itself.
    """

    library = _JSX
    tag = "PanelTable"
    columns: rx.Var[list[dict[str, Any]]]
    actions: rx.Var[list[dict[str, Any]]]
    rows: rx.Var[list[dict[str, str]]]
    label: rx.Var[str]
    ready: rx.Var[bool]
    asked: rx.Var[str]
    sort: rx.Var[str]
    on_done: rx.EventHandler[passthrough_event_spec()]


class Makes(rx.Component):
    """Buttons for what is done with the list as a whole; `actions` as in the table."""

    library = rx.asset("row_doings.jsx", shared=True).importable_path
    tag = "Makes"
    actions: rx.Var[list[dict[str, Any]]]
    on_done: rx.EventHandler[passthrough_event_spec()]


class Filters(rx.Component):
    """`fields` have name, label, kind (text, choice or day) and options (pairs of value and words)."""

    library = _ADDRESS
    tag = "Filters"
    fields: rx.Var[list[dict[str, Any]]]
    label: rx.Var[str]


class Exports(rx.Component):
    """`links` are pairs of address and words; what the filters say is added to the address."""

    library = _ADDRESS
    tag = "Exports"
    links: rx.Var[list[tuple[str, str]]]


class Pager(rx.Component):
    """`next` is the cursor of the page that follows, or empty."""

    library = _ADDRESS
    tag = "Pager"
    next: rx.Var[str]


panel_table = PanelTable.create
makes = Makes.create
filters = Filters.create
exports = Exports.create
pager = Pager.create
