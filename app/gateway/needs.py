"""What calling an operation or an interface event takes, as each declares it. The services judge; this is what they are
held to, and what is refused before anything is asked.
"""

from enum import StrEnum

from app.domain.permissions import ANYBODY, Permission


class Access(StrEnum):
    """What is no question of permission: open to all, or about whoever is signed in and nobody else."""

    public = "public"
    signed_in = "signed_in"


Need = Access | Permission


def asks_who(need: Need) -> bool:
    """Whether nobody can do it without being signed in, whatever it is done to."""
    return need is not Access.public and need not in ANYBODY
