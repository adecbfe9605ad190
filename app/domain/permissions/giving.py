"""Giving and taking: nobody gives more than they have, and nobody acts on an account that may do as much as theirs."""

from app.domain.permissions.permission import Level, Permission
from app.domain.permissions.roles import Role
from app.domain.permissions.standing import Rights

_ON_ACCOUNTS = frozenset(
    {
        Permission.user_change,
        Permission.user_disable,
        Permission.user_hand_over,
        Permission.user_erase,
        Permission.outbox_copy,
    }
)


def may_give(rights: Rights, role: Role) -> bool:
    """Whether the role holds nothing that the giver lacks; taking one away asks the same. Who looks after spaces of
    others gives any role in a space: that is how a space without a maintainer gets one.
    """
    if role.level is Level.space and Permission.space_oversee in rights:
        return True
    return role.permissions <= rights.permissions


def over_account(rights: Rights, theirs: Rights) -> Rights:
    """What somebody with `rights` on the site may do with the account of somebody with `theirs`: acting on it takes
    more than they have, or the permission to appoint.
    """
    if Permission.user_appoint in rights or theirs.permissions < rights.permissions:
        return rights
    return Rights(rights.permissions - _ON_ACCOUNTS)
