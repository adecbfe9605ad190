"""Parts of the address (a setup token, where to go next) carried into a form."""

import reflex as rx


class AddressField(rx.Component):
    """A hidden field with the value of the query parameter of the same name."""

    library = rx.asset("address_field.jsx", shared=True).importable_path
    tag = "AddressField"
    name: rx.Var[str]


address_field = AddressField.create
