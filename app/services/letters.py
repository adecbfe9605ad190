"""What mails say, all in one place; and putting one into the outbox. Plain text, one link at most, no secret else."""

from dataclasses import dataclass
from datetime import timedelta

from app.core import clock
from app.core.settings import settings
from app.services.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str


async def post(work: UnitOfWork, to: str, letter: Letter) -> None:
    """Sent after the commit."""
    content = {"to": to, "subject": letter.subject, "text": letter.text, "written_at": clock.now().isoformat()}
    await work.enqueue("send_mail", content)


def sign_up(url: str) -> Letter:
    return _letter(
        "Finish making your account",
        f"Somebody, most likely you, wants an account at {_site()} with this address. Open this to finish:",
        url,
        f"It works once, for {_life()}. If it was not you, there is nothing to do.",
    )


def sign_up_known() -> Letter:
    return _letter(
        "You already have an account",
        f"Somebody, most likely you, asked for an account at {_site()} with this address. You have one: sign in here.",
        f"{settings().public_url}/login",
        "If you do not know your password any more, ask for a new one there. If it was not you, all is well.",
    )


def reset(url: str) -> Letter:
    return _letter(
        "A new password",
        f"Somebody, most likely you, asked for a new password at {_site()}. Open this to set it:",
        url,
        f"It works once, for {_life()}, and signs you out everywhere. If it was not you, there is nothing to do: your "
        "password stays as it is.",
    )


def reset_by_admin(admin: str) -> Letter:
    return _letter(
        "A link for a new password was made",
        f"{admin} made a link that sets a new password for your account at {_site()}, to hand it to you. If you did "
        "not ask for that, talk to them.",
    )


def password_changed() -> Letter:
    return _letter(
        "Your password was changed",
        f"The password of your account at {_site()} was changed just now. If that was not you, ask for a new one at "
        "once, and tell those who run this site:",
        f"{settings().public_url}/reset",
    )


def new_address(url: str) -> Letter:
    return _letter(
        "Confirm your new address",
        f"This is to be the address of your account at {_site()}. Open this to confirm it:",
        url,
        f"It works once, for {_life()}. If you did not ask for it, there is nothing to do.",
    )


def address_taken() -> Letter:
    return _letter(
        "This address has an account already",
        f"Somebody with an account at {_site()} wanted to change its address to this one, which is the address of "
        "yours. Nothing was changed.",
    )


def address_changed(new: str) -> Letter:
    return _letter(
        "The address of your account was changed",
        f"Your account at {_site()} now has the address {new}. Mails go there from now on. If that was not you, tell "
        "those who run this site at once.",
    )


def invitation(url: str, inviter: str, space: str) -> Letter:
    where = f"the space {space} at {_site()}" if space else _site()
    return _letter(
        f"{inviter} invites you to Plumbline",
        f"{inviter} invites you to {where}. Open this to accept:",
        url,
        f"It works once, for {_words(settings().invitation_life)}.",
    )


def _letter(subject: str, *paragraphs: str) -> Letter:
    return Letter(subject, "\n\n".join(paragraphs) + "\n")


def _site() -> str:
    return f"Plumbline ({settings().public_url})"


def _life() -> str:
    return _words(settings().link_life)


def _words(life: timedelta) -> str:
    minutes = int(life.total_seconds() // 60)
    for size, unit in ((1440, "day"), (60, "hour")):
        if minutes >= size and minutes % size == 0:
            count = minutes // size
            return f"{count} {unit}" + ("s" if count > 1 else "")
    return f"{minutes} minutes" if minutes > 1 else "a minute"
