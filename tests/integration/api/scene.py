"""What the policies are tried on: one of everything that an operation or an event can be about, in the small world."""

from passlib.hash import argon2

from app.domain.sheet import RENDER_VERSION
from app.schemas.imports import ImportFile, ImportTexts
from app.services import browser_sessions, imports
from app.services.unit_of_work import unit_of_work
from models import User
from tests.integration.world import World, change, rows

PASSWORD = "slate river lantern 42"
TEXT = "# Policy\n\nWho may do what.\n\n## Components\n\n### Judge\n\n- **Purpose**: Decides.\n"


class Scene:
    """A document of ENG with its text, to which the guest is invited as a reader, and an import of the author's that
    waits for an answer.
    """

    number: str
    digest: str
    address: str
    batch: str
    item: str
    theirs: str
    """Id of something that belongs to nobody who asks here: a bystander's session."""

    async def made(self, world: World):
        self.number = await world.document(TEXT, name="policy.md")
        ((digest,),) = await rows("SELECT text_digest FROM revision")
        self.digest = f"{digest}-{RENDER_VERSION}"
        self.address = f"{digest}-{digest}-{RENDER_VERSION}"
        again = ImportTexts(space_key="ENG", files=(ImportFile(name="policy.md", data=TEXT.encode()),))
        report = await imports.run(world.actor("author"), again)
        self.batch, self.item = report.id, report.items[0].id
        await self._bystander()
        await change(
            "INSERT INTO document_member (document_id, user_id, role) SELECT id, :who, 'reader' FROM document",
            who=world.actor("guest").user_id,
        )
        hashed = argon2.using(type="ID", memory_cost=8, time_cost=1, parallelism=1).hash(PASSWORD)
        await change('UPDATE "user" SET password_hash = :hash WHERE email LIKE :who', hash=hashed, who="%@example.org")
        return self

    async def _bystander(self):
        async with unit_of_work() as work:
            bystander = User(email="bystander@example.org", name="By Stander")
            await work.users.add(bystander)
            token = await browser_sessions.start(work, bystander, "192.0.2.8", "Test browser")
        found = await browser_sessions.by_token(token)
        assert found is not None
        self.theirs = found.session_id
