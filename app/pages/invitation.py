"""The page of the link in an invitation."""

from collections.abc import Mapping
from typing import Any

import reflex as rx

from app.gateway.pages import Audience, Page, Slot, Slots
from app.services import troubles
from components.joining.invitation import invitation
from components.joining.link import opened_link
from components.shell.frame import bare
from components.ui.served import slot


def content() -> rx.Component:
    return bare(
        "You are invited",
        slot(name="trouble", element="p", class_name="hint"),
        opened_link(invitation(), kind="invitation", again="/login", words="Sign in"),
    )


async def greet(words: Mapping[str, str]) -> Slots:
    """What came of a visit to a provider; a link that is no good any more says so itself."""
    return {"trouble": Slot(troubles.told(words))}


async def fill(_: Any, words: Mapping[str, str]) -> Slots:
    return await greet(words)


PAGE = Page("/invitation", "You are invited", content, audience=Audience.anyone, fill=fill, greet=greet)
