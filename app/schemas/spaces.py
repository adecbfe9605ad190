"""Spaces: where documents live and where roles are given."""

from app.domain.permissions import SpaceRole
from app.schemas.base import Command, View


class CreateSpace(Command):
    """`key` is the `KEY` of `KEY-n`: 2-10 capitals and digits, beginning with a capital."""

    key: str
    name: str


class SpaceView(View):
    """`role` is the actor's own in this space."""

    key: str
    name: str
    documents: int
    role: SpaceRole
    can_write: bool
