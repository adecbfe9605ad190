"""Documents shared beyond their space: invitations, links."""

import pytest

from app.core.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated
from app.core.settings import settings
from app.domain.permissions import SpaceRole
from app.schemas.documents import FindDocuments
from app.schemas.identity import Viewer
from app.schemas.sharing import Invite, MakeLink
from app.services import documents, sharing, shell
from tests.integration.world import rows


@pytest.mark.req("AUTHZ-02", "OPS-02")
async def test_somebody_is_invited_to_one_document_and_sees_nothing_else(world):
    number, other = await world.document(), await world.document("# Another\n")
    author, guest = world.actor("author"), world.actor("guest")
    await sharing.invite(author, number, guest.user_id, Invite(role=SpaceRole.reader))
    assert not (await documents.view(guest, number)).can_write
    assert [row.number for row in (await documents.page(guest)).items] == [number]
    with pytest.raises(NotFound):
        await documents.view(guest, other)
    with pytest.raises(Forbidden):
        await world.save(number, 1, "# Mine\n", by="guest")
    await sharing.invite(author, number, guest.user_id, Invite(role=SpaceRole.author))
    assert (await world.save(number, 1, "# Ours\n", by="guest")).number == 2
    for call in (sharing.view(guest, number), sharing.invite(guest, number, author.user_id, Invite()),
                 sharing.make_link(guest, number, MakeLink())):  # fmt: skip
        with pytest.raises(Forbidden):
            await call
    view = await sharing.view(author, number)
    assert [(one.name, one.role) for one in view.people] == [("Guest Person", "author")]
    await sharing.uninvite(author, number, guest.user_id)
    with pytest.raises(NotFound):
        await documents.view(guest, number)
    with pytest.raises(NotFound):
        await sharing.uninvite(author, number, guest.user_id)
    with pytest.raises(Invalid):
        await sharing.invite(author, number, guest.user_id, Invite(role=SpaceRole.maintainer))
    told = await rows("SELECT count(*) FROM audit_event WHERE action LIKE 'document:person:%'")
    assert told == [(3,)]


@pytest.mark.req("AUTHZ-02", "OPS-02")
async def test_a_link_is_shown_once_leads_to_its_document_and_can_be_revoked(world):
    number, author = await world.document(), world.actor("author")
    made = await sharing.make_link(author, number, MakeLink(days=3))
    secret = made.url.rpartition("/")[2]
    assert made.url == f"http://localhost:3000/auth/share/{secret}"
    assert await sharing.follow(secret) == f"/d/{number}"
    assert [one.id for one in (await sharing.view(author, number)).links] == [made.link.id]
    assert secret not in str(await rows("SELECT * FROM share_link"))
    ((digest,),) = await rows("SELECT digest FROM share_link")
    holder = Viewer(links=frozenset({digest}))
    assert await documents.text(holder, number)
    await sharing.revoke_link(author, number, made.link.id)
    assert await sharing.follow(secret) == "/link-ended"
    with pytest.raises(Unauthenticated):
        await documents.text(holder, number)
    with pytest.raises(NotFound):
        await sharing.revoke_link(author, number, made.link.id)
    assert (await sharing.view(author, number)).links == ()


@pytest.mark.parametrize("secret", ["", "x", "A" * 43, "é" * 43, "A" * 5000, "\0" * 43])
async def test_what_is_no_link_leads_nowhere(world, secret):
    assert await sharing.follow(secret) == "/link-ended"


async def test_what_is_shared_in_several_ways_is_counted_once(world):
    (mine, _), author = [await world.document(f"# Title {n}\n") for n in range(2)], world.actor("author")
    for name in ("reader", "guest"):
        await sharing.invite(author, mine, world.actor(name).user_id, Invite(role=SpaceRole.reader))
    await sharing.make_link(author, mine, MakeLink())
    ((digest,),) = await rows("SELECT digest FROM share_link")
    for name, count in (("reader", 2), ("guest", 1)):
        viewer = world.actor(name).model_copy(update={"links": frozenset({digest})})
        assert (await documents.page(viewer)).total == (await shell.nav(viewer)).documents == count
        assert (await documents.page(viewer, FindDocuments(q="title", space=("ENG",)))).total == count


async def test_links_end_where_nothing_may_be_public(world, monkeypatch):
    number, author = await world.document(), world.actor("author")
    made = await sharing.make_link(author, number, MakeLink())
    ((digest,),) = await rows("SELECT digest FROM share_link")
    monkeypatch.setenv("PLUMBLINE_PUBLIC_SHARING", "false")
    settings.cache_clear()
    assert await sharing.follow(made.url.rpartition("/")[2]) == "/link-ended"
    assert not (await sharing.view(author, number)).may_link
    with pytest.raises(Unauthenticated):
        await documents.view(Viewer(links=frozenset({digest})), number)
    with pytest.raises(Forbidden, match="switched off"):
        await sharing.make_link(author, number, MakeLink())


async def test_a_document_has_a_bounded_number_of_links(world, monkeypatch):
    monkeypatch.setattr(sharing, "MOST_LINKS", 2)
    number, author = await world.document(), world.actor("author")
    for _ in range(2):
        await sharing.make_link(author, number, MakeLink())
    with pytest.raises(Conflict, match="2 links"):
        await sharing.make_link(author, number, MakeLink())
