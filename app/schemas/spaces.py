"""Spaces: where documents live and where roles are given."""

from pydantic import Field

from app.domain.permissions import Permission, Visibility
from app.schemas.base import Command, View


class CreateSpace(Command):
    """`key` is the `KEY` of `KEY-n`: 2-10 capitals and digits, beginning with a capital."""

    key: str
    name: str
    description: str = ""
    visibility: Visibility = Visibility.private


class ChangeSpace(Command):
    """What is left out stays."""

    name: str | None = Field(None, max_length=400)
    description: str | None = Field(None, max_length=4000)
    visibility: Visibility | None = None


class SpaceView(View):
    """`roles` are the viewer's own in this space, by name, and `permissions` what they come to."""

    key: str
    name: str
    description: str
    visibility: Visibility
    is_archived: bool
    documents: int
    roles: tuple[str, ...]
    permissions: tuple[Permission, ...]
    version: int

    @property
    def can_write(self) -> bool:
        return Permission.document_create in self.permissions
