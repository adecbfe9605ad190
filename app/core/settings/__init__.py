"""Every setting, its default and its meaning; docs and `.env.example` are generated from it. One file per group.

Reading settings is cheap and happens once per process (`settings()`). Values that are unsafe in production are refused
at start by `load()`, one sentence each. Nothing else reads the environment.
"""

from functools import cache
from typing import Any

from pydantic import ValidationError

from app.core.settings.keys import secret as secret
from app.core.settings.keys import secrets_of as secrets_of
from app.core.settings.kinds import PREFIX as PREFIX
from app.core.settings.kinds import Environment as Environment
from app.core.settings.kinds import MailSecurity as MailSecurity
from app.core.settings.providers import Protocol as Protocol
from app.core.settings.providers import Provider as Provider
from app.core.settings.safety import UnsafeSettings as UnsafeSettings
from app.core.settings.safety import problems as problems
from app.core.settings.whole import Settings as Settings


def load(**overrides: Any) -> Settings:
    """Settings that are safe to start with; raises `UnsafeSettings` naming everything that is wrong at once."""
    try:
        loaded = Settings(**overrides)
    except ValidationError as error:
        raise UnsafeSettings([_sentence(dict(item)) for item in error.errors(include_input=False)]) from None
    found = problems(loaded)
    if found:
        raise UnsafeSettings(found)
    return loaded


def _sentence(item: dict[str, Any]) -> str:
    name = str(item["loc"][0]) if item["loc"] else "?"
    return f"{PREFIX}{name.upper()}: {item['msg']} ({Settings.model_fields[name].description})."


@cache
def settings() -> Settings:
    """The process's settings. Tests call `settings.cache_clear()` after changing the environment."""
    return load()
