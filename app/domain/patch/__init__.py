"""Minimal changes of a text: each touches only the lines concerned, in the author's own notation.

A patch is made from a model and the text it was read from; nothing here rewrites what it does not name.
"""

from app.domain.patch.components import add_component_field, add_dependency, rename_component
from app.domain.patch.document import add_field, add_section, fill_placeholder
from app.domain.patch.edits import Edit, NoPlace, apply
from app.domain.patch.tables import add_row

__all__ = [
    "Edit",
    "NoPlace",
    "add_component_field",
    "add_dependency",
    "add_field",
    "add_row",
    "add_section",
    "apply",
    "fill_placeholder",
    "rename_component",
]
