"""A new password for somebody who does not know theirs. It ends all their sessions."""

from app.core import clock, passwords
from app.core.errors import InvalidCredentials
from app.schemas.joining import AskReset, SetPassword
from app.services import asking, letters, links, person
from app.services.events import LinkMade, PasswordReset
from app.services.unit_of_work import reading, unit_of_work
from models import LinkKind, User

KIND = "reset_link"


async def ask(command: AskReset) -> None:
    """A mail goes to the address if it is somebody's."""
    await asking.later(KIND, person.email(command.email))


async def write(email: str) -> None:
    """The mail, to whoever may sign in."""
    async with unit_of_work() as work:
        user = await work.users.by_email(email)
        if user is None or not _may_sign_in(user):
            return
        made = await links.make(work, LinkKind.reset, email, links.Terms(user_id=user.id))
        work.record(LinkMade(actor_id=None, object_id=made.id, details={"kind": LinkKind.reset, "user": user.id}))
        await letters.post(work, email, letters.reset(made.url))


async def finish(command: SetPassword) -> None:
    """A password that is refused leaves the link good."""
    token = command.token.get_secret_value()
    async with reading() as data:
        await links.opened(data, LinkKind.reset, token)
    password = command.password.get_secret_value()
    passwords.refuse_weak(password)
    hashed = await passwords.hashed(password)
    async with unit_of_work() as work:
        link = await links.spend(work, LinkKind.reset, token)
        user = await work.users.get(link.user_id or "")
        if user is None or not _may_sign_in(user):
            raise InvalidCredentials("The account of this link is closed.")
        await work.users.put_password(user.id, hashed)
        ended = await work.sessions.end_all(user.id, clock.now())
        await work.links.end_of(user.id, LinkKind.address)
        work.record(PasswordReset(actor_id=user.id, object_id=user.id, details={"ended": ended}))
        await letters.post(work, user.email, letters.password_changed())


def _may_sign_in(user: User) -> bool:
    return user.can_sign_in and user.disabled_at is None
