"""Deliver one signed message to another program. The payload has `url`, `secret` and `body` (JSON text).

Tried again like all side work until the answer is 2xx. What is kept of a failure is the same whatever it was; the log
has one line per try, with the status.
"""

import json
from urllib.parse import urlsplit

import structlog

from app.adapters import http, webhooks
from app.core import clock
from app.core.settings import settings
from app.services.outbox import Job
from app.services.worker import Undeliverable

KIND = "deliver_webhook"
LONGEST_BODY = 65_536
_log = structlog.get_logger("plumbline.webhooks")


async def deliver(job: Job) -> None:
    body = str(job.payload["body"]).encode()
    if len(body) > LONGEST_BODY or not _is_json(body):
        raise Undeliverable("the message is no JSON of at most 64 KiB")
    try:
        headers = webhooks.signed(str(job.payload["secret"]), job.id, int(clock.now().timestamp()), body)
    except ValueError as error:
        raise Undeliverable(str(error)) from None
    bounds = http.Bounds(frozenset(settings().allowed_outgoing_hosts))
    reply = await http.call(bounds, "POST", str(job.payload["url"]), headers=headers, content=body)
    host = urlsplit(str(job.payload["url"])).hostname
    _log.info("webhook", job=job.id, host=host, status=reply.status, attempt=job.attempts)
    if not 200 <= reply.status < 300:
        raise http.NotReached


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except ValueError:
        return False
    return True
