"""Removing, once a day, what nobody needs any more: sessions that are over and side work that is done, after
`keep_ended_days`, and what was answered under an Idempotency-Key, which may name people, after its day. The audit log
tells of them for good, and a person's last session of when they were seen last.
"""

from datetime import date

from app.core import clock
from app.core.settings import settings
from app.services import once
from app.services.unit_of_work import unit_of_work

KIND = "tidy"
AT_ONCE = 500


class Daily:
    """Asks for it on the first call of each day; of all workers that ask, the first is heard."""

    def __init__(self) -> None:
        self._asked: date | None = None

    async def ask(self) -> None:
        today = clock.now().date()
        if today == self._asked:
            return
        async with unit_of_work() as work:
            await work.enqueue(KIND, {}, key=f"{KIND} {today}")
        self._asked = today


async def tidy() -> None:
    """In small transactions: others want to write meanwhile."""
    now = clock.now()
    before, removed = now - settings().keep_ended_life, AT_ONCE
    while removed == AT_ONCE:
        async with unit_of_work() as work:
            sessions = await work.sessions.forget(before, AT_ONCE)
            done = await work.outbox.forget_done(before, AT_ONCE)
            removed = max(sessions, done, await work.idempotency.forget_all(now - once.KEPT, AT_ONCE))
