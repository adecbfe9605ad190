"""With whom a document is shared."""

from datetime import datetime

from pydantic import Field

from app.domain.permissions import SpaceRole
from app.schemas.base import Command, View


class SharedWith(View):
    user_id: str
    name: str
    initials: str
    role: SpaceRole


class LinkView(View):
    id: str
    made_by: str
    created_at: datetime
    expires_at: datetime


class NewLink(View):
    """`url` is shown here and never again."""

    link: LinkView
    url: str


class SharingView(View):
    """`may_link` when links can be made here at all, by this viewer. `badge` is the Markdown of the document's badge;
    empty while the document is not public.
    """

    owner: str
    people: tuple[SharedWith, ...]
    links: tuple[LinkView, ...]
    may_invite: bool
    may_link: bool
    badge: str


class Invite(Command):
    role: SpaceRole = SpaceRole.reader


class MakeLink(Command):
    days: int = Field(14, ge=1, le=90)


class LinkOf(MakeLink):
    """The same with the id of the document that it leads to."""

    document_id: str
