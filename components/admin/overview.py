"""The overview: figures of now and charts of the last hours."""

import reflex as rx

from app import panels
from components.admin.frame import admin_frame
from components.ui.chart import chart, each_minute
from components.ui.kit import button, empty
from state.overview import OverviewState

_FIGURES, _CHARTS = 8, 6


def overview() -> rx.Component:
    return admin_frame(
        "Overview",
        panels.OVERVIEW,
        rx.el.div(
            rx.el.h2("Overview", class_name="settings-title"),
            rx.el.span(class_name="flex-1"),
            _spans(),
            class_name="panel-head",
        ),
        rx.el.div(
            rx.cond(
                OverviewState.problem,
                _problem(),
                rx.cond(OverviewState.figures.length() > 0, _filled(), _waiting()),
            ),
            custom_attrs={"aria-busy": (OverviewState.figures.length() == 0) & ~OverviewState.problem},
        ),
    )


def _problem() -> rx.Component:
    again = button("Try again", on_click=OverviewState.load)
    return rx.el.div(empty("This could not be shown", OverviewState.problem, again), role="alert")


def _spans() -> rx.Component:
    """Only when there is more than one to choose from."""
    return rx.cond(
        OverviewState.spans.length() > 1,
        rx.el.nav(
            rx.foreach(
                OverviewState.spans,
                lambda span: rx.el.a(
                    span["label"],
                    href=span["href"],
                    class_name="span",
                    custom_attrs={"aria-current": rx.cond(OverviewState.span == span["span"], "true", "false")},
                ),
            ),
            class_name="spans",
            custom_attrs={"aria-label": "Time shown"},
        ),
    )


def _filled() -> rx.Component:
    return rx.fragment(
        rx.el.dl(rx.foreach(OverviewState.figures, _figure), class_name="figures"),
        rx.el.div(
            rx.foreach(
                OverviewState.charts,
                lambda one: chart(
                    title=one["title"],
                    said=one["said"],
                    unit=one["unit"],
                    kind=one["kind"],
                    lines=one["lines"],
                    begins=one["begins"],
                    step=one["step"],
                ),
            ),
            class_name="charts",
        ),
        each_minute(on_tick=OverviewState.load),
    )


def _figure(figure: rx.Var[dict[str, str]]) -> rx.Component:
    value = rx.cond(figure["href"], rx.el.a(figure["value"], href=figure["href"]), rx.el.span(figure["value"]))
    return rx.el.div(
        rx.el.dt(figure["label"]),
        rx.el.dd(value, rx.el.span(figure["note"], class_name="figure-note")),
        class_name="figure",
        data_tone=figure["tone"],
    )


def _waiting() -> rx.Component:
    return rx.el.div(
        rx.el.div(*[rx.el.div(class_name="figure skeleton") for _ in range(_FIGURES)], class_name="figures"),
        rx.el.div(*[rx.el.div(class_name="chart skeleton") for _ in range(_CHARTS)], class_name="charts"),
        custom_attrs={"aria-hidden": "true"},
    )
