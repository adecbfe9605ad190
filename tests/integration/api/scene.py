"""What the policies are tried on: one of everything that an operation or an event can be about, in the small world."""

from datetime import timedelta

from passlib.hash import argon2

from app.core import clock
from app.domain.permissions import Level, SpaceRole
from app.domain.sheet import RENDER_VERSION
from app.schemas.evidence import AddEvidence
from app.schemas.imports import ImportFile, ImportTexts
from app.services import browser_sessions, evidence, imports
from app.services.unit_of_work import unit_of_work
from models import CustomRole, ShareLink, User, UserGroup
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
    bystander: str
    """Id of somebody who is in no space."""
    member: str
    """Id of somebody who is a reader of ENG, in the group, and invited to the document."""
    leaver: str
    group: str
    role: str
    link: str
    evidence: str

    async def made(self, world: World):
        self.number = await world.document(TEXT, name="policy.md")
        ((digest,),) = await rows("SELECT text_digest FROM revision")
        self.digest = f"{digest}-{RENDER_VERSION}"
        self.address = f"{digest}-{digest}-{RENDER_VERSION}"
        again = ImportTexts(space_key="ENG", files=(ImportFile(name="policy.md", data=TEXT.encode()),))
        report = await imports.run(world.actor("author"), again)
        self.batch, self.item = report.id, report.items[0].id
        await self._bystander()
        await self._others()
        sent = AddEvidence(space="ENG", file_name="junit.xml", data=b"<testsuite><testcase/></testsuite>")
        self.evidence = (await evidence.add(world.actor("author"), sent)).id
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
        self.theirs, self.bystander = found.session_id, found.user_id

    async def _others(self):
        async with unit_of_work() as work:
            made = [User(email=f"{name}@example.org", name=name.title()) for name in ("memb", "leaver")]
            for user in made:
                await work.users.add(user)
            self.member, self.leaver = (user.id for user in made)
            space = await work.spaces.by_key("ENG")
            group = UserGroup(name="Platform")
            role = CustomRole(name="Greeter", level=Level.space, permissions=["member:add"])
            await work.groups.add(group)
            await work.groups.add(role)
            await work.groups.put(group.id, self.member)
            await work.members.put(space.id, self.member, SpaceRole.reader)
            await work.members.put_group(space.id, group.id, SpaceRole.reader)
            self.group, self.role = group.id, role.id
            ((document,),) = await rows("SELECT id FROM document")
            await work.sharing.put(document, self.member, SpaceRole.reader)
            link = ShareLink(
                document_id=document, digest="d" * 64, made_by=self.member, expires_at=clock.now() + timedelta(days=1)
            )
            await work.sharing.add_link(link)
            self.link = link.id
