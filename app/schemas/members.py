"""Who is in a space, as what."""

from pydantic import Field, field_serializer

from app.domain.permissions import Level, Permission
from app.schemas.base import Command, View

KEY = r"^[0-9a-z]{1,32}$"


class RoleView(View):
    """`key` is what is given; `permissions` what it comes to."""

    key: str
    name: str
    level: Level
    is_custom: bool
    permissions: tuple[Permission, ...]
    version: int = 0
    holders: int = 0


class MemberView(View):
    """`may_change` and `may_remove` are the viewer's."""

    user_id: str
    name: str
    initials: str
    role: str
    role_name: str
    is_me: bool
    may_change: bool
    may_remove: bool


class GroupMemberView(View):
    group_id: str
    name: str
    people: int
    role: str
    role_name: str
    may_change: bool
    may_remove: bool


class MembersView(View):
    """`roles` are those that the viewer may give here."""

    people: tuple[MemberView, ...]
    groups: tuple[GroupMemberView, ...]
    roles: tuple[RoleView, ...]


class GiveRole(Command):
    """`role` is the word of a role or the id of a custom one."""

    role: str = Field(pattern=KEY)


class MakeRole(Command):
    name: str = Field(max_length=120)
    level: Level
    permissions: frozenset[Permission] = Field(max_length=100)

    @field_serializer("permissions")
    def _in_order(self, permissions: frozenset[Permission]) -> list[Permission]:
        """A set has no order of its own, and the same request reads the same in every process."""
        return sorted(permissions)


class ChangeRole(Command):
    """What is left out stays."""

    name: str | None = Field(None, max_length=120)
    permissions: frozenset[Permission] | None = Field(None, max_length=100)


class GroupView(View):
    """`claim` is what the identity provider says of whom it puts in; only who may change groups is shown it."""

    id: str
    name: str
    description: str
    site_role: str | None
    claim: str | None
    people: int
    version: int


class PersonInGroup(View):
    user_id: str
    name: str
    initials: str
    by_claim: bool


class GroupWithPeople(GroupView):
    members: tuple[PersonInGroup, ...]


class MakeGroup(Command):
    name: str = Field(max_length=120)
    description: str = Field("", max_length=4000)
    site_role: str | None = Field(None, pattern=f"^$|{KEY}")
    claim: str | None = Field(None, max_length=200)


class ChangeGroup(Command):
    """What is left out stays; an empty `site_role` or `claim` takes it away."""

    name: str | None = Field(None, max_length=120)
    description: str | None = Field(None, max_length=4000)
    site_role: str | None = Field(None, pattern=f"^$|{KEY}")
    claim: str | None = Field(None, max_length=200)
