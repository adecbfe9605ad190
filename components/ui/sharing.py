"""The button and the dialog that share the document which the address names."""

import reflex as rx

_PARTS = [rx.asset(f"{name}.jsx", shared=True) for name in ("ask", "asking", "dialog", "served")]


class Share(rx.Component):
    library = rx.asset("sharing.jsx", shared=True).importable_path
    tag = "Share"
    lib_dependencies: list[str] = []


share = Share.create
