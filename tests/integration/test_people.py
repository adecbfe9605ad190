"""Accounts of others: who acts on whom, closing and opening, handing over in one step, forgetting who it was."""

import pytest

from app.core.errors import AppError, Conflict, Forbidden, NotFound
from app.domain.permissions import SiteRole, SpaceRole
from app.repositories.people import STAYS
from app.schemas.evidence import AddEvidence
from app.schemas.identity import MakePersonalToken
from app.schemas.members import GiveRole, MakeGroup
from app.schemas.people import ChangePerson, FindPeople, HandOver
from app.services import (
    accounts,
    documents,
    evidence,
    groups,
    leaving,
    members,
    people,
    personal_tokens,
    revisions,
    spaces,
)
from app.services.unit_of_work import unit_of_work
from models import Table
from tests.integration.world import change, rows


def to(actor):
    return HandOver(to=actor.user_id)


async def role_of(actor):
    return (await rows('SELECT role FROM "user" WHERE id = :id', id=actor.user_id))[0][0]


async def test_people_are_found_by_name_and_address_with_what_the_asker_may_know(world):
    await change("""UPDATE "user" SET disabled_at = created_at WHERE email = 'reader@example.org'""")
    seen = await people.find(world.actor("author"), FindPeople(who="READ"))
    assert [one.name for one in seen.items] == []
    seen = await people.find(world.actor("author"), FindPeople(who="review", role=SiteRole.owner))
    assert [(one.name, one.role, one.state) for one in seen.items] == [("Reviewer Person", None, None)]
    full = await people.find(world.actor("admin"), FindPeople(state="disabled"))
    assert [(one.name, one.role, one.state) for one in full.items] == [("Reader Person", "member", "disabled")]
    assert full.items[0].last_seen_at is not None
    everybody = await people.find(world.actor("admin"), FindPeople())
    assert len(everybody.items) == 8


@pytest.mark.req("AUTHZ-02", "OPS-02")
@pytest.mark.parametrize(
    ("actor", "target", "role", "refused"),
    [
        ("admin", "reader", SiteRole.guest, None),
        ("admin", "reader", SiteRole.admin, Forbidden),
        ("admin", "reader", SiteRole.owner, Forbidden),
        ("admin", "owner", SiteRole.member, Forbidden),
        ("admin", "admin", SiteRole.member, Forbidden),
        ("owner", "reader", SiteRole.admin, None),
        ("owner", "admin", SiteRole.member, None),
        ("owner", "owner", SiteRole.admin, Conflict),
        ("reader", "reader", SiteRole.owner, Forbidden),
        ("maintainer", "reader", SiteRole.guest, Forbidden),
        ("owner", "reader", SiteRole.member, Conflict),
    ],
)
async def test_who_makes_whom_what(world, actor, target, role, refused):
    before = await role_of(world.actor(target))
    call = people.set_role(world.actor(actor), world.actor(target).user_id, ChangePerson(role=role))
    if refused is None:
        assert (await call).role is role
    else:
        with pytest.raises(refused):
            await call
    assert await role_of(world.actor(target)) == (role if refused is None else before)


@pytest.mark.req("AUTH-10")
async def test_what_is_grave_asks_for_a_young_sign_in(world, set_clock):
    """The sign-in of the small world is older or younger than the clock that is set here."""
    owner = world.actor("owner").model_copy(update={"authenticated_at": None})
    reader = world.actor("reader").user_id
    for call in (
        people.set_role(owner, reader, ChangePerson(role=SiteRole.admin)),
        leaving.hand_over(owner, reader, to(world.actor("author"))),
        leaving.erase(owner, reader),
    ):
        with pytest.raises(AppError) as refused:
            await call
        assert refused.value.code == "REAUTHENTICATION_REQUIRED"


@pytest.mark.req("SESS-06")
async def test_a_closed_account_is_out_at_once_and_comes_back_as_what_it_was(world):
    admin, reader = world.actor("admin"), world.actor("reader")
    await people.disable(admin, reader.user_id)
    assert await accounts.identify(world.tokens["reader"]) is None
    assert await accounts.identify_session(reader.session_id) is None
    with pytest.raises(Conflict):
        await people.disable(admin, reader.user_id)
    await people.enable(admin, reader.user_id)
    assert await accounts.identify(world.tokens["reader"]) is None, "the session stays ended"
    assert (await spaces.view(reader, "ENG")).roles == ("Reader",)
    with pytest.raises(Conflict):
        await people.enable(admin, reader.user_id)


@pytest.mark.req("AUTHZ-02")
async def test_nobody_closes_their_own_account_or_that_of_who_may_as_much(world):
    with pytest.raises(Conflict, match="your own"):
        await people.disable(world.actor("owner"), world.actor("owner").user_id)
    for target in ("owner", "admin"):
        with pytest.raises(Forbidden):
            await people.disable(world.actor("admin"), world.actor(target).user_id)
    with pytest.raises(NotFound):
        await people.disable(world.actor("owner"), "0" * 32)


