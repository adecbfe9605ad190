"""Making an account by oneself: an address is given, and whoever reads its mail sets name and password.

An account is made at the second step only. So nobody can prepare one, with a password that they know, for somebody
else's address.
"""

from app.core import passwords
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.settings import settings
from app.schemas.joining import AskSignUp, FinishSignUp
from app.services import asking, browser_sessions, letters, links, person
from app.services.events import AccountMade, LinkAsked
from app.services.unit_of_work import reading, unit_of_work
from models import LinkKind, User

KIND = "sign_up_link"


def is_open() -> bool:
    """Whether people may make accounts by themselves."""
    return settings().sign_up


async def ask(command: AskSignUp) -> None:
    """A mail goes to the address. Raises `Forbidden` unless the settings let people sign up, `Invalid` for an address
    of another domain than those.
    """
    if not is_open():
        raise Forbidden("Accounts are made by invitation here: ask those who run this site for one.")
    email = person.email(command.email)
    domains = settings().sign_up_domains
    if domains and email.rpartition("@")[2] not in domains:
        raise Invalid(f"Use an address of {' or '.join(domains)}.", details={"field": "email"})
    await asking.later(KIND, email)


async def write(email: str) -> None:
    """The mail: a link, or to whoever has an account already that they do."""
    async with unit_of_work() as work:
        if await work.users.by_email(email):
            await letters.post(work, email, letters.sign_up_known())
            return
        made = await links.make(work, LinkKind.sign_up, email)
        work.record(LinkAsked(actor_id=None, object_id=made.id, details={"kind": LinkKind.sign_up}))
        await letters.post(work, email, letters.sign_up(made.url))


async def finish(command: FinishSignUp, address: str, user_agent: str) -> str:
    """The account, and the secret of its first session. A name or password that is refused leaves the link good."""
    token = command.token.get_secret_value()
    async with reading() as data:
        email = (await links.opened(data, LinkKind.sign_up, token)).email
    user = User(email=email, name=person.name(command.name))
    password = command.password.get_secret_value()
    passwords.refuse_weak(password)
    user.password_hash = await passwords.hashed(password)
    async with unit_of_work() as work:
        await links.spend(work, LinkKind.sign_up, token)
        if not await work.users.add_new(user):
            raise Conflict("An account with this address exists: sign in.", details={"field": "email"})
        work.record(AccountMade(actor_id=user.id, object_id=user.id, details={"by": "sign_up"}))
        return await browser_sessions.start(work, user, address, user_agent)
