"""Side work as those who run the site see it. What a job is done with is not shown: it may hold a secret link."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from app.schemas.base import View
from app.schemas.listing import Listing


class JobState(StrEnum):
    """A job that failed too often is dead; one that somebody gave up is discarded."""

    waiting = "waiting"
    running = "running"
    dead = "dead"
    done = "done"
    discarded = "discarded"

    @property
    def tone(self) -> str:
        return {"waiting": "plan", "running": "warn", "dead": "bad", "done": "ok", "discarded": "unknown"}[self.value]


class FindJobs(Listing):
    state: JobState | None = None
    kind: str = Field("", max_length=40, pattern="^[a-z_]*$")


class JobView(View):
    """`due_at` is when it is tried next, `ended_at` when it was done, died or was discarded."""

    id: str
    kind: str
    state: JobState
    attempts: int
    created_at: datetime
    due_at: datetime
    ended_at: datetime | None
    last_error: str
