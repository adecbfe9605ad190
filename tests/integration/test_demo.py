"""The demo and the doctor: everything is there, always the same, and gaps are found."""

import pytest
from pydantic import SecretStr
from sqlalchemy import text as sql

from app.commands import demo as demo_command
from app.core import db, settings
from app.core.errors import Conflict, Forbidden, InvalidCredentials
from app.domain.permissions import SiteRole, SpaceRole
from app.domain.status import Status
from app.schemas.identity import SignIn
from app.services import accounts, demo, doctor, documents
from tests.integration.world import World


async def sign_in(email: str, password: str = demo.PASSWORD) -> str:
    return await accounts.sign_in(SignIn(email=email, password=SecretStr(password)), "192.0.2.1", "Test")


async def test_everybody_of_the_demo_can_sign_in_and_sees_what_is_theirs(database: settings.Settings) -> None:
    people = await demo.fill()
    seen = {}
    for person in people:
        actor = await accounts.identify(await sign_in(person.email))
        assert actor is not None
        assert actor.role is person.site
        page = await documents.page(actor)
        seen[person.what] = {(row.number, row.status) for row in page.items}
    assert {person.role for person in people} == set(SpaceRole)
    assert {person.site for person in people} == set(SiteRole)
    assert {status for _, status in seen["reader"]} == set(Status)
    assert {number for number, _ in seen["guest"]} == {"ENG-1"}
    assert seen["outsider"] == {("OPS-1", Status.draft)}
    assert not seen["reader"] & seen["outsider"]


async def test_the_demo_does_not_touch_a_database_that_is_in_use(database: settings.Settings) -> None:
    await demo.fill()
    with pytest.raises(Conflict):
        await demo.fill()


async def test_the_demo_is_for_development(database: settings.Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUMBLINE_ENVIRONMENT", "staging")
    settings.settings.cache_clear()
    with pytest.raises(Forbidden):
        await demo.fill()
    with pytest.raises(InvalidCredentials):
        await sign_in(demo.PEOPLE[0].email)


def test_the_command_says_who_is_there(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLUMBLINE_DATA_DIR", str(tmp_path_factory.mktemp("demo")))
    monkeypatch.delenv("PLUMBLINE_DATABASE_URL", raising=False)
    settings.settings.cache_clear()
    try:
        assert demo_command.run() == 0
        printed = capsys.readouterr().out
        assert all(person.email in printed for person in demo.PEOPLE)
        assert demo_command.run() == 1
        assert "empty database" in capsys.readouterr().err
    finally:
        settings.settings.cache_clear()


@pytest.mark.req("DUR-07")
async def test_the_doctor_finds_a_head_that_points_nowhere(world: World) -> None:
    number = await world.document()
    assert await doctor.examine() == []
    async with db.engine(write=True).begin() as connection:
        await connection.execute(sql("UPDATE document SET head_revision = 2"))
    found = await doctor.examine()
    assert len(found) == 1
    assert "its head is revision 2, the newest is 1" in found[0]
    assert number
