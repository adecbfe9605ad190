"""What may leave the circle of people with an account."""

from pydantic import Field

from app.core.settings.kinds import Group


class Sharing(Group):
    public_sharing: bool = Field(
        default=True, description="Spaces can be public and documents shared by link; without it, only with an account"
    )
