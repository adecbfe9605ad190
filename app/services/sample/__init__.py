"""The sample space: three documents of three people who cannot sign in, to look around with.

The texts lie beside this file; Plumbline's own design is `docs/design.md`, which an installation carries here too.
"""

from dataclasses import dataclass
from pathlib import Path

from app.domain.permissions import SpaceRole
from app.domain.status import Status
from app.services import rendering, spaces, storing
from app.services.unit_of_work import UnitOfWork
from models import User

KEY = "SAMPLE"
_HERE = Path(__file__).parent
_CHECKOUT = _HERE.parents[2] / "docs"


@dataclass(frozen=True)
class Person:
    name: str
    role: SpaceRole

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@sample.invalid"


PEOPLE = (
    Person("Ana Duarte", SpaceRole.author),
    Person("Ravi Menon", SpaceRole.author),
    Person("Mei Tanaka", SpaceRole.reviewer),
)
DOCUMENTS = (
    ("refunds.md", "Ana Duarte", Status.in_review),
    ("events.md", "Ravi Menon", Status.approved),
    ("design.md", "Mei Tanaka", Status.draft),
)


@dataclass(frozen=True)
class Prepared:
    """A sample text, read and derived before any transaction begins."""

    text: storing.Text
    file_name: str
    person: str
    status: Status


async def prepare() -> tuple[Prepared, ...]:
    prepared = []
    for file_name, person, status in DOCUMENTS:
        text = _read(file_name)
        if text is None:
            continue
        derived = await rendering.derived(text)
        entry = storing.Text(text, derived, derived.title, "First version")
        prepared.append(Prepared(entry, file_name, person, status))
    return tuple(prepared)


async def store(work: UnitOfWork, owner: User, prepared: tuple[Prepared, ...]) -> None:
    """The space with its people and documents; the owner maintains it."""
    space = await spaces.add(work, KEY, "Sample", owner.id, is_sample=True)
    people = {}
    for person in PEOPLE:
        user = User(email=person.email, name=person.name, can_sign_in=False)
        await work.users.add(user)
        await work.spaces.add_member(space.id, user.id, person.role)
        people[person.name] = user.id
    for one in prepared:
        await storing.create(
            work, space, one.text, owner_id=people[one.person], origin=one.file_name, status=one.status
        )


def _read(file_name: str) -> str | None:
    """Beside this file or, in a checkout, in `docs/`; a text that an installation left out is not missed."""
    place = next((folder / file_name for folder in (_HERE, _CHECKOUT) if (folder / file_name).exists()), None)
    return place.read_bytes().decode() if place else None
