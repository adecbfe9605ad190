"""What is said when a visit to an identity provider came to nothing: one sentence and one code for each trouble."""

from collections.abc import Mapping
from types import MappingProxyType

from app.core.errors import AppError
from app.core.settings import settings
from app.schemas.providers import Trouble

_NO_ACCOUNT = (
    "No account is connected with you at {label}. Sign in another way and connect it in your settings, or "
    "ask for an invitation."
)
_LINK_REQUIRED = (
    "An account with your e-mail address exists. Sign in to it another way, then connect {label} in your settings."
)
_HAS_ACCOUNT = (
    "You at {label} have an account here already: sign in with it. If the invitation should be for that account, ask "
    "for one to its address."
)
_SAID: Mapping[Trouble, tuple[str, str]] = MappingProxyType(
    {
        Trouble.away: (
            "UNAVAILABLE",
            "{label} cannot be reached just now. Try again in a while, or sign in another way.",
        ),
        Trouble.refused: ("INVALID_CREDENTIALS", "What {label} answered does not prove who you are. Begin again."),
        Trouble.cancelled: ("INVALID_CREDENTIALS", "You did not sign in at {label}."),
        Trouble.stale: ("BAD_REQUEST", "This way through {label} was begun elsewhere or too long ago. Begin again."),
        Trouble.unconfirmed: (
            "FORBIDDEN",
            "{label} does not say that it has confirmed your e-mail address, so no account can be made for it.",
        ),
        Trouble.foreign: ("FORBIDDEN", "Accounts are only made for other e-mail domains than yours at {label}."),
        Trouble.no_account: ("FORBIDDEN", _NO_ACCOUNT),
        Trouble.link_required: ("LINK_REQUIRED", _LINK_REQUIRED),
        Trouble.closed: ("FORBIDDEN", "This account is closed. Ask those who run this site."),
        Trouble.taken: ("CONFLICT", "You at {label} are connected with another account here."),
        Trouble.somebody_else: (
            "INVALID_CREDENTIALS",
            "Whoever you are at {label} is not connected with this account.",
        ),
        Trouble.too_late: ("REAUTHENTICATION_REQUIRED", "Confirm that it is you, then connect {label} again."),
        Trouble.has_account: ("CONFLICT", _HAS_ACCOUNT),
        Trouble.invitation_ended: (
            "INVALID_CREDENTIALS",
            "This invitation was used, has expired, or was withdrawn: ask for another.",
        ),
        Trouble.not_given: (
            "INVALID_CREDENTIALS",
            "Whoever made this invitation may not give it any more: ask for another.",
        ),
    }
)


def trouble(kind: Trouble, provider: str) -> AppError:
    """`details` name both, so that a page can say the same."""
    return AppError(
        sentence(kind, provider), code=_SAID[kind][0], details={"trouble": kind.value, "provider": provider}
    )


def sentence(kind: Trouble, provider: str) -> str:
    configured = settings().provider(provider)
    return _SAID[kind][1].format(label=configured.label if configured else "the provider")


def told(words: Mapping[str, str]) -> str:
    """The sentence for `trouble` and `provider` as an address names them; empty for anything else."""
    try:
        return sentence(Trouble(words.get("trouble", "")), words.get("provider", ""))
    except ValueError:
        return ""
