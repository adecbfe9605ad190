"""By which ways a person gets into their account, and which of them may go."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WaysIn:
    """`identities` counts those at providers that are configured: another lets nobody in."""

    has_password: bool
    passkeys: int
    identities: int

    @property
    def count(self) -> int:
        return int(self.has_password) + self.passkeys + self.identities

    def allows_removal(self, *, is_usable: bool = True) -> bool:
        """Whether a way is left without one of them; one that lets nobody in may always go."""
        return not is_usable or self.count > 1
