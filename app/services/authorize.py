"""The check that begins every use case. What somebody may do with a thing comes with the thing, from the database."""

from app.core import clock
from app.core.errors import AppError, Forbidden, NotFound, Unauthenticated
from app.core.settings import settings
from app.domain.permissions import SCOPES, Permission, Rights, granted_by
from app.schemas.identity import Actor, Viewer
from app.services.unit_of_work import Reading


def require(viewer: Viewer, permission: Permission, rights: Rights) -> None:
    """Raises `Forbidden`, saying who can grant it; `Unauthenticated` for somebody who is not signed in."""
    require_scope(viewer, permission)
    if permission in rights:
        return
    if not viewer.user_id:
        raise _who()
    if permission in rights.missed:
        raise Forbidden("This space is archived. A maintainer of it can take it back into use.")
    raise Forbidden(f"You may not {permission.words}. Ask {granted_by(permission)}.")


async def require_on_site(data: Reading, viewer: Viewer, permission: Permission) -> Rights:
    """The same for the site as a whole; gives what else the viewer may do there."""
    rights = (await data.standings.site(viewer)).rights
    require(viewer, permission, rights)
    return rights


def require_known(viewer: Viewer, permission: Permission) -> None:
    """For lists of everything that somebody may read: they are for people with an account."""
    require_scope(viewer, permission)
    if not viewer.user_id:
        raise _who()


def require_scope(viewer: Viewer, permission: Permission) -> None:
    """For what the query alone limits to what the viewer may read: a token must be made for reading it."""
    if viewer.scopes is not None and not any(permission in SCOPES[scope] for scope in viewer.scopes):
        raise Forbidden(f"This token may not {permission.words}. Make one with another scope in your settings.")


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


def absent(what: str, viewer: Viewer | None = None) -> AppError:
    """The same for what does not exist and for what the viewer may not see; who is not signed in is asked to."""
    if viewer is not None and not viewer.user_id:
        return _who()
    return NotFound(f"There is no such {what}, or it is not shared with you.")


def _who() -> Unauthenticated:
    return Unauthenticated("Sign in first.")
