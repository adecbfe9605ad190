"""What the outbox holds, worked off as a worker does it: side work runs, mails are handed back instead of sent."""

import re
from datetime import timedelta
from typing import Any

import app.jobs
from app.services import outbox, worker


async def mails() -> list[dict[str, Any]]:
    """Every mail that is due, in order; its link stands in `url` and its secret in `token`."""
    kinds = worker.kinds(app.jobs)
    found: list[dict[str, Any]] = []
    while jobs := await outbox.claim(timedelta(minutes=1), 10):
        for job in jobs:
            if job.kind == "send_mail":
                found.append(_opened(job.payload))
            else:
                await kinds[job.kind](job)
            assert await outbox.done(job)
    return found


def _opened(payload: Any) -> dict[str, Any]:
    urls = re.findall(r"http\S+", payload["text"].replace(")", " "))
    token = urls[-1].partition("#token=")[2] if urls else ""
    return {**payload, "url": urls[-1] if urls else "", "token": token}
