"""Once a minute: the finished minute is given to the other workers, and how things stand is measured into the next."""

import asyncio
import time

from app.core import samples
from app.services import overview


async def run() -> None:
    """Until cancelled."""
    while True:
        await overview.sample()
        minute = samples.ring().current()
        await asyncio.sleep(60 - time.time() % 60)
        await overview.share(minute)
