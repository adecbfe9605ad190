"""The menu in a document's head."""

from typing import Any

import reflex as rx

_NAMES = ("ask", "asking", "bridge", "dialog", "row_doings", "row_menu")
_PARTS = [rx.asset(f"{name}.jsx", shared=True) for name in _NAMES]


class DocumentMenu(rx.Component):
    """`actions` as in a panel's table; `may` are the names of those that are offered, `base` the newest revision,
    `home` the number that the document has now.
    """

    library = rx.asset("document_menu.jsx", shared=True).importable_path
    tag = "DocumentMenu"
    lib_dependencies: list[str] = []
    actions: rx.Var[list[dict[str, Any]]]
    may: rx.Var[str]
    base: rx.Var[str]
    home: rx.Var[str]


document_menu = DocumentMenu.create
