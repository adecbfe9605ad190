"""Kinds of values that settings have, and how they are read from the environment. No setting stands here."""

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any

from limits import parse_many
from pydantic import AfterValidator, BeforeValidator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "PLUMBLINE_"


class Group(BaseSettings):
    """Settings that belong together; `Settings` is made of all groups."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True, hide_input_in_errors=True
    )


def _is_rate(value: str) -> str:
    if len(parse_many(value)) != 1:
        raise ValueError("must be one limit, such as 10/15 minutes")
    return value


Rate = Annotated[str, AfterValidator(_is_rate)]


def listed(read: Callable[[Any], Any] = lambda part: part) -> tuple[Any, ...]:
    """Annotations of a tuple that is written as one comma-separated value; `read` takes one part of it."""

    def split(value: Any) -> Any:
        parts = value.split(",") if isinstance(value, str) else value
        trimmed = (part.strip() if isinstance(part, str) else part for part in parts)
        return tuple(read(part) for part in trimmed if part)

    return NoDecode, BeforeValidator(split)


class Environment(StrEnum):
    development = "development"
    staging = "staging"
    production = "production"


class MailSecurity(StrEnum):
    none = "none"
    starttls = "starttls"
    tls = "tls"
