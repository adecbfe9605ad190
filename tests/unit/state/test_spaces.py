"""The States of spaces: what they show of a space and its people, and which actions they offer to whom."""

from types import SimpleNamespace

import pytest

from app.core.errors import Forbidden, NotFound
from app.domain.permissions import SPACE, Permission, SiteRole, SpaceRole
from app.gateway.context import Caller, caller_var
from app.schemas.documents import DeletedDocument, DocumentPage
from app.schemas.identity import Actor, Viewer
from app.schemas.listing import Listed
from app.schemas.members import GroupMemberView, GroupView, MembersView, MemberView, RoleView
from app.schemas.spaces import SpaceView
from app.services import documents, groups, members, removals, shell, spaces
from state.space import SpaceState
from state.space_settings import SpaceSettingsState
from state.spaces import SpacesState
from tests.unit.state.test_states import AT, answering

ACTOR = Actor(user_id="u", name="Ann", email="a@example.org", role=SiteRole.member, session_id="s", initials="A")
NOTHING = DocumentPage(items=(), next_cursor="", total=0, is_cut=False)


@pytest.fixture(autouse=True)
def signed_in():
    before = caller_var.set(Caller(actor=ACTOR))
    yield
    caller_var.reset(before)


def space(role=SpaceRole.maintainer, *, permissions=None, archived=False):
    held = SPACE[role] if permissions is None else permissions
    return SpaceView(
        key="ENG",
        name="Engineering <b>",
        description="Text",
        visibility="private",
        is_archived=archived,
        documents=1200,
        roles=(role.capitalize(),),
        permissions=sorted(held),
        version=4,
    )


def member(user_id, role="reader", *, may=True):
    return MemberView(
        user_id=user_id, name=f"Name {user_id}", initials="N", role=role, role_name=role.capitalize(),
        is_me=user_id == "u", may_change=may, may_remove=may,
    )  # fmt: skip


def people(*found, groups_in=(), roles=("maintainer", "reader")):
    views = tuple(
        RoleView(key=key, name=key.capitalize(), level="space", is_custom=False, permissions=()) for key in roles
    )
    return MembersView(people=found, groups=groups_in, roles=views)


def page(**query):
    found = SimpleNamespace(key="ENG", router=SimpleNamespace(url=SimpleNamespace(query_parameters=query)))
    found._list = lambda key: SpaceState._list(found, key)
    found._show = lambda view: SpaceState._show(found, view)
    return found


async def test_the_list_offers_a_new_space_to_who_may_make_one(monkeypatch):
    answering(monkeypatch, spaces, "list_for", (space(),))
    for held, offered in ((frozenset(), []), (frozenset({Permission.space_create}), ["make"])):
        answering(monkeypatch, shell, "permissions", held)
        state = SimpleNamespace()
        await SpacesState.load.fn(state)
        assert [one["name"] for one in state.makes] == offered
        assert state.rows[0]["seen"] == "Only people in it"
        assert state.rows[0]["documents"] == "1,200"


async def test_a_space_shows_its_people_and_the_documents_of_this_page(monkeypatch):
    answering(monkeypatch, spaces, "view", space())
    listed = answering(monkeypatch, documents, "page_of", NOTHING.model_copy(update={"next_cursor": "NEXT"}))
    group = GroupMemberView(
        group_id="g", name="Platform", people=3, role="reader", role_name="Reader", may_change=True, may_remove=True
    )
    answering(monkeypatch, members, "view", people(*[member(str(at)) for at in range(11)], groups_in=(group,)))
    state = page(after="HERE")
    await SpaceState.load.fn(state)
    assert listed.asked[0][2].after == "HERE"
    assert state.next_href == "/s/ENG?after=NEXT"
    assert len(state.people) == 8
    assert state.people[0]["words"] == "Name 0, Reader"
    assert state.more == "3 more, Platform (3)"
    assert (state.missing, state.closed) == ("", "")


async def test_somebody_unknown_sees_documents_and_no_people(monkeypatch):
    caller_var.set(Caller())
    asked = answering(monkeypatch, spaces, "view", space(SpaceRole.reader))
    answering(monkeypatch, documents, "page_of", NOTHING)
    answering(monkeypatch, members, "view", AssertionError("asked"))
    state = page()
    await SpaceState.load.fn(state)
    assert asked.asked[0][0] == Viewer()
    assert state.people == []


