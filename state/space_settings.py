"""What can be changed of one space: what it is, who sees it, who is in it as what."""

from typing import Any

import reflex as rx

from app.core.errors import Forbidden, NotFound
from app.core.paging import MAX_LIMIT
from app.domain.permissions import Permission
from app.gateway.context import actor
from app.schemas.documents import DeletedDocument, FindDeleted
from app.schemas.listing import Listed
from app.schemas.members import GroupMemberView, MembersView, MemberView
from app.schemas.panels import Action, Field, Input
from app.schemas.spaces import SpaceView
from app.services import groups, members, removals, shell, spaces
from state import words


class SpaceSettingsState(rx.State):
    """`space` is the row that its actions are about; what each person may be done is in the rows. Everything that is
    done goes to our API, and then this is loaded again.
    """

    space: dict[str, str] = {}
    doings: list[dict[str, Any]] = []
    rows: list[dict[str, str]] = []
    row_doings: list[dict[str, Any]] = []
    makes: list[dict[str, Any]] = []
    deleted: list[dict[str, str]] = []
    missing: str = ""
    is_loaded: bool = False

    @rx.event
    async def load(self) -> None:
        """What is gone is taken off the screen: it may be what this person may not see any more."""
        self.space, self.rows, self.makes, self.deleted, self.missing, self.is_loaded = {}, [], [], [], "", False
        try:
            view = await spaces.view(actor(), self.key)
            found = await members.view(actor(), view.key)
        except (NotFound, Forbidden) as error:
            self.missing = error.message
            return
        given = {role.key: role.name for role in found.roles}
        self.space = {**words.space(view), "etag": f'"{view.version}"', "may": _may(view, found)}
        self.doings = [one.as_map() for one in _doings(view.key)]
        self.rows = [*map(_person, found.people), *map(_group, found.groups)]
        self.row_doings = [one.as_map() for one in _row_doings(view.key, given)]
        gone = await _last_deleted(view)
        self.deleted = [_deleted(one) for one in gone.items]
        self.space["deleted"] = f"These are the last {MAX_LIMIT}: restore some to see more." if gone.next_cursor else ""
        self.makes = [one.as_map() for one in await _makes(view, found, given)]
        self.is_loaded = True


def _may(view: SpaceView, found: MembersView) -> str:
    """The names of what may be done with the space."""
    held, is_in = view.permissions, any(one.is_me for one in found.people)
    named = {
        "describe": Permission.space_update in held,
        "show": Permission.space_publish in held,
        "archive": Permission.space_archive in held and not view.is_archived,
        "reopen": Permission.space_archive in held and view.is_archived,
        "leave": is_in,
    }
    return " ".join(name for name, may in named.items() if may)


def _doings(key: str) -> tuple[Action, ...]:
    at = f"/api/v1/spaces/{key}"
    about = (Field("name", "Name"), Field("description", "What it is for", Input.area, required=False, keeps=True))
    seen = Field("visibility", "Who reads it without a role", Input.choice, words.SEEN_BY)
    archived = "Everybody can still read {name}, and nobody can change it, until it is taken back into use."
    return (
        Action("describe", "Edit", f"PATCH {at}", fields=about, done="Saved."),
        Action("show", "Change who sees it", f"PATCH {at}", fields=(seen,), done="Saved."),
        Action("leave", "Leave this space", f"POST {at}/leave", done="You left the space.",
               confirm="You lose what your role gives you in {name}. Somebody who maintains it can let you in again.",
               grave=True),
        Action("archive", "Archive this space", f"POST {at}/archive", done="The space is archived.",
               confirm=archived, grave=True),
        Action("reopen", "Take it back into use", f"POST {at}/reopen", done="The space is in use again."),
    )  # fmt: skip


def _row_doings(key: str, given: dict[str, str]) -> tuple[Action, ...]:
    at = f"/api/v1/spaces/{key}"
    role = (Field("role", "Role", Input.choice, given),)
    return (
        Action("change", "Change role", f"PUT {at}/members/{{id}}", fields=role, done="The role is changed."),
        Action("remove", "Take out", f"DELETE {at}/members/{{id}}", done="They are out of the space.",
               confirm="{name} loses this space with the next thing they do.", grave=True),
        Action("change_group", "Change role", f"PUT {at}/groups/{{id}}", fields=role, done="The role is changed."),
        Action("remove_group", "Take out", f"DELETE {at}/groups/{{id}}", done="The group is out of the space.",
               confirm="Everybody in {name} loses what the group has here.", grave=True),
    )  # fmt: skip


async def _makes(view: SpaceView, found: MembersView, given: dict[str, str]) -> list[Action]:
    """Letting in who has an account, a group, and whoever gets a link."""
    if Permission.member_add not in view.permissions or not given:
        return []
    at, role = f"/api/v1/spaces/{view.key}", Field("role", "Role", Input.choice, given, value="reader")
    person = Field("user_id", "Person", Input.person, hint="Type a part of a name or an address.")
    made = [Action("add", "Add somebody", f"PUT {at}/members/{{user_id}}", fields=(person, role), done="They are in.")]
    on_site = await shell.permissions(actor())
    there = {group.group_id for group in found.groups}
    if Permission.group_read in on_site:
        others = {group.id: group.name for group in await groups.find(actor()) if group.id not in there}
        if others:
            which = Field("group_id", "Group", Input.choice, others)
            call = f"PUT {at}/groups/{{group_id}}"
            made.append(Action("add_group", "Add a group", call, fields=(which, role), done="The group is in."))
    if Permission.user_invite in on_site:
        known = {key: name for key, name in given.items() if key in words.SPACE_ROLES}
        fields = (
            Field("email", "E-mail address", Input.email),
            Field("space_role", "Role", Input.choice, known, value="reader"),
        )
        body = {"space": view.key}
        made.append(Action("invite", "Invite by link", "POST /api/v1/invitations", body, fields, shows=True))
    return made


async def _last_deleted(view: SpaceView) -> Listed[DeletedDocument]:
    """The last hundred; none for who may not restore them."""
    if Permission.document_delete not in view.permissions:
        return Listed(items=(), next_cursor="", total=0, is_cut=False)
    return await removals.of_space(actor(), view.key, FindDeleted(limit=MAX_LIMIT))


def _deleted(one: DeletedDocument) -> dict[str, str]:
    return {
        "id": one.number,
        "name": f"{one.number} {one.title}",
        "document": one.title,
        "document_note": one.number,
        "owner": one.owner,
        "deleted": one.deleted_at.isoformat(),
        "may": "restore",
    }


def _person(one: MemberView) -> dict[str, str]:
    may = [name for name, is_so in (("change", one.may_change), ("remove", one.may_remove and not one.is_me)) if is_so]
    return {
        "id": one.user_id,
        "name": one.name,
        "who": f"{one.name} (you)" if one.is_me else one.name,
        "role": one.role_name,
        "now_role": one.role,
        "may": " ".join(may),
    }


def _group(one: GroupMemberView) -> dict[str, str]:
    may = [name for name, is_so in (("change_group", one.may_change), ("remove_group", one.may_remove)) if is_so]
    count = "1 person" if one.people == 1 else f"{one.people} people"
    return {
        "id": one.group_id,
        "name": f"the group {one.name}",
        "who": one.name,
        "who_note": f"Group of {count}",
        "role": one.role_name,
        "now_role": one.role,
        "may": " ".join(may),
    }
