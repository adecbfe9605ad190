"""What the built pages need to fit the gateway: two changes to files that Reflex writes, checked so that none is lost.

1. The event socket is where the page came from, whatever port, host or proxy that is (Reflex bakes an address in).
2. Dynamic routes are rendered at build time too, with the parameter `shell`; `pages` fills in the rest when serving.
Reflex's version is pinned, because these are places in its text.
"""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from reflex.plugins import Plugin

FONTS = ("@fontsource-variable/inter@5.3.0", "@fontsource-variable/jetbrains-mono@5.3.0")
_BAKED = "    endpoint.hostname = frontend_hostname;"
_FROM_LOCATION = "    endpoint.host = window.location.host;"
_BAKED_PORT = 'endpoint.port = ""; // Assume websocket is on https port via load balancer.'
_ALL_STATIC = '"prerender": true'


class BuildPlugin(Plugin):
    """`shells` lists the paths to render ahead; asked for when the pages are compiled."""

    def __init__(self, shells: Callable[[], list[str]]) -> None:
        self.shells = shells

    def get_frontend_dependencies(self, **_context: Any) -> list[str]:
        return [*FONTS]

    def pre_compile(self, **context: Any) -> None:
        context["add_modify_task"]("utils/state.js", socket_from_location)
        context["add_modify_task"]("react-router.config.js", partial(with_shells, self.shells()))


def socket_from_location(source: str) -> str:
    if _FROM_LOCATION in source:
        return source
    return _replaced(_replaced(source, _BAKED, _FROM_LOCATION), _BAKED_PORT, "")


def with_shells(shells: list[str], source: str) -> str:
    """Only the production configuration renders pages ahead."""
    if _ALL_STATIC not in source:
        return source
    return _replaced(source, _ALL_STATIC, f'"prerender": {json.dumps(shells)}')


def _replaced(source: str, old: str, new: str) -> str:
    if source.count(old) != 1:
        raise RuntimeError(f"Reflex's files have changed: `{old}` is not there once. See app/gateway/frontend.py.")
    return source.replace(old, new)
