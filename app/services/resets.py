"""A new password for somebody who does not know theirs. It ends all their sessions."""

from app.core import clock, passwords
from app.core.errors import InvalidCredentials
from app.domain.permissions import Permission, over_account
from app.schemas.identity import Actor, Viewer
from app.schemas.joining import AskReset, LinkMade, SetPassword
from app.services import asking, authorize, letters, links, person
from app.services.events import LinkAsked, PasswordReset, ResetLinkMade
from app.services.unit_of_work import reading, unit_of_work
from models import LinkKind

KIND = "reset_link"


async def ask(command: AskReset) -> None:
    """A mail goes to the address if it is somebody's."""
    await asking.later(KIND, person.email(command.email))


async def write(email: str) -> None:
    """The mail, to whoever may sign in."""
    async with unit_of_work() as work:
        user = await work.users.by_email(email)
        if user is None or not user.may_sign_in:
            return
        made = await links.make(work, LinkKind.reset, email, links.Terms(user_id=user.id))
        work.record(LinkAsked(actor_id=None, object_id=made.id, details={"kind": LinkKind.reset, "user": user.id}))
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
        if user is None or not user.may_sign_in:
            raise InvalidCredentials("The account of this link is closed.")
        await work.users.put_password(user.id, hashed)
        ended = await work.sessions.end_all(user.id, clock.now())
        await work.links.end_of(user.id, LinkKind.address)
        work.record(PasswordReset(actor_id=user.id, object_id=user.id, details={"ended": ended}))
        await letters.post(work, user.email, letters.password_changed())


async def make_for(actor: Actor, user_id: str) -> LinkMade:
    """A link to hand over to somebody of less standing, who is told by mail. Raises `NotFound` for nobody."""
    async with unit_of_work() as work:
        rights = await authorize.require_on_site(work, actor, Permission.user_change)
        authorize.require_fresh(actor)
        user = await work.users.get(user_id)
        if user is None or not user.may_sign_in:
            raise authorize.absent("account")
        theirs = (await work.standings.site(Viewer(user_id=user.id))).rights
        authorize.require(actor, Permission.user_change, over_account(rights, theirs))
        made = await links.make(work, LinkKind.reset, user.email, links.Terms(user_id=user.id, made_by=actor.user_id))
        work.record(ResetLinkMade(actor_id=actor.user_id, object_id=user.id, details={"link": made.id}))
        await letters.post(work, user.email, letters.reset_by_admin(actor.name))
    return LinkMade(email=user.email, link=made.url, expires_at=made.expires_at)
