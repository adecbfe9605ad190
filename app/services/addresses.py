"""Another e-mail address for an account: confirmed where it leads, told where it led before."""

from app.core.errors import Conflict, Invalid, InvalidCredentials
from app.schemas.identity import Actor
from app.schemas.joining import ChangeAddress, UseLink
from app.services import asking, authorize, letters, links, person
from app.services.events import AddressChanged, LinkAsked
from app.services.unit_of_work import unit_of_work
from models import LinkKind


async def ask(actor: Actor, command: ChangeAddress) -> None:
    """A mail goes to the new address; whether that is another account's is said there only."""
    authorize.require_fresh(actor)
    email = person.email(command.email)
    if email == actor.email:
        raise Invalid("This is your address already.", details={"field": "email"})
    await asking.bounded(LinkKind.address, email)
    async with unit_of_work() as work:
        if await work.users.by_email(email):
            await letters.post(work, email, letters.address_taken())
            return
        made = await links.make(work, LinkKind.address, email, links.Terms(user_id=actor.user_id))
        work.record(LinkAsked(actor_id=actor.user_id, object_id=made.id, details={"kind": LinkKind.address}))
        await letters.post(work, email, letters.new_address(made.url))


async def finish(command: UseLink) -> None:
    """Also ends links that were mailed to the old address."""
    async with unit_of_work() as work:
        link = await links.spend(work, LinkKind.address, command.token.get_secret_value())
        user = await work.users.get(link.user_id or "")
        if user is None or not user.may_sign_in:
            raise InvalidCredentials("The account of this link is closed.")
        old = user.email
        if not await work.users.move(user.id, link.email):
            raise Conflict("An account with this address exists by now.", details={"field": "email"})
        await work.links.end_of(user.id, LinkKind.reset)
        work.record(AddressChanged(actor_id=user.id, object_id=user.id))
        await letters.post(work, old, letters.address_changed(link.email))
