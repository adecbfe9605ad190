"""Deriving away from the loop."""

import asyncio
import threading
from types import SimpleNamespace

import pytest

from app.core import settings
from app.domain.sheet import content_digest
from app.services import rendering


@pytest.fixture(autouse=True)
def _closed():
    yield
    rendering.close()
    rendering.forget()


async def test_a_large_text_does_not_hold_up_the_loop(monkeypatch):
    """While a large text is derived, other work goes on: no turn of the loop takes longer than a fifth of it."""
    monkeypatch.setenv("PLUMBLINE_RENDER_PROCESSES", "1")
    settings.settings.cache_clear()
    loop, text = asyncio.get_running_loop(), "# Large\n\n" + "- **one** `two` [three](#four)\n" * 20_000
    await rendering.derived("# Warm\n\n" + "word " * 5_000)
    task, begun = asyncio.create_task(rendering.derived(text)), loop.time()
    last, worst = begun, 0.0
    while not task.done():
        await asyncio.wait([task], timeout=0.005)
        worst, last = max(worst, loop.time() - last), loop.time()
    taken = last - begun
    assert taken > 0.1
    assert worst < max(0.2 * taken, 0.1)


async def test_a_broken_worker_costs_time_and_no_text(monkeypatch):
    """A worker that is killed (out of memory, say) is replaced; the text is derived all the same."""
    text = "# Title\n\n" + "word " * 10_000
    await rendering.derived(text)
    for process in rendering._pool()._processes.values():
        process.kill()
    assert (await rendering.derived(text + "!")).title == "Title"
    assert (await rendering.derived(text + "?")).title == "Title"


async def test_without_processes_large_texts_are_taken_one_after_the_other(monkeypatch):
    """Each may take its hundred megabytes: several at once must not take them several times."""
    monkeypatch.setenv("PLUMBLINE_RENDER_PROCESSES", "0")
    settings.settings.cache_clear()
    where = []

    def read(data):
        where.append(threading.current_thread().name)
        return evidence_reading.read(data)

    evidence_reading = rendering.evidence_reading
    monkeypatch.setattr(rendering, "evidence_reading", SimpleNamespace(read=read))
    data = b"<testsuite/>".ljust(rendering.LARGE + 1)
    found = await asyncio.gather(*(rendering.evidence(data) for _ in range(4)))
    assert [one.words for one in found] == ["0 tests"] * 4
    assert where == ["large_0"] * 4


async def test_a_rendering_is_kept_under_its_address():
    result = await rendering.derived("# Kept\n")
    assert rendering.kept(content_digest("# Kept\n")) == result.html
    assert rendering.kept(content_digest("# Other\n")) is None
