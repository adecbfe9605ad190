"""Links between the pages of one space."""

import reflex as rx


class SpaceLink(rx.Component):
    """`path` follows `/s/{key}`."""

    library = rx.asset("space_link.jsx", shared=True).importable_path
    tag = "SpaceLink"
    lib_dependencies: list[str] = []
    path: rx.Var[str]
    current: rx.Var[bool]


space_link = SpaceLink.create
