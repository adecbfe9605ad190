"""What happened to roles: in spaces, of accounts, through groups, on documents. `details` hold ids and words of roles,
never names or addresses of people: whoever is erased is erased here as well.
"""

from app.services.events import Action, Event


class SpaceChanged(Event):
    action = Action.space_changed
    object_type = "space"


class SpaceArchived(Event):
    action = Action.space_archived
    object_type = "space"


class SpaceReopened(Event):
    action = Action.space_reopened
    object_type = "space"


class MemberPut(Event):
    """Somebody was given a role in a space, or another one."""

    action = Action.member_put
    object_type = "space"


class MemberRemoved(Event):
    action = Action.member_removed
    object_type = "space"


class MemberLeft(Event):
    action = Action.member_left
    object_type = "space"


class SpaceGroupPut(Event):
    action = Action.group_put
    object_type = "space"


class SpaceGroupRemoved(Event):
    action = Action.group_removed
    object_type = "space"


class RoleChanged(Event):
    action = Action.role_changed
    object_type = "user"


class PersonDisabled(Event):
    action = Action.person_disabled
    object_type = "user"


class PersonEnabled(Event):
    action = Action.person_enabled
    object_type = "user"


class PersonHandedOver(Event):
    action = Action.person_handed_over
    object_type = "user"


class PersonErased(Event):
    action = Action.person_erased
    object_type = "user"


class GroupMade(Event):
    action = Action.group_made
    object_type = "group"


class GroupChanged(Event):
    action = Action.group_changed
    object_type = "group"


class GroupDeleted(Event):
    action = Action.group_deleted
    object_type = "group"


class GroupJoined(Event):
    action = Action.group_joined
    object_type = "group"


class GroupParted(Event):
    action = Action.group_parted
    object_type = "group"


class CustomRoleMade(Event):
    action = Action.custom_role_made
    object_type = "role"


class CustomRoleChanged(Event):
    action = Action.custom_role_changed
    object_type = "role"


class CustomRoleDeleted(Event):
    action = Action.custom_role_deleted
    object_type = "role"


class TokenWithdrawn(Event):
    """Somebody's personal token was revoked by another. `details` name whose it was."""

    action = Action.token_withdrawn
    object_type = "token"


class DocumentInvited(Event):
    action = Action.document_invited
    object_type = "document"


class DocumentUninvited(Event):
    action = Action.document_uninvited
    object_type = "document"


class DocumentAssigned(Event):
    action = Action.document_assigned
    object_type = "document"


class DocumentMoved(Event):
    """Into another space; `details` hold the number that it has now and the one that it had."""

    action = Action.document_moved
    object_type = "document"


class DocumentLeft(Event):
    """Out of a space, for those who answer for that: the document's own history went along. Where to is not said here:
    they may know nothing of that space. `details` hold its id and the number that it had.
    """

    action = Action.document_left
    object_type = "space"


class DocumentDeleted(Event):
    """`details` hold its number, its newest revision and how many links were revoked with it."""

    action = Action.document_deleted
    object_type = "document"


class DocumentRestored(Event):
    action = Action.document_restored
    object_type = "document"


class ShareLinkMade(Event):
    action = Action.share_link_made
    object_type = "document"


class ShareLinkRevoked(Event):
    action = Action.share_link_revoked
    object_type = "document"
