"""Comparing revisions: which two, by whom and when; their texts; and the form that chooses them."""

import reflex as rx

from components.ui.served import slot, slot_link, when
from state.comparison import ComparisonState

_FACTS = ComparisonState.facts


_JSX = rx.asset("compare.jsx", shared=True).importable_path


class ComparedSheet(rx.Component):
    """The page of a comparison in the view that the address names; `digest` is without the view."""

    library = _JSX
    tag = "ComparedSheet"
    digest: rx.Var[str]


class RevisionPicker(rx.Component):
    """`newest` is the number of the newest revision; the form leads to the comparison's page."""

    library = _JSX
    tag = "RevisionPicker"
    newest: rx.Var[str]


revision_picker = RevisionPicker.create


def _side(name: str) -> rx.Component:
    return rx.el.span(
        slot_link(name=f"{name}-revision", value=_FACTS[f"{name}_label"], href=_FACTS[f"{name}_href"]),
        " by ",
        slot(name=f"{name}-author", value=_FACTS[f"{name}_author"]),
        ", ",
        when(name=f"{name}-at", at=_FACTS[f"{name}_at"]),
    )


def compared_sheet() -> rx.Component:
    return ComparedSheet.create(digest=_FACTS["digest"])


def compared_head() -> rx.Component:
    return rx.el.div(
        slot(name="compared", value=_FACTS["title"], element="h2"),
        rx.el.p(_side("old"), rx.el.span("→", aria_hidden="true"), _side("new"), class_name="facts"),
        class_name="compared-head",
    )
