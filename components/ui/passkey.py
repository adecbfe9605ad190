"""Forms for passkeys, and the ticket between the two steps of signing in."""

from typing import Any

import reflex as rx

_ASK = rx.asset("ask.jsx", shared=True)
_BRIDGE = rx.asset("bridge.jsx", shared=True)
_JSX = rx.asset("passkey.jsx", shared=True).importable_path


class PasskeyForm(rx.Component):
    """One button that asks the authenticator; `kind` is `sign-in` or `add`."""

    library = _JSX
    tag = "PasskeyForm"
    kind: rx.Var[str]
    label: rx.Var[str]
    button: rx.Var[str]


class StepTicket(rx.Component):
    """A hidden field; leads back to the sign-in page when there is no ticket."""

    library = _JSX
    tag = "StepTicket"


def passkey_form(*children: rx.Component, kind: str, label: str, **props: Any) -> rx.Component:
    return PasskeyForm.create(*children, kind=kind, label=label, **props)


step_ticket = StepTicket.create
