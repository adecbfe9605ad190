"""Mails as those who run the site see them, and reading one in place of a mail server."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.errors import AppError, Forbidden, NotFound
from app.jobs import send_mail
from app.schemas.jobs import JobState
from app.schemas.joining import MakeInvitation
from app.schemas.mails import FindMails
from app.services import invitations, mails, outbox
from app.services.unit_of_work import unit_of_work
from tests.integration.world import change, rows

LINK = "http://localhost:3000/reset?token=abc-1"


async def written(to="reader@example.org"):
    text = f"Hello,\n\nopen {LINK}.\n"
    payload = {"to": to, "subject": "Reset your password", "text": text, "written_at": clock.now().isoformat()}
    async with unit_of_work() as work:
        await work.enqueue("send_mail", payload)
        await work.enqueue("note", payload)
    (found,) = await rows("SELECT max(id) FROM outbox WHERE kind = 'send_mail'")
    return found[0]


async def sent():
    for job in await outbox.claim(timedelta(minutes=1), 9):
        if job.kind == "send_mail":
            await send_mail.deliver(job)
        await outbox.done(job)


async def test_a_mail_is_read_while_it_waits_and_after_it_went_into_the_folder(world):
    mail_id, admin = await written(), world.actor("admin")
    before = await mails.read(admin, mail_id)
    assert (before.to, before.subject, before.link) == ("reader@example.org", "Reset your password", LINK)
    await sent()
    (listed,) = (await mails.find(admin, FindMails())).items
    assert (listed.to, listed.subject, listed.state) == ("reader@example.org", "Reset your password", JobState.done)
    assert listed.is_kept
    assert "token" not in str(await rows("SELECT payload FROM outbox WHERE id = :id", id=mail_id))
    after = await mails.read(admin, mail_id)
    assert after.link == LINK
    assert after.text.split() == before.text.split()


@pytest.mark.req("OPS-02")
async def test_reading_is_audited_with_whose_mail_it_was(world):
    mail_id, admin = await written(), world.actor("admin")
    await mails.read(admin, mail_id)
    told = await rows("SELECT actor_id, object_id, details FROM audit_event WHERE action = 'admin:mail:read'")
    assert [row[:2] for row in told] == [(admin.user_id, mail_id)]
    assert world.actor("reader").user_id in str(told[0][2])


async def test_what_a_mail_server_took_is_not_kept(world, monkeypatch, database):
    mail_id = await written()
    await sent()
    for file in (database.data_dir / "outbox").iterdir():
        file.unlink()
    for asked in (mail_id, "0" * 32, "../../secret.key", ""):
        with pytest.raises(NotFound):
            await mails.read(world.actor("admin"), asked)


@pytest.mark.req("AUTH-10")
async def test_it_takes_a_fresh_sign_in(world):
    mail_id = await written()
    stale = world.actor("admin").model_copy(update={"authenticated_at": clock.now() - timedelta(minutes=11)})
    with pytest.raises(AppError) as refused:
        await mails.read(stale, mail_id)
    assert refused.value.code == "REAUTHENTICATION_REQUIRED"


@pytest.mark.req("AUTHZ-02")
async def test_nobody_reads_mails_to_somebody_who_may_do_more_or_as_much(world):
    """Its link may sign in: an admin would become the owner."""
    await change("""UPDATE "user" SET role = 'admin' WHERE email = 'maintainer@example.org'""")
    for to in ("owner@example.org", "maintainer@example.org"):
        mail_id = await written(to)
        with pytest.raises(Forbidden):
            await mails.read(world.actor("admin"), mail_id)
        assert (await mails.read(world.actor("owner"), mail_id)).link == LINK
    with pytest.raises(Forbidden):
        await mails.read(world.actor("reader"), mail_id)
    with pytest.raises(Forbidden):
        await mails.find(world.actor("reader"), FindMails())


@pytest.mark.req("AUTHZ-02")
@pytest.mark.parametrize(("role", "is_read"), [("owner", False), ("admin", False), ("member", True)])
async def test_nobody_comes_to_more_by_an_invitation_of_somebody_else(world, role, is_read):
    await invitations.make(world.actor("owner"), MakeInvitation(email="new@example.org", role=role))
    (mail,) = (await mails.find(world.actor("admin"), FindMails(to="new@example.org"))).items
    assert "/invitation" in (await mails.read(world.actor("owner"), mail.id)).link
    if is_read:
        assert "/invitation" in (await mails.read(world.actor("admin"), mail.id)).link
    else:
        with pytest.raises(Forbidden):
            await mails.read(world.actor("admin"), mail.id)


async def test_mails_are_found_by_receiver_and_state(world):
    await written("a@example.org")
    await written("b_c@example.org")
    assert [one.to for one in (await mails.find(world.actor("admin"), FindMails(to="B_C"))).items] == [
        "b_c@example.org"
    ]
    assert (await mails.find(world.actor("admin"), FindMails(to="_"))).total == 1
    assert (await mails.find(world.actor("admin"), FindMails(state=JobState.done))).total == 0


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (f"Open <{LINK}> now", LINK),
        (f"({LINK})", LINK),
        ("http://evil.test/http://localhost:3000", ""),
        ("none", ""),
    ],
)
def test_only_a_link_to_this_site_is_offered(text, link):
    assert mails.link_in(text) == link
