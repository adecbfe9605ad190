"""Who may send which interface event: the written policy (tests/handlers.tsv) against every handler of every State."""

import csv
from pathlib import Path

import pytest

from app.domain.permissions import Permission
from state import access
from tests.integration.api.handling import Window
from tests.integration.api.scene import Scene
from tests.integration.world import PEOPLE

FILE = Path(__file__).resolve().parents[2] / "handlers.tsv"
POLICY = {row["handler"]: row for row in csv.DictReader(FILE.read_text().splitlines(), delimiter="\t")}
ROLES = tuple(name for name in next(iter(POLICY.values())) if name not in ("handler", "note"))
NAMES = {
    f"{state.__name__}.{name}": f"{state.get_full_name()}.{name}"
    for state, handlers in access.HANDLERS.items()
    for name in handlers
}


@pytest.fixture
async def scene(world):
    return await Scene().made(world)


def at(handler: str, scene: Scene) -> dict[str, str]:
    """Where the page is open that sends it, with the parameters of the address."""
    document = {"path": "/d/[number]", "number": scene.number}
    compared = {"path": "/d/[number]/compare/[before]/[after]", "before": "1", "after": "1"}
    return {
        "DocumentState": document,
        "HistoryState": document | {"path": "/d/[number]/history"},
        "ComparisonState": document | compared,
        "SpaceState": {"path": "/s/[key]", "key": "ENG"},
        "SpaceSettingsState": {"path": "/s/[key]/settings", "key": "ENG"},
        "EvidenceState": {"path": "/s/[key]/evidence", "key": "ENG"},
        "AdminState": {"path": "/admin/audit"},
        "OverviewState": {"path": "/admin"},
        "ImportState": {"path": "/import", "report": scene.batch},
    }.get(handler.partition(".")[0], {})


def says(handler: str, scene: Scene) -> dict[str, str]:
    return {
        "FrameState.notice": {"text": "Hello"},
        "SessionsState.end": {"session_id": scene.theirs},
        "TokensState.revoke": {"token_id": scene.theirs},
        "ImportState.resolve": {"item_id": scene.item, "choice": "drop"},
    }.get(handler, {})


@pytest.mark.req("AUTHZ-06")
def test_the_policy_names_every_handler_and_every_role():
    assert set(POLICY) == set(NAMES), "tests/handlers.tsv has a row for every handler, and no other"
    assert set(ROLES) == {"anonymous", *PEOPLE}
    assert {handler for handler, row in POLICY.items() for role in ROLES if not row[role]} == set()


@pytest.mark.req("AUTHZ-06", "AUTHZ-02")
@pytest.mark.parametrize("role", ROLES)
async def test_every_handler_does_as_the_policy_says(world, scene, role, asked):
    """And asks for what it declares, whenever it runs."""
    session = "" if role == "anonymous" else world.actor(role).session_id
    needs, wrong = access.policy(), {}
    for handler, row in POLICY.items():
        outcome = await Window(session, **at(handler, scene)).send(NAMES[handler], says(handler, scene))
        if outcome.word != row[role]:
            wrong[handler] = outcome
        need = needs[NAMES[handler]]
        assert outcome.word != "runs" or not isinstance(need, Permission) or need in asked, handler
        asked.clear()
    assert wrong == {}
