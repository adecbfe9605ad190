"""What somebody may read: the one condition that every query for a person carries."""

from sqlalchemy import ColumnElement, Select, select
from sqlmodel import col

from models import Document, SpaceMember


def spaces_of(user_id: str) -> Select[str]:
    """Ids of the spaces in which the person holds a role; every role may read."""
    return select(col(SpaceMember.space_id)).where(col(SpaceMember.user_id) == user_id)


def readable_by(user_id: str) -> ColumnElement[bool]:
    return col(Document.space_id).in_(spaces_of(user_id))
