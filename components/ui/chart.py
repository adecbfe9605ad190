"""Charts drawn in the page from numbers, and the minute's beat that asks for new ones."""

import reflex as rx
from reflex.event import passthrough_event_spec

_JSX = rx.asset("chart.jsx", shared=True).importable_path


class Chart(rx.Component):
    """`lines` is JSON: a list of `name` and `points`, one each `step` minutes from `begins` on. `kind` is bars or
    lines, `unit` count, seconds or bytes; `said` is what somebody hears who does not see it.
    """

    library = _JSX
    tag = "Chart"
    title: rx.Var[str]
    said: rx.Var[str]
    unit: rx.Var[str]
    kind: rx.Var[str]
    lines: rx.Var[str]
    begins: rx.Var[str]
    step: rx.Var[str]


class EachMinute(rx.Component):
    library = _JSX
    tag = "EachMinute"
    on_tick: rx.EventHandler[passthrough_event_spec()]


chart = Chart.create
each_minute = EachMinute.create
