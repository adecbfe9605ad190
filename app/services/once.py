"""Doing once what is asked for several times: the same Idempotency-Key of a person gives the same answer for a day.

The key is taken in the transaction of its effect. Of several at once the first does the work, and the others wait for
its end; when it fails, nothing is kept of the key, and the next one does the work.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from app.core import clock, ids, sealing
from app.core.errors import AppError, Conflict, Invalid
from app.schemas.base import Command, View
from app.schemas.identity import Actor
from app.services.unit_of_work import Reading, UnitOfWork, reading
from models import IdempotencyKey

KEPT = timedelta(hours=24)
MAX_KEY = 200
_SEALED = "sealed"
Answer = TypeVar("Answer", bound=View)


@dataclass(frozen=True)
class Attempt:
    """`answered` is what was said the first time; None while this is the first time."""

    work: UnitOfWork
    user_id: str
    key: str
    answered: dict[str, Any] | None = None

    async def end(self, answer: Answer, *, secret: bool = False) -> Answer:
        """Remember what is answered: sealed, when there is a `secret` in it that is stored nowhere else."""
        if self.key:
            plain = {_SEALED: sealing.seal(answer.model_dump_json())} if secret else answer.model_dump(mode="json")
            await self.work.idempotency.answer(self.user_id, self.key, plain)
        return answer


async def begin(work: UnitOfWork, actor: Actor, key: str, command: Command) -> Attempt:
    """For services, first in their unit of work, behind the permission check; without a key every time is the first.

    Raises IDEMPOTENCY_KEY_REUSED when the key stood for something else, `Invalid` for what cannot be a key.
    """
    if not key:
        return Attempt(work, actor.user_id, key)
    _refuse_odd(key)
    now = clock.now()
    await work.idempotency.forget(actor.user_id, now - KEPT)
    row = IdempotencyKey(user_id=actor.user_id, key=key, request=_digest(command), created_at=now)
    if await work.idempotency.take(row):
        return Attempt(work, actor.user_id, key)
    return Attempt(work, actor.user_id, key, await _answered(work, actor, key, command))


async def recall(actor: Actor, key: str, command: Command) -> dict[str, Any] | None:
    """What was answered before, if it was: for work that has to be done ahead of its unit of work."""
    if not key:
        return None
    _refuse_odd(key)
    async with reading() as data:
        return await _answered(data, actor, key, command)


async def _answered(data: Reading, actor: Actor, key: str, command: Command) -> dict[str, Any] | None:
    found = await data.idempotency.find(actor.user_id, key)
    if found is None or clock.now() - found.created_at > KEPT:
        return None
    if found.request != _digest(command):
        raise AppError(
            "This Idempotency-Key was used for something else: make a new one for each thing that you ask for.",
            code="IDEMPOTENCY_KEY_REUSED",
        )
    return _opened(found.answer)


def _opened(answer: dict[str, Any]) -> dict[str, Any]:
    if _SEALED not in answer:
        return answer
    try:
        opened: dict[str, Any] = json.loads(sealing.unseal(answer[_SEALED]))
    except sealing.Unreadable:
        raise Conflict("This was done, but what was answered can no longer be read.") from None
    return opened


def _refuse_odd(key: str) -> None:
    if len(key) > MAX_KEY or not key.isascii() or not key.isprintable():
        raise Invalid(
            f"An Idempotency-Key has at most {MAX_KEY} visible ASCII characters.", details={"field": "idempotency-key"}
        )


def _digest(command: Command) -> str:
    return ids.digest(f"{type(command).__name__}\n{command.model_dump_json()}")
