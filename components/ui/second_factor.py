"""The second factor of one's account, from setting it up to turning it off, as one widget that asks the API itself."""

import reflex as rx

from components.ui import tokens

_ASK = rx.asset("ask.jsx", shared=True)


class SecondFactor(rx.Component):
    """`primary` and `plain` are the class strings of its buttons."""

    library = rx.asset("second_factor.jsx", shared=True).importable_path
    tag = "SecondFactor"
    primary: rx.Var[str]
    plain: rx.Var[str]


def second_factor() -> rx.Component:
    return SecondFactor.create(primary=tokens.BUTTON_PRIMARY, plain=tokens.BUTTON)
