"""The API against its own description: requests made from the OpenAPI document, sound ones and broken ones.

Every answer has a status, a media type and a body that its operation declares, and none is our fault (schemathesis).
The requests are the same in every run; each operation gets a few, signed in, at what exists and at what does not.
"""

import asyncio
from contextlib import suppress
from typing import Any

import httpx2
import hypothesis
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.api import server
from app.services import api_sessions
from app.services.unit_of_work import unit_of_work
from tests.integration.api.scene import Scene
from tests.integration.api.site import ADDRESS, on_sqlite

load_all_checks()
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
FEW = hypothesis.settings(
    max_examples=4,
    database=None,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
)


@pytest.fixture
async def loop():
    """The loop that the database belongs to: requests are sent in it, one by one."""
    return asyncio.get_running_loop()


@pytest.fixture
async def scene(world):
    return await Scene().made(world)


def operations() -> list[Any]:
    schema = schemathesis.openapi.from_dict(server.application().openapi())
    return [found.ok() for found in schema.get_all_operations()]


async def signed_in(world: Any, name: str) -> str:
    """An access token of a session begun now: some operations end the one that they come with."""
    async with unit_of_work() as work:
        user = await work.users.get(world.actor(name).user_id)
        return (await api_sessions.start(work, user, "192.0.2.7", "contract")).access_token


@on_sqlite
@pytest.mark.req("ERR-05")
@pytest.mark.parametrize("mode", [*GenerationMode])
def test_every_answer_is_one_that_is_described(site, world, scene, loop, mode):
    broken: list[str] = []
    there = {"number": scene.number, "digest": scene.digest, "batch_id": scene.batch, "key": "ENG"}
    for operation in operations():
        sent = []

        @FEW
        @given(case=operation.as_strategy(generation_mode=mode))
        def one(case: Any) -> None:
            sent.append(case)  # noqa: B023 -- called in this round
            if len(sent) % 2 and mode is GenerationMode.POSITIVE:  # noqa: B023 -- called in this round
                case.path_parameters |= {name: there[name] for name in there.keys() & case.path_parameters.keys()}
            answer = loop.run_until_complete(ask(site, case, loop.run_until_complete(signed_in(world, "owner"))))
            try:
                case.validate_response(answer, checks=CHECKS)
            except FailureGroup as group:
                broken.extend(f"{case.operation.label}: {failure}" for failure in group.exceptions)

        with suppress(Unsatisfiable):  # what takes nothing cannot be asked wrongly
            one()
        assert sent or mode is GenerationMode.NEGATIVE, operation.label
    assert broken == []


async def ask(site: Any, case: Any, token: str) -> httpx2.Response:
    """As schemathesis would have it sent, but for who it is."""
    asked = requests.Request(**case.as_transport_kwargs(base_url=ADDRESS)).prepare()
    named = {name: value for name, value in asked.headers.items() if name.lower() not in {"authorization", "cookie"}}
    named["authorization"] = f"Bearer {token}"
    headers = [tuple(str(part).encode("latin-1", "ignore") for part in pair) for pair in named.items()]
    async with site.client(sec_fetch_site="") as client:
        answer = await client.request(asked.method, asked.url, headers=headers, content=asked.body)
    await answer.request.aread()
    return answer
