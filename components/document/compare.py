"""The head of a comparison: which two revisions, by whom and when."""

import reflex as rx

from components.ui.served import slot, when
from state.comparison import ComparisonState

_FACTS = ComparisonState.facts


def _side(name: str, words: str) -> rx.Component:
    return rx.el.span(
        rx.el.a(words, _FACTS[name], href=_FACTS[f"{name}_href"]),
        " by ",
        _FACTS[f"{name}_author"],
        ", ",
        when(at=_FACTS[f"{name}_at"]),
    )


def compared_head() -> rx.Component:
    return rx.el.div(
        slot(name="compared", value=_FACTS["title"], element="h2"),
        rx.cond(
            _FACTS["digest"],
            rx.el.p(_side("old", "revision "), " → ", _side("new", "revision "), class_name="facts"),
        ),
        class_name="compared-head",
    )
