"""Identity providers: the way there, and what they say of who came back. One file per protocol, found by its name.

Each has `depart(provider, redirect_uri, again)` and `arrive(provider, back)`.
"""

from types import ModuleType

from app.adapters.oauth import github, oidc
from app.core.settings import Protocol, Provider

_PROTOCOLS: dict[Protocol, ModuleType] = {Protocol.oidc: oidc, Protocol.github: github}


def speaking(provider: Provider) -> ModuleType:
    return _PROTOCOLS[provider.protocol]
