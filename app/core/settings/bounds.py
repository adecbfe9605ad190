"""How much is too much: rates, sizes, times."""

from pydantic import Field

from app.core.settings.kinds import Group, Rate


class Bounds(Group):
    rate_limit_scale: float = Field(1.0, ge=0, le=1000, description="All rate limits times this; 0 turns them off")
    rate_address: Rate = Field("1200/minute", description="Requests of one address, before anybody is looked up")
    rate_person: Rate = Field("1200/minute", description="Requests and interface events of one person")
    rate_sign_in: Rate = Field("10/15 minutes", description="Tries of one address to sign in to one account")
    rate_sign_in_address: Rate = Field("100/15 minutes", description="Tries of one address to sign in to any account")
    rate_sign_in_account: Rate = Field("200/hour", description="Tries of all addresses to sign in to one account")
    rate_second_factor: Rate = Field("20/hour", description="Codes of a second factor tried for one account")
    max_body_bytes: int = Field(25_000_000, ge=1_000_000, description="Largest request body that is read")
    request_seconds: float = Field(30.0, gt=0, description="A request that takes longer is answered with 503")