async def test_who_may_not_read_the_documents_is_told_why(monkeypatch):
    answering(monkeypatch, spaces, "view", space(permissions={Permission.space_read}))
    answering(monkeypatch, documents, "page_of", AssertionError("asked"))
    state = page()
    await SpaceState.load.fn(state)
    assert "takes a role" in state.closed


@pytest.mark.req("AUTHZ-06")
@pytest.mark.parametrize("kind", [SpaceState, SpaceSettingsState])
async def test_what_was_shown_is_gone_when_the_space_is(monkeypatch, kind):
    answering(monkeypatch, spaces, "view", NotFound("There is no such space."))
    state = page()
    state.rows, state.people, state.space, state.head = [{"who": "Ann"}], [{}], {"name": "E"}, {"name": "E"}
    await kind.load.fn(state)
    assert state.missing == "There is no such space."
    assert state.rows == []
    assert (state.head if kind is SpaceState else state.space) == {}


async def test_who_may_not_see_the_people_is_told_so(monkeypatch):
    answering(monkeypatch, spaces, "view", space(SpaceRole.reader))
    answering(monkeypatch, members, "view", Forbidden("You may not see who is in this space."))
    state = page()
    await SpaceSettingsState.load.fn(state)
    assert state.missing == "You may not see who is in this space."
    assert (state.space, state.rows, state.is_loaded) == ({}, [], False)


OFFERED = {
    SpaceRole.maintainer: "describe show archive leave",
    SpaceRole.author: "leave",
    SpaceRole.reader: "leave",
}


@pytest.mark.parametrize("role", OFFERED)
async def test_who_is_offered_what(monkeypatch, role):
    answering(monkeypatch, spaces, "view", space(role))
    given = ("maintainer", "reader") if role is SpaceRole.maintainer else ()
    answering(monkeypatch, members, "view", people(member("u", role), member("x"), roles=given))
    answering(monkeypatch, shell, "permissions", frozenset({Permission.group_read, Permission.user_invite}))
    group = GroupView(id="g", name="Platform", description="", site_role=None, claim=None, people=1, version=1)
    answering(monkeypatch, groups, "find", (group,))
    gone = DeletedDocument(number="ENG-3", title="Gone", owner="Ann", revision=2, deleted_at=AT)
    answering(monkeypatch, removals, "of_space", Listed(items=(gone,), next_cursor="", total=1, is_cut=False))
    state = page()
    await SpaceSettingsState.load.fn(state)
    assert state.space["may"] == OFFERED[role]
    assert state.space["etag"] == '"4"'
    assert {one["name"] for one in state.doings} >= set(state.space["may"].split())
    makes = ["add", "add_group", "invite"] if role is SpaceRole.maintainer else []
    assert [one["name"] for one in state.makes] == makes
    begins = [field["value"] for one in state.makes for field in one["fields"] if field["label"] == "Role"]
    assert begins == ["reader"] * len(makes), "the least is what is chosen at first"
    restorable = [(row["document"], row["document_note"]) for row in state.deleted]
    assert restorable == ([("Gone", "ENG-3")] if role is SpaceRole.maintainer else [])
    assert [row["who"] for row in state.rows] == ["Name u (you)", "Name x"]
    assert [row["may"] for row in state.rows] == ["change", "change remove"]


@pytest.mark.parametrize(("cursor", "said"), [("", ""), ("more", "These are the last 100")])
async def test_a_list_of_deleted_documents_that_goes_on_says_so(monkeypatch, cursor, said):
    answering(monkeypatch, spaces, "view", space(permissions={Permission.document_delete}))
    answering(monkeypatch, members, "view", people(member("x", may=False)))
    gone = DeletedDocument(number="ENG-3", title="Gone", owner="Ann", revision=2, deleted_at=AT)
    answering(monkeypatch, removals, "of_space", Listed(items=(gone,), next_cursor=cursor, total=1, is_cut=False))
    state = page()
    await SpaceSettingsState.load.fn(state)
    assert (state.space["deleted"].startswith(said), bool(state.space["deleted"])) == (True, bool(said))


async def test_an_archived_space_is_offered_to_be_reopened(monkeypatch):
    answering(monkeypatch, spaces, "view", space(archived=True, permissions={Permission.space_archive}))
    answering(monkeypatch, members, "view", people(member("x", may=False)))
    state = page()
    await SpaceSettingsState.load.fn(state)
    assert state.space["may"] == "reopen"
    assert state.makes == []
    assert state.rows[0]["may"] == ""
