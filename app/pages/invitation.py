"""The page of the link in an invitation."""

import html
from collections.abc import Mapping
from typing import Any

import reflex as rx

from app.gateway.pages import Audience, Page, Slot, Slots
from app.schemas.providers import Trouble
from app.services import troubles
from components.joining.invitation import invitation
from components.joining.link import opened_link
from components.shell.frame import bare
from components.ui import tokens
from components.ui.served import slot


def content() -> rx.Component:
    return bare(
        "You are invited",
        slot(name="trouble", element="p", class_name="hint"),
        opened_link(invitation(), kind="invitation", again="/login", words="Sign in"),
    )


async def greet(words: Mapping[str, str]) -> Slots:
    """What came of a visit to a provider; a link that is no good any more says so itself."""
    told = troubles.told(words)
    if told and words["trouble"] == Trouble.has_account:
        return {"trouble": Slot(trusted=f'{html.escape(told)} <a class="{tokens.LINK}" href="/login">Sign in</a>')}
    return {"trouble": Slot(told)}


async def fill(_: Any, words: Mapping[str, str]) -> Slots:
    return await greet(words)


PAGE = Page("/invitation", "You are invited", content, audience=Audience.anyone, fill=fill, greet=greet)
