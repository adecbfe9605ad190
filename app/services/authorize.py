"""The check that begins every use case. Who holds which role comes from the database, never from the caller."""

from app.core import clock
from app.core.errors import AppError, Forbidden, NotFound
from app.core.settings import settings
from app.domain.permissions import SCOPES, Permission, SpaceRole, granted_by, in_space, on_site
from app.schemas.identity import Actor

_WORDS = {
    Permission.space_create: "create a space",
    Permission.document_read: "read this document",
    Permission.document_create: "add documents to this space",
    Permission.revision_save: "change this document",
}


def require(actor: Actor, permission: Permission, role: SpaceRole | None = None) -> None:
    """Raises `Forbidden`, saying who can grant it. `role` is the actor's in the space that is meant; without it the
    actor's role on the site decides.
    """
    if actor.scopes is not None and not any(permission in SCOPES[scope] for scope in actor.scopes):
        raise Forbidden(f"This token may not {_WORDS[permission]}. Make one with another scope in your settings.")
    allowed = on_site(actor.role, permission) if role is None else in_space(role, permission)
    if not allowed:
        raise Forbidden(f"You may not {_WORDS[permission]}. Ask {granted_by(permission)}.")


def require_person(actor: Actor) -> None:
    """For what concerns an account itself: a token made for a program may not."""
    if actor.scopes is not None:
        raise Forbidden("A personal access token may not do this: sign in with your password.")


def require_fresh(actor: Actor) -> None:
    """For what could lock a person out of their account, or let another in: the sign-in is young enough by the settings
    (ten minutes), or it was confirmed since. Raises REAUTHENTICATION_REQUIRED.
    """
    require_person(actor)
    proved_at, life = actor.authenticated_at, settings().reauthentication_life
    if proved_at is None or clock.now() - proved_at > life:
        raise AppError(
            "Your sign-in is a while ago: confirm that it is you, or sign in again.", code="REAUTHENTICATION_REQUIRED"
        )


def absent(what: str) -> NotFound:
    """The same for what does not exist and for what the actor may not see."""
    return NotFound(f"There is no such {what}, or it is not shared with you.")
