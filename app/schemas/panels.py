"""What an admin panel says of itself: data, and the service that answers it. How it looks is `components.admin`'s."""

import dataclasses
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

from app.domain.permissions import Permission
from app.schemas.identity import Actor
from app.schemas.listing import Listed, Listing

Item = TypeVar("Item")
Query = TypeVar("Query", bound=Listing)


class Kind(StrEnum):
    """How a column is drawn. Besides its key a cell may have `{key}_note`, a second line, and `{key}_href`; a badge
    has `{key}_tone`. A mark is there or not.
    """

    text = "text"
    code = "code"
    number = "number"
    time = "time"
    badge = "badge"
    mark = "mark"


@dataclass(frozen=True, slots=True)
class Column:
    """`sort` is the list's name for this order. A `spare` column gives way on middling screens."""

    key: str
    label: str
    kind: Kind = Kind.text
    sort: str = ""
    spare: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A field of the query, and what stands in the address: free text, one of `options` (value to label), or a day."""

    name: str
    label: str
    options: Mapping[str, str] = field(default_factory=dict)
    is_day: bool = False


class Input(StrEnum):
    """How a field is filled in; `choices` takes several of its options, `person` somebody of the site, by id, `lookup`
    one of what another list holds now.
    """

    text = "text"
    email = "email"
    area = "area"
    choice = "choice"
    choices = "choices"
    person = "person"
    lookup = "lookup"


@dataclass(frozen=True, slots=True)
class Lookup:
    """Where options come from: a list of our API, and which fields of its items are value and words. `where` says what
    a field of theirs is or, being a list, holds.
    """

    source: str
    value: str
    words: str
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """What an action needs to know. A row's cell `now_{name}` stands in it at first; of a lookup `not_{name}` is
    no choice. Left empty it is not sent, unless it `keeps` what is empty.
    """

    name: str
    label: str
    kind: Input = Input.text
    options: Mapping[str, str] = field(default_factory=dict)
    lookup: Lookup | None = None
    value: str = ""
    hint: str = ""
    required: bool = True
    keeps: bool = False

    def as_map(self) -> dict[str, Any]:
        """As the page's script takes it; options as pairs, whose order counts."""
        plain = {name: getattr(self, name) for name in ("name", "label", "value", "hint", "required", "keeps")}
        lookup = dataclasses.asdict(self.lookup) if self.lookup else None
        options = [list(pair) for pair in self.options.items()]
        return {**plain, "kind": self.kind.value, "options": options, "lookup": lookup}


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do: the `call` of our API that does it, as `METHOD /path/{cell}`, with `body` and `fields` as JSON,
    and the row's cell `etag` in If-Match.

    Of a row it is offered where the cell `may` names it; `confirm` is asked first and may quote `{name}`. Afterwards
    `done` is said; one that `shows` answers with subject, text or link, which are shown and nowhere kept.
    """

    name: str
    label: str
    call: str
    body: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[Field, ...] = ()
    done: str = ""
    confirm: str = ""
    grave: bool = False
    shows: bool = False

    def as_map(self) -> dict[str, Any]:
        """As the page's script takes it."""
        plain = {name: getattr(self, name) for name in ("name", "label", "call", "done", "confirm", "grave", "shows")}
        body = json.dumps(dict(self.body)) if self.body else ""
        return {**plain, "body": body, "fields": [one.as_map() for one in self.fields]}


@dataclass(frozen=True, slots=True)
class Panel(Generic[Query, Item]):
    """One page `/admin/{address}`; `makes` are actions on the list as a whole.

    `cells` turns an item into flat text by column key, besides `id` and `name` (what
    the row is called), `may` (names of actions) and `more` (JSON of what is shown on demand).
    """

    address: str
    title: str
    about: str
    icon: str
    place: int
    permission: Permission
    sort: str
    query: type[Query]
    page: Callable[[Actor, Query], Awaitable[Listed[Item]]]
    cells: Callable[[Item], dict[str, str]]
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    actions: tuple[Action, ...] = ()
    makes: tuple[Action, ...] = ()
    exports: tuple[tuple[str, str], ...] = ()
    nothing: str = "There is nothing here."

    @property
    def href(self) -> str:
        return f"/admin/{self.address}"


AnyPanel = Panel[Any, Any]
