"""A database as a site has it after a while: spaces, their member, documents; and that member's cookie."""

import asyncio
import os
import random
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert, text

from app import subscribers
from app.core import bus, clock, db, ids, migrate, settings
from app.domain.permissions import SiteRole, SpaceRole
from app.services import browser_sessions, derive, spaces, storing
from app.services.unit_of_work import unit_of_work
from models import Document, Revision, Space, User

WORDS = "the order service keeps each request until its answer is known and tells whoever asks about it"


def fill(home: Path, *, documents: int, in_spaces: int, whole: bool) -> str:
    """`whole` documents have 10 KB and all that is derived of it; others are rows for lists. Gives the cookie."""
    os.environ["PLUMBLINE_DATA_DIR"] = str(home / "data")
    settings.settings.cache_clear()
    return asyncio.run(_fill(documents, in_spaces, whole=whole))


async def _fill(documents: int, in_spaces: int, *, whole: bool) -> str:
    await migrate.upgrade(settings.settings())
    bus.install(subscribers)
    member = User(email="reader@example.org", name="Reader Person", role=SiteRole.member)
    owner = User(email="owner@example.org", name="Owner Person", role=SiteRole.owner, password_hash="none")
    async with unit_of_work() as work:
        for user in (owner, member):
            await work.users.add(user)
        made = [await spaces.add(work, f"S{n:03}", f"Space {n}", owner.id) for n in range(in_spaces)]
        for space in made:
            await work.spaces.add_member(space.id, member.id, SpaceRole.reader)
        cookie = await browser_sessions.start(work, member, "127.0.0.1", "bench")
    await (_whole if whole else _rows)(documents, made, owner.id)
    await db.dispose()
    return cookie


async def _whole(documents: int, made: list[Space], owner_id: str) -> None:
    chance = random.Random(1)
    for at in range(documents):
        source = document(chance, at)
        derived = derive.derive(source)
        async with unit_of_work() as work:
            entry = storing.Text(source, derived, derived.title)
            await storing.create(work, made[at % len(made)], entry, owner_id=owner_id, origin=None)


async def _rows(documents: int, made: list[Space], owner_id: str) -> None:
    """Straight into the tables: the lists read no text. Changed in any order, as documents are."""
    began, chance = clock.now() - timedelta(days=300), random.Random(2)
    source = "# Text\n"
    for first in range(0, documents, 5_000):
        heads, texts = [], []
        for at in range(first, min(documents, first + 5_000)):
            space, number = made[at % len(made)], at // len(made) + 1
            moment = began + timedelta(seconds=chance.randrange(25_000_000))
            head = Document(
                space_id=space.id, number=number, title=f"Document {chance.randrange(10**6)}", owner_id=owner_id,
                head_revision=1, summary="What it is about, in a line or two.", updated_at=moment, created_at=moment,
            )  # fmt: skip
            heads.append(head.model_dump())
            texts.append(
                Revision(
                    document_id=head.id, number=1, base_number=0, text=source, text_digest=ids.digest(f"{at}"),
                    size=len(source), author_id=owner_id,
                ).model_dump()
            )  # fmt: skip
        async with db.engine(write=True).begin() as connection:
            await connection.execute(insert(Document), heads)
            await connection.execute(insert(Revision), texts)
            head = "(SELECT id FROM revision WHERE document_id = document.id)"
            await connection.execute(text(f"UPDATE document SET head_id = {head} WHERE head_id IS NULL"))


def document(chance: random.Random, at: int) -> str:
    """10 KB in the shape of a design document: prose, lists, components, a table of columns, code."""
    parts = [f"# Service {at}\n", "**Status**: Draft\n**Owner**: Platform\n", "## Components\n"]
    parts += [
        f"### Part {n}\n\n- **Purpose**: {_sentence(chance)}\n- **Dependencies**: Part {n + 1}\n" for n in range(6)
    ]
    parts += ["### Part 6\n\n- **Purpose**: Keeps what the others found.\n", "## Database Design\n\n#### thing\n"]
    parts += ["| Column | Type | Null | Key | Description |\n| --- | --- | --- | --- | --- |"]
    parts[-1] += "".join(f"\n| column_{n} | TEXT | no |  | {_sentence(chance)} |" for n in range(8)) + "\n"
    parts += ["## Example\n\n```python\nfor order in orders:\n    order.send(timeout=3)\n```\n", "## Notes\n"]
    while sum(map(len, parts)) < 10_000:
        parts.append(f"{_sentence(chance)} {_sentence(chance)} `code {chance.randrange(99)}` **{_sentence(chance)}**\n")
    return "\n".join(parts)[:10_000]


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS.split(), k=12)).capitalize() + "."
