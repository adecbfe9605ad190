"""What somebody's roles come to: several at once, custom ones, and what counts for nothing."""

import itertools

import pytest

from app.domain.permissions import (
    ANYBODY,
    BUILT_IN,
    DOCUMENT_OWNER,
    LINKED,
    NOBODY,
    OVERSEER,
    SITE,
    SPACE,
    Level,
    Permission,
    Rights,
    SiteRole,
    SiteStanding,
    SpaceRole,
    Standing,
    Visibility,
    custom,
    granted_by,
    may_give,
    over_account,
)

MEMBER = SiteStanding(SiteRole.member)
READS = {Permission.space_read, Permission.document_read, Permission.revision_read}
ADDS = custom("c1", "Greeter", Level.space, frozenset({Permission.member_add}))
AUDITS = custom("c2", "Auditor", Level.site, frozenset({Permission.audit_read}))


def on_documents(permissions):
    return {one for one in permissions if one.level is Level.document}


def test_roles_add_up():
    both = Standing(MEMBER, Visibility.private, (BUILT_IN["author"], ADDS))
    assert both.in_space().permissions == SPACE[SpaceRole.author] | {Permission.member_add}
    assert both.on_document().permissions == on_documents(SPACE[SpaceRole.author])
    assert SiteStanding(SiteRole.guest, (AUDITS,)).rights.permissions == {Permission.audit_read}
    assert SiteStanding(SiteRole.member, (AUDITS, BUILT_IN["admin"])).rights.permissions == SITE[SiteRole.admin]


@pytest.mark.parametrize("visibility", Visibility)
def test_who_may_not_sign_in_any_more_holds_what_anybody_holds(visibility):
    """Whatever is still written down for them."""
    everything = Standing(
        SiteStanding(None, (BUILT_IN["owner"],)),
        visibility,
        (BUILT_IN["maintainer"],),
        invited=SpaceRole.author,
        is_owner=True,
    )
    nothing = Standing(NOBODY, visibility)
    assert everything.in_space() == nothing.in_space()
    assert everything.on_document() == nothing.on_document()
    assert everything.site.rights.permissions == frozenset()


def test_owning_a_document_adds_to_reading_it_and_is_no_way_to_it():
    for visibility in Visibility:
        owns = Standing(MEMBER, visibility, is_owner=True)
        assert owns.on_document() == Standing(MEMBER, visibility).on_document()
    reads = SPACE[SpaceRole.reader]
    by_role = Standing(MEMBER, Visibility.private, (BUILT_IN["reader"],), is_owner=True)
    by_invitation = Standing(MEMBER, Visibility.private, invited=SpaceRole.reader, is_owner=True)
    assert by_role.on_document() == by_invitation.on_document()
    assert by_role.on_document().permissions == on_documents(reads) | DOCUMENT_OWNER
    assert by_role.in_space().permissions == reads


def test_an_invitation_and_a_link_are_for_the_document_alone():
    invited = Standing(MEMBER, Visibility.private, invited=SpaceRole.author, has_link=True)
    assert invited.in_space().permissions == frozenset()
    assert invited.on_document().permissions == on_documents(SPACE[SpaceRole.author])
    linked = Standing(NOBODY, Visibility.private, has_link=True)
    assert linked.on_document().permissions == LINKED == {Permission.document_read}


def test_whom_a_space_shows_itself_to():
    shown = {
        (visibility, role): Standing(SiteStanding(role), visibility).in_space().permissions
        for visibility in Visibility
        for role in (SiteRole.member, SiteRole.guest, None)
    }
    reading = {pair for pair, held in shown.items() if held == ANYBODY == READS}
    everybody = {(Visibility.public, role) for role in (SiteRole.member, SiteRole.guest, None)}
    assert reading == everybody | {(Visibility.instance, SiteRole.member)}
    assert all(not held for pair, held in shown.items() if pair not in reading)


@pytest.mark.parametrize("role", [SiteRole.owner, SiteRole.admin])
def test_who_looks_after_spaces_sees_to_people_and_reads_no_document(role):
    looks = Standing(SiteStanding(role), Visibility.private)
    assert looks.in_space().permissions == OVERSEER | {Permission.space_oversee}
    assert looks.on_document().permissions == frozenset()


