"""Who holds which permission: the written table (tests/permissions.tsv) against what is judged."""

import csv
import itertools
from pathlib import Path

import pytest

from app.domain.permissions import BUILT_IN, SCOPES, SITE, SPACE, Level, Permission, Scope, Visibility, matrix
from app.domain.permissions.matrix import columns, permissions

FILE = Path(__file__).parents[3] / "permissions.tsv"
ROWS = list(csv.DictReader(FILE.read_text().splitlines(), delimiter="\t"))
WRITTEN = {row["permission"]: row["holders"] for row in ROWS}


@pytest.mark.req("AUTHZ-02")
@pytest.mark.parametrize("level", Level)
def test_each_permission_is_held_by_those_that_are_written_down_and_by_nobody_else(level):
    for permission in permissions(level):
        held = [name for name, rights in columns(level).items() if permission in rights]
        assert "; ".join(held) == WRITTEN[permission], permission


def test_every_permission_is_written_down_once_and_says_what_it_is_about():
    assert list(WRITTEN) == [one.value for level in Level for one in permissions(level)]
    assert {row["permission"]: row["words"] for row in ROWS} == {one.value: one.words for one in Permission}
    assert len({permission.words for permission in Permission}) == len(Permission)
    assert all(permission.words and permission.value.count(":") == 1 for permission in Permission)


def test_nobody_holds_what_is_about_something_else():
    for level, other in itertools.permutations(Level, 2):
        if other is Level.document or Level.site in (level, other):
            strangers = set(permissions(level)) - {Permission.space_oversee, Permission.space_read}
            assert all(not strangers & rights.permissions for rights in columns(other).values()), (level, other)


def test_roles_in_a_space_grow_from_reader_to_maintainer():
    for level in (Level.space, Level.document):
        held = columns(level)
        chain = [held[name].permissions for name in ("reader", "reviewer", "author", "maintainer")]
        assert all(less <= more for less, more in itertools.pairwise(chain))
        assert chain[0] < chain[2] < chain[3]


@pytest.mark.req("AUTHZ-07")
def test_what_a_token_may_be_made_for():
    reading, writing = SCOPES[Scope.read], SCOPES[Scope.write]
    assert reading == {"space:read", "member:read", "document:read", "revision:read", "evidence:read"}
    assert writing - reading == {"document:create", "document:import", "revision:save", "evidence:add"}
    assert SCOPES[Scope.evidence] == {"space:read", "evidence:read", "evidence:add"}
    assert SCOPES[Scope.spaces] > writing
    assert {one for one in SCOPES[Scope.spaces] if one.level is Level.site} == {
        "space:create", "user:read", "group:read", "role:read",
    }  # fmt: skip
    assert Permission.document_read not in SCOPES[Scope.site]
    assert {one for one in Permission if one.level is Level.site} < SCOPES[Scope.site]
    assert set().union(*SCOPES.values()) == set(Permission)


def test_roles_are_called_as_people_call_them():
    names = {role.name for role in BUILT_IN.values()}
    assert names == {"Owner", "Admin", "Member", "Guest", "Maintainer", "Author", "Reviewer", "Reader"}
    assert {role.key: role.level for role in BUILT_IN.values()} == {
        **dict.fromkeys(SITE, Level.site),
        **dict.fromkeys(SPACE, Level.space),
    }


def test_the_table_names_those_who_hold_nothing_as_well():
    roles = ["maintainer", "author", "reviewer", "reader"]
    assert list(columns(Level.site)) == ["owner", "admin", "member", "guest", "nobody"]
    assert list(columns(Level.space)) == [
        *roles, "maintainer, archived", "admin without a role in it", "member, space open to the site",
        "guest, space open to the site", "anybody, space public", "nobody",
    ]  # fmt: skip
    assert list(columns(Level.document)) == [
        *roles, "invited author", "invited reviewer", "invited reader", "maintainer, archived",
        "owner who reads the space", "owner without a role", "admin without a role", "whoever has a link",
        "anybody, space public", "nobody",
    ]  # fmt: skip


def test_each_column_is_somebody_who_can_occur():
    occurring = [*matrix._in_space().values(), *matrix._on_document().values()]
    for standing in occurring:
        assert isinstance(standing.visibility, Visibility)
        assert {type(standing.is_archived), type(standing.is_owner), type(standing.has_link)} == {bool}
    assert [name for name, one in matrix._on_document().items() if one.is_owner] == [
        "owner who reads the space", "owner without a role",
    ]  # fmt: skip
    assert matrix._in_space()["guest, space open to the site"].visibility is Visibility.instance
