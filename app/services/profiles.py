"""What a person says of themselves."""

from app.schemas.identity import Actor, ChangeProfile, ProfileView
from app.services import authorize, person
from app.services.events import ProfileChanged
from app.services.unit_of_work import reading, unit_of_work


async def mine(actor: Actor) -> ProfileView:
    authorize.require_person(actor)
    async with reading() as data:
        user = await data.users.get(actor.user_id)
    return ProfileView(name=actor.name, email=actor.email, has_password=bool(user and user.password_hash))


async def change(actor: Actor, command: ChangeProfile) -> None:
    """Raises `Invalid` for a name that cannot be shown."""
    authorize.require_person(actor)
    name = person.name(command.name)
    async with unit_of_work() as work:
        await work.users.rename(actor.user_id, name)
        work.record(ProfileChanged(actor_id=actor.user_id, object_id=actor.user_id))
