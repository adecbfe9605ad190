"""A small world for tests: spaces, people of every role, documents made through the services."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from sqlalchemy import insert, select
from sqlalchemy import text as sql
from sqlmodel import col

from app.core import answers, clock, db
from app.domain.permissions import SiteRole, SpaceRole
from app.schemas.identity import Actor
from app.schemas.imports import ImportFile, ImportTexts
from app.schemas.revisions import RevisionView, SaveRevision
from app.services import accounts, browser_sessions, imports, revisions, spaces
from app.services.unit_of_work import unit_of_work
from models import Document, ShareLink, Space, User

GROUP, OTHERS = "g" * 32, "h" * 32
"""Ids of two groups."""
PEOPLE = {
    "owner": (SiteRole.owner, "ENG", SpaceRole.maintainer),
    "admin": (SiteRole.admin, "", None),
    "maintainer": (SiteRole.member, "ENG", SpaceRole.maintainer),
    "author": (SiteRole.member, "ENG", SpaceRole.author),
    "reviewer": (SiteRole.member, "ENG", SpaceRole.reviewer),
    "reader": (SiteRole.member, "ENG", SpaceRole.reader),
    "outsider": (SiteRole.member, "OPS", SpaceRole.maintainer),
    "guest": (SiteRole.guest, "", None),
}
WRITERS = ("owner", "maintainer", "author")
READERS = (*WRITERS, "reviewer", "reader")
STRANGERS = ("admin", "outsider", "guest")


@dataclass
class World:
    tokens: dict[str, str]
    actors: dict[str, Actor]

    @classmethod
    async def make(cls) -> Self:
        tokens = {}
        async with unit_of_work() as work:
            users = {
                name: User(email=f"{name}@example.org", name=f"{name.title()} Person", role=role)
                for name, (role, _, _) in PEOPLE.items()
            }
            for user in users.values():
                await work.users.add(user)
            made = {
                "ENG": await spaces.add(work, "ENG", "Engineering", users["owner"].id),
                "OPS": await spaces.add(work, "OPS", "Operations", users["outsider"].id),
            }
            for name, (_, key, role) in PEOPLE.items():
                if role is not None and name not in ("owner", "outsider"):
                    await work.spaces.add_member(made[key].id, users[name].id, role)
                tokens[name] = await browser_sessions.start(work, users[name], "192.0.2.7", "Test browser")
        actors = {name: await accounts.identify(token) for name, token in tokens.items()}
        return cls(tokens, {name: actor for name, actor in actors.items() if actor is not None})

    def actor(self, name: str) -> Actor:
        return self.actors[name]

    async def signed_in(self, name: str) -> str:
        """The cookie of one more session, begun now."""
        async with unit_of_work() as work:
            user = await work.users.get(self.actor(name).user_id)
            assert user is not None
            return await browser_sessions.start(work, user, "192.0.2.7", "Test browser")

    async def document(self, text: str = "# A title\n\nSome text.\n", by: str = "author", name: str = "") -> str:
        """A new document of one revision; gives its number."""
        key = PEOPLE[by][1]
        file = ImportFile(name=name or f"{len(text)}-{abs(hash(text))}.md", data=text.encode())
        report = await imports.run(self.actor(by), ImportTexts(space_key=key, files=(file,)))
        assert report.items[0].number is not None, report.items[0].message
        return report.items[0].number

    async def save(self, number: str, base: int, text: str, by: str = "author", message: str = "") -> RevisionView:
        return await revisions.save(self.actor(by), SaveRevision(number=number, base=base, text=text, message=message))


async def rows(query: str, **values: object) -> list[tuple]:
    """What the database really holds, past every layer."""
    async with db.engine().connect() as connection:
        return [tuple(row) for row in await connection.execute(sql(query), values)]


async def change(statement: str, **values: object) -> None:
    """Damage done behind the product's back, or time passing for other people; what was kept has run out since."""
    async with db.engine(write=True).begin() as connection:
        await connection.execute(sql(statement), values)
    await answers.close()


async def link(
    digest: str, key: str = "ENG", *, life: timedelta = timedelta(days=1), revoked: datetime | None = None
) -> None:
    """Stored as the product stores it: a time compares to the last moment."""
    of_text = select(col(Document.id), col(Document.owner_id)).join(Space, col(Space.id) == col(Document.space_id))
    async with db.engine(write=True).begin() as connection:
        document, owner = (await connection.execute(of_text.where(col(Space.key) == key))).one()
        made = {"document_id": document, "digest": digest, "made_by": owner, "revoked_at": revoked}
        await connection.execute(insert(ShareLink).values(**made, expires_at=clock.now() + life))
