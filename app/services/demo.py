"""A database to try things on: named people, one per role, an outsider in a space of their own, documents in every
status. Always the same names, numbers and texts; for development only, because everybody has the same known password.
"""

from dataclasses import dataclass

from app.core import passwords
from app.core.errors import Conflict, Forbidden
from app.core.settings import Environment, settings
from app.domain.permissions import SiteRole, SpaceRole
from app.domain.status import Status
from app.services import rendering, sample, spaces, storing
from app.services.unit_of_work import UnitOfWork, reading, unit_of_work
from models import User

PASSWORD = "a plumb line hangs true"  # noqa: S105 -- printed by the command, refused outside development
MAIN, OTHER = "ENG", "OPS"


@dataclass(frozen=True)
class Person:
    """`role` is held in the space with this key, by the guest on its first document only; site roles other than member
    come with `site`.
    """

    name: str
    what: str
    role: SpaceRole
    space: str = MAIN
    site: SiteRole = SiteRole.member

    @property
    def email(self) -> str:
        return f"{self.name.split()[0].lower()}@demo.example"


PEOPLE = (
    Person("Nora Quist", "owner", SpaceRole.maintainer, site=SiteRole.owner),
    Person("Adam Ferreira", "admin", SpaceRole.reader, site=SiteRole.admin),
    Person("Ana Duarte", "maintainer", SpaceRole.maintainer),
    Person("Ravi Menon", "author", SpaceRole.author),
    Person("Mei Tanaka", "reviewer", SpaceRole.reviewer),
    Person("Jo Okafor", "reader", SpaceRole.reader),
    Person("Gil Moreau", "guest", SpaceRole.reader, site=SiteRole.guest),
    Person("Lena Brandt", "outsider", SpaceRole.maintainer, space=OTHER),
)
_NOTES = {
    Status.draft: ("Retry budget for the order queue", "Owner: Ana Duarte"),
    Status.rejected: ("Two ledgers, one per region", "Owner: Ravi Menon"),
    Status.superseded: ("Refunds by card processor", "Owner: Ana Duarte"),
    Status.implemented: ("Rate limits at the edge", "Owner: Ravi Menon"),
}


async def fill() -> tuple[Person, ...]:
    """Everything in one transaction. Raises `Forbidden` outside development, `Conflict` where somebody can sign in."""
    if settings().environment is not Environment.development:
        raise Forbidden("The demo is for development: its password is known to everybody.")
    async with reading() as data:
        if await data.users.any():
            raise Conflict("Somebody can sign in here already: the demo wants an empty database.")
    texts = [*[(one.text, one.status) for one in await sample.prepare()], *[await _note(status) for status in _NOTES]]
    hashed, apart = await passwords.hashed(PASSWORD), await _outside()
    async with unit_of_work() as work:
        ids = await _people(work, hashed)
        main = await spaces.add(work, MAIN, "Engineering", ids["owner"])
        other = await spaces.add(work, OTHER, "Operations", ids["outsider"])
        for person in PEOPLE:
            if person.what not in ("owner", "outsider", "guest"):
                await work.spaces.add_member(main.id, ids[person.what], person.role)
        made = [
            await storing.create(work, main, text, owner_id=ids["author"], origin=None, status=status)
            for text, status in texts
        ]
        await work.sharing.put(made[0].id, ids["guest"], SpaceRole.reader)
        await storing.create(work, other, apart, owner_id=ids["outsider"], origin=None)
    return PEOPLE


async def _people(work: UnitOfWork, hashed: str) -> dict[str, str]:
    ids = {}
    for person in PEOPLE:
        user = User(email=person.email, name=person.name, role=person.site, password_hash=hashed)
        await work.users.add(user)
        ids[person.what] = user.id
    return ids


async def _note(status: Status) -> tuple[storing.Text, Status]:
    title, owner = _NOTES[status]
    body = f"# {title}\n\n{owner}\n\n## Overview\n\nA note of the demo with the status {status.label.lower()}.\n"
    return storing.Text(body, await rendering.derived(body), title, "First version"), status


async def _outside() -> storing.Text:
    body = "# On-call handover\n\n## Overview\n\nOnly for the people of Operations.\n"
    return storing.Text(body, await rendering.derived(body), "On-call handover", "First version")
