"""Forms that go to our own API over HTTP, not through the event socket: sign-in, import, revisions."""

from typing import Any

import reflex as rx

_ASK = rx.asset("ask.jsx", shared=True)
_BRIDGE = rx.asset("bridge.jsx", shared=True)
_JSX = rx.asset("post_form.jsx", shared=True).importable_path


class PostForm(rx.Component):
    """Posts its fields to `action`, or to `path` below the API of the document that the address names.

    With `json` they travel as one object, to a route that programs use as well (`method` POST unless it says
    otherwise); it tells no next place, so `then` and `notice` do. With `done` one stays: these words stand in
    the form's place, with the field `reveal` of the answer, a secret that is shown once, and `on_done` is called.
    """

    library = _JSX
    tag = "PostForm"
    action: rx.Var[str]
    path: rx.Var[str]
    method: rx.Var[str]
    json: rx.Var[bool]
    then: rx.Var[str]
    notice: rx.Var[str]
    done: rx.Var[str]
    reveal: rx.Var[str]
    on_done: rx.EventHandler[rx.event.no_args_event_spec]
    label: rx.Var[str]


class SourceArea(rx.Component):
    """A text area for Markdown source. `exact` is the file name it travels under, `keep` its place in the browser;
    with `served` its text must have come with the page.
    """

    library = _JSX
    tag = "SourceArea"
    name: rx.Var[str]
    keep: rx.Var[str]
    label: rx.Var[str]
    exact: rx.Var[str]
    placeholder: rx.Var[str]
    rows: rx.Var[int]
    served: rx.Var[bool]


class FilePicker(rx.Component):
    library = _JSX
    tag = "FilePicker"
    name: rx.Var[str]
    label: rx.Var[str]
    hint: rx.Var[str]
    multiple: rx.Var[bool]
    accept: rx.Var[str]


def post_form(*children: rx.Component, label: str, **props: Any) -> rx.Component:
    return PostForm.create(*children, label=label, **props)


source_area = SourceArea.create
file_picker = FilePicker.create