@pytest.mark.req("AUTHZ-02", "OPS-02")
async def test_everything_of_a_leaver_goes_over_in_one_step(world):
    leaver, other = world.actor("outsider"), world.actor("reader")
    number = await world.document("# Theirs\n", by="outsider")
    made = await personal_tokens.make(leaver, MakePersonalToken(name="CI", scopes={"documents:read"}, days=9))
    group = await groups.make(world.actor("owner"), MakeGroup(name="Ops"))
    await groups.put(world.actor("owner"), group.id, leaver.user_id)
    done = await leaving.hand_over(world.actor("admin"), leaver.user_id, to(other))
    assert done.model_dump() == {"documents": 1, "spaces": 1, "groups": 1, "sessions": 1, "tokens": 1}
    view = await documents.view(other, number)
    assert (view.owner, view.can_write) == ("Reader Person", True)
    assert (await spaces.view(other, "OPS")).roles == ("Maintainer",)
    assert await personal_tokens.identify(made.secret) is None
    assert await accounts.identify(world.tokens["outsider"]) is None
    assert (await groups.view(world.actor("owner"), group.id)).people == 0
    assert await rows("SELECT role FROM space_member WHERE user_id = :who", who=leaver.user_id) == []
    told = await rows("SELECT details FROM audit_event WHERE action = 'admin:user:handed_over'")
    assert len(told) == 1


async def test_who_takes_over_gets_in_only_where_something_becomes_theirs(world):
    await world.document()
    other = world.actor("outsider")
    await leaving.hand_over(world.actor("owner"), world.actor("author").user_id, to(other))
    assert (await spaces.view(other, "ENG")).roles == ("Author",)
    guest = world.actor("guest")
    await leaving.hand_over(world.actor("owner"), world.actor("reader").user_id, to(guest))
    with pytest.raises(NotFound):
        await spaces.view(guest, "ENG")


async def test_handing_over_to_oneself_or_to_nobody_is_refused(world):
    owner, reader = world.actor("owner"), world.actor("reader")
    with pytest.raises(Conflict):
        await leaving.hand_over(owner, reader.user_id, to(reader))
    with pytest.raises(NotFound):
        await leaving.hand_over(owner, reader.user_id, HandOver(to="0" * 32))
    with pytest.raises(Conflict, match="own account"):
        await leaving.hand_over(owner, owner.user_id, to(reader))
    assert (await spaces.view(reader, "ENG")).roles == ("Reader",)


@pytest.mark.req("OPS-02")
async def test_an_erased_person_is_a_pseudonym_and_the_audit_log_stays_as_it_is(world):
    """Nothing in the database says any more who it was, and no row of the log was touched."""
    number = await world.document(by="author")
    author, owner = world.actor("author"), world.actor("owner")
    await personal_tokens.make(author, MakePersonalToken(name="Planted token", scopes={"documents:read"}, days=9))
    with pytest.raises(Conflict, match="hand them over"):
        await leaving.erase(owner, author.user_id)
    async with unit_of_work() as work:
        await work.enqueue("mail", {"to": author.email, "text": "Planted"})
    before = await rows("SELECT * FROM audit_event ORDER BY id")
    await leaving.hand_over(owner, author.user_id, to(world.actor("maintainer")))
    await leaving.erase(owner, author.user_id)
    after = await rows("SELECT * FROM audit_event ORDER BY id")
    assert after[: len(before)] == before
    assert [row.author for row in (await revisions.history(owner, number)).items] == [leaving.NAME]
    left = [str(row) for table in Table.metadata.tables for row in await rows(f'SELECT * FROM "{table}"')]
    assert [row for row in left if "author@example.org" in row or "Author Person" in row or "Planted" in row] == []
    with pytest.raises(Conflict):
        await leaving.erase(owner, author.user_id)
    with pytest.raises(Conflict):
        await people.enable(owner, author.user_id)


async def test_evidence_stays_with_its_space_when_who_sent_it_is_erased(world):
    """It is the team's, and the person may be whoever made the token of a pipeline."""
    author, owner = world.actor("author"), world.actor("owner")
    sent = AddEvidence(space="ENG", file_name="junit.xml", data=b"<testsuite/>")
    file_id = (await evidence.add(author, sent)).id
    await leaving.erase(owner, author.user_id)
    reader = world.actor("reader")
    assert (await evidence.view(reader, "ENG", file_id)).added_by == leaving.NAME
    assert (await evidence.download(reader, "ENG", file_id)).content == sent.data


async def test_the_last_maintainer_is_not_erased_before_somebody_else_is_it(world):
    with pytest.raises(Conflict, match="Operations"):
        await leaving.erase(world.actor("owner"), world.actor("outsider").user_id)
    await members.put(world.actor("owner"), "OPS", world.actor("reader").user_id, GiveRole(role=SpaceRole.maintainer))
    await leaving.erase(world.actor("owner"), world.actor("outsider").user_id)


def test_what_stays_of_an_erased_person_is_there():
    """A new table is forgotten by itself; that something stays is decided in `STAYS`."""
    points = {
        f"{table.name}.{key.parent.name}"
        for table in Table.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "user"
    }
    assert points > STAYS
