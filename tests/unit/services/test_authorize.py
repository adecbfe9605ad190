"""The check that begins every use case: what is refused with which words, for people, tokens and nobody."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from app.core.errors import AppError, Forbidden, NotFound, Unauthenticated
from app.core.settings import settings
from app.domain.permissions import Permission, Rights, Scope, SiteRole, SiteStanding
from app.schemas.identity import Actor, Viewer
from app.services import authorize

ACTOR = Actor(user_id="u", name="Ann", email="a@example.org", role=SiteRole.member, session_id="s", initials="A")
NOBODY = Viewer()
P = Permission
NONE = Rights(frozenset())


def token(*scopes):
    return ACTOR.model_copy(update={"scopes": frozenset(scopes)})


def said(kind, call, *arguments):
    with pytest.raises(kind) as refused:
        call(*arguments)
    return str(refused.value.message)


def test_what_is_held_is_allowed():
    authorize.require(ACTOR, P.revision_save, Rights(frozenset({P.revision_save})))
    authorize.require(NOBODY, P.document_read, Rights(frozenset({P.document_read})))


@pytest.mark.req("AUTHZ-02")
def test_a_refusal_says_what_and_who_can_grant_it():
    words = said(Forbidden, authorize.require, ACTOR, P.revision_save, NONE)
    assert words == "You may not change this document. Ask its owner or a maintainer of its space."
    words = said(Forbidden, authorize.require, ACTOR, P.user_appoint, Rights(frozenset({P.user_change})))
    assert words == "You may not change an owner or admin, or make somebody one. Ask an owner of this site."


def test_in_an_archived_space_the_refusal_says_so():
    missed = Rights(frozenset({P.document_read}), frozenset({P.revision_save}))
    words = said(Forbidden, authorize.require, ACTOR, P.revision_save, missed)
    assert words == "This space is archived. A maintainer of it can take it back into use."
    assert "archived" not in said(Forbidden, authorize.require, ACTOR, P.share_link, missed)


@pytest.mark.req("AUTHZ-02")
def test_who_is_not_signed_in_is_asked_to():
    for rights in (NONE, Rights(frozenset(), frozenset({P.revision_save}))):
        assert said(Unauthenticated, authorize.require, NOBODY, P.revision_save, rights) == "Sign in first."
    assert said(Unauthenticated, authorize.require_known, NOBODY, P.document_read) == "Sign in first."
    authorize.require_known(ACTOR, P.document_read)


@pytest.mark.req("AUTHZ-07")
def test_a_token_does_no_more_than_its_scopes_whatever_its_person_may():
    everything = Rights(frozenset(P))
    for call, rest in (
        (authorize.require, (everything,)),
        (authorize.require_scope, ()),
        (authorize.require_known, ()),
    ):
        words = said(Forbidden, call, token(Scope.read), P.revision_save, *rest)
        assert words == "This token may not change this document. Make one with another scope in your settings."
        said(Forbidden, call, token(), P.document_read, *rest)
        call(token(Scope.write), P.revision_save, *rest)
        call(token(Scope.read, Scope.write), P.revision_save, *rest)
    assert said(Forbidden, authorize.require, token(Scope.write), P.revision_save, NONE).startswith("You may not")


async def test_on_the_site_it_is_asked_of_the_database_and_given_back():
    asked = []

    async def site(viewer):
        asked.append(viewer)
        return SiteStanding(SiteRole.admin)

    data = SimpleNamespace(standings=SimpleNamespace(site=site))
    rights = await authorize.require_on_site(data, ACTOR, P.audit_read)
    assert rights == SiteStanding(SiteRole.admin).rights
    assert asked == [ACTOR]
    with pytest.raises(Forbidden):
        await authorize.require_on_site(data, ACTOR, P.user_appoint)


@pytest.mark.req("AUTHZ-07")
def test_what_concerns_an_account_is_for_people():
    authorize.require_person(ACTOR)
    words = said(Forbidden, authorize.require_person, token(Scope.site))
    assert words == "A personal access token may not do this: sign in with your password."


@pytest.mark.req("AUTH-10")
def test_what_is_grave_asks_for_a_sign_in_that_is_young_enough(set_clock):
    life = settings().reauthentication_life
    now = set_clock.moment
    authorize.require_fresh(ACTOR.model_copy(update={"authenticated_at": now - life}))
    for proved in (None, now - life - timedelta(seconds=1)):
        with pytest.raises(AppError) as refused:
            authorize.require_fresh(ACTOR.model_copy(update={"authenticated_at": proved}))
        assert refused.value.code == "REAUTHENTICATION_REQUIRED"
        assert "confirm that it is you" in refused.value.message
    said(Forbidden, authorize.require_fresh, token(Scope.site).model_copy(update={"authenticated_at": now}))


@pytest.mark.req("IDOR-02")
def test_absent_is_one_sentence_for_people_and_a_question_for_nobody():
    for viewer in (None, ACTOR):
        error = authorize.absent("document", viewer)
        assert isinstance(error, NotFound)
        assert error.message == "There is no such document, or it is not shared with you."
    error = authorize.absent("space", NOBODY)
    assert isinstance(error, Unauthenticated)
    assert error.message == "Sign in first."
