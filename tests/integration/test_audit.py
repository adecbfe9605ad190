"""The audit log as it is read: filters, pages, names, files."""

import csv
import io
import json
from datetime import date

import pytest

from app.core.errors import Forbidden, Invalid
from app.schemas.audit import ExportAudit, ExportFormat, FindAudit, Outcome
from app.services import audit
from app.services.events import PasswordChanged, SignInRefused
from app.services.unit_of_work import unit_of_work
from tests.integration.world import change, rows


async def found(world, **asked):
    return (await audit.find(world.actor("admin"), FindAudit(**asked))).items


async def exported(world, **asked):
    return "".join([piece async for piece in await audit.export(world.actor("admin"), ExportAudit(**asked))])


async def refused(times=1):
    for _ in range(times):
        async with unit_of_work() as work:
            work.record(SignInRefused(actor_id=None, object_id="unknown", result="refused"))


async def test_what_people_spaces_and_documents_are_called_today(world):
    number = await world.document()
    saved = (await found(world, action="document:document:created"))[0]
    assert (saved.actor, saved.object, saved.label) == ("Author Person", number, "Document created")
    await refused()
    nobody = (await found(world, result="refused"))[0]
    assert (nobody.actor, nobody.actor_id, nobody.object) == ("", None, "")


@pytest.mark.parametrize("who", ["author", "AUTHOR PER", "author@example.org"])
async def test_by_whom(world, who):
    await world.document()
    assert {event.actor for event in await found(world, actor=who)} == {"Author Person"}
    assert await found(world, actor="%") == ()
    own = world.actor("author").user_id
    assert len(await found(world, actor=own)) == len(await found(world, actor=who))


async def test_to_what_and_how_it_went(world):
    number = await world.document()
    assert {event.object for event in await found(world, object=number.lower())} == {number}
    assert {event.object for event in await found(world, object="ENG")} == {"ENG"}
    assert {event.action for event in await found(world, action="account:")} == {"account:session:started"}
    assert await found(world, action="account:session") == ()
    await refused(2)
    assert len(await found(world, result=Outcome.refused)) == 2


async def test_days_are_both_included(world):
    today = (await found(world))[0].at.date()
    assert await found(world, since=today, until=today)
    assert await found(world, until=date(2020, 1, 1)) == ()
    assert await found(world, since=date(2099, 1, 1)) == ()


@pytest.mark.req("PAGE-02")
async def test_pages_in_both_directions_show_each_row_once_while_new_ones_come(world):
    await refused(7)
    for sort in ("-at", "at"):
        seen, cursor = [], ""
        while True:
            page = await audit.find(world.actor("admin"), FindAudit(limit=3, after=cursor, sort=sort, result="refused"))
            seen += [event.id for event in page.items]
            cursor = page.next_cursor
            if not cursor:
                break
            await refused(sort == "-at")
        assert len(seen) == len(set(seen)) == (7 if sort == "-at" else page.total)
        assert seen == sorted(seen, reverse=sort == "-at")


@pytest.mark.parametrize("asked", [{"sort": "actor"}, {"after": "nonsense"}, {"sort": "at; DROP"}])
async def test_nonsense_in_the_address_is_refused(world, asked):
    with pytest.raises(Invalid):
        await found(world, **asked)


@pytest.mark.req("OPS-02", "AUTHZ-02")
@pytest.mark.parametrize("who", ["maintainer", "reader", "outsider"])
async def test_only_those_who_run_the_site_read_it(world, who):
    with pytest.raises(Forbidden):
        await audit.find(world.actor(who), FindAudit())
    before = await rows("SELECT count(*) FROM audit_event")
    with pytest.raises(Forbidden):
        await audit.export(world.actor(who), ExportAudit())
    assert await rows("SELECT count(*) FROM audit_event") == before


@pytest.mark.req("FILE-08")
async def test_a_name_that_is_a_formula_is_text_in_the_file(world):
    hostile = '=HYPERLINK("http://evil.test","x")'
    author = world.actor("author").user_id
    await change('UPDATE "user" SET name = :name WHERE id = :id', name=hostile, id=author)
    async with unit_of_work() as work:
        work.record(PasswordChanged(actor_id=author, object_id=author, details={"note": "=1+1"}))
    table = list(csv.DictReader(io.StringIO(await exported(world, action="account:password:changed"), newline="")))
    assert [row["actor"] for row in table] == [f"'{hostile}"]
    assert [row["object"] for row in table] == [f"'{hostile}"]
    assert json.loads(table[0]["details"]) == {"note": "=1+1"}
    told = await exported(world, action="account:password:changed", format=ExportFormat.json)
    assert json.loads(told)[0]["actor"] == hostile
    assert "<" not in told


@pytest.mark.req("OPS-02")
async def test_exporting_is_audited_with_what_was_asked_for(world):
    await refused(3)
    assert json.loads(await exported(world, result="refused", format="json"))[2]["result"] == "refused"
    event = (await found(world, action="admin:audit:exported"))[0]
    assert (event.actor, event.details) == (
        "Admin Person",
        {"format": "json", "rows": 3, "filter": {"result": "refused"}},
    )
    assert json.loads(await exported(world, action="nothing", format="json")) == []


async def test_a_long_log_is_exported_whole_and_one_that_is_too_long_is_refused(world, monkeypatch):
    monkeypatch.setattr(audit, "_AT_ONCE", 2)
    await refused(5)
    table = list(csv.DictReader(io.StringIO(await exported(world, result="refused"), newline="")))
    assert len({row["at"] for row in table}) == len(table) == 5
    monkeypatch.setattr(audit, "MOST_EXPORTED", 4)
    with pytest.raises(Invalid):
        await exported(world, result="refused")