def test_an_archived_space_is_read_and_says_what_is_missed():
    for roles in ((), (BUILT_IN["reader"],), (BUILT_IN["author"],), (BUILT_IN["maintainer"],)):
        used = Standing(MEMBER, Visibility.instance, roles, is_owner=True)
        archived = Standing(MEMBER, Visibility.instance, roles, is_archived=True, is_owner=True)
        for before, after in (
            (used.in_space(), archived.in_space()),
            (used.on_document(), archived.on_document()),
        ):
            assert before.missed == frozenset()
            assert after.permissions | after.missed == before.permissions
            assert not after.permissions & after.missed
            assert not {Permission.revision_save, Permission.document_create, Permission.member_add} & after.permissions
            assert READS & before.permissions <= after.permissions


def test_a_custom_role_in_a_space_reads_it():
    assert ADDS.permissions == SPACE[SpaceRole.reader] | {Permission.member_add}
    assert (ADDS.key, ADDS.name, ADDS.level, ADDS.is_custom) == ("c1", "Greeter", Level.space, True)
    assert AUDITS.permissions == {Permission.audit_read}
    assert not any(role.is_custom for role in BUILT_IN.values())


@pytest.mark.parametrize(
    ("level", "permission"),
    [
        (Level.space, Permission.user_read),
        (Level.site, Permission.space_read),
        (Level.site, Permission.document_read),
    ],
)
def test_a_role_carries_permissions_of_its_level_only(level, permission):
    with pytest.raises(ValueError, match=r"^a role carries permissions of its own level only$"):
        custom("c", "C", level, frozenset({permission}))


def test_nobody_gives_more_than_they_have():
    for giver, given in itertools.product(SpaceRole, repeat=2):
        rights = Standing(MEMBER, Visibility.private, (BUILT_IN[giver],)).in_space()
        assert may_give(rights, BUILT_IN[given]) == (SPACE[given] <= SPACE[giver])
    for giver, given in itertools.product(SiteRole, repeat=2):
        assert may_give(SiteStanding(giver).rights, BUILT_IN[given]) == (SITE[given] <= SITE[giver])


def test_who_looks_after_spaces_gives_any_role_there_and_no_more_than_theirs_on_the_site():
    looks = Standing(SiteStanding(SiteRole.admin), Visibility.private).in_space()
    assert all(may_give(looks, BUILT_IN[role]) for role in SpaceRole)
    assert not may_give(SiteStanding(SiteRole.admin).rights, BUILT_IN["owner"])
    assert not may_give(Rights(frozenset({Permission.space_oversee})), AUDITS)


ON_ACCOUNTS = {"user:change", "user:disable", "user:hand_over", "user:erase", "outbox:copy"}


def test_acting_on_an_account_takes_more_than_it_has():
    for actor, other in itertools.product(SiteRole, repeat=2):
        rights, theirs = SiteStanding(actor).rights, SiteStanding(other).rights
        left = over_account(rights, theirs).permissions
        allowed = actor is SiteRole.owner or (actor is SiteRole.admin and other in (SiteRole.member, SiteRole.guest))
        assert left & ON_ACCOUNTS == (ON_ACCOUNTS if allowed else set())
        assert left - ON_ACCOUNTS == rights.permissions - ON_ACCOUNTS


def test_a_group_counts_when_somebody_is_acted_on():
    """A member whose group may do what an admin may is no easier to disable than an admin."""
    admin = SiteStanding(SiteRole.admin).rights
    as_admin = SiteStanding(SiteRole.member, (BUILT_IN["admin"],)).rights
    assert Permission.user_disable not in over_account(admin, as_admin)
    assert Permission.user_disable in over_account(admin, SiteStanding(SiteRole.member, (AUDITS,)).rights)


def test_who_can_give_a_missing_permission():
    said = {granted_by(permission) for permission in Permission}
    assert said == {
        "an owner or admin of this site",
        "an owner of this site",
        "a maintainer of the space",
        "its owner or a maintainer of its space",
    }
    assert granted_by(Permission.user_appoint) == "an owner of this site"
    assert granted_by(Permission.user_disable) == "an owner or admin of this site"
    assert granted_by(Permission.member_add) == "a maintainer of the space"
    assert granted_by(Permission.revision_save) == "its owner or a maintainer of its space"
