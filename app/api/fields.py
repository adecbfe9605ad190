"""Answers with some of their fields: `fields=number,title` instead of everything."""

from typing import Annotated, Any

from fastapi import Query
from starlette.responses import JSONResponse, Response

from app.core.errors import Invalid
from app.schemas.base import View
from app.schemas.listing import Listed

Fields = Annotated[
    str, Query(max_length=400, description="Names of fields, separated by commas; without them everything is given")
]


def chosen(shown: View, fields: str, answer: Response | None = None) -> Response:
    """Of a list, its items have only these fields; `answer` has the headers to be sent. Raises `Invalid` for a field
    that there is not.
    """
    kind: type[View] = type(shown)
    if isinstance(shown, Listed):
        kind = kind.model_fields["items"].annotation.__args__[0]  # type: ignore[union-attr]  # tuple[Item, ...]
    names = [name.strip() for name in fields.split(",")]
    unknown = [name for name in names if name not in kind.model_fields]
    if unknown:
        known = ", ".join(kind.model_fields)
        raise Invalid(f"There is no such field; the fields are {known}.", details={"field": "fields"})
    plain = shown.model_dump(mode="json")
    if isinstance(shown, Listed):
        told = {**plain, "items": [_only(item, names) for item in plain["items"]]}
    else:
        told = _only(plain, names)
    return JSONResponse(told, headers=dict(answer.headers) if answer else None)


def _only(item: dict[str, Any], names: list[str]) -> dict[str, Any]:
    return {name: item[name] for name in names}
