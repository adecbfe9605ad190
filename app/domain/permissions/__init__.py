"""Who may do what: permissions, roles made of them, and what somebody's roles come to on one thing. Pure."""

from app.domain.permissions.giving import may_give as may_give
from app.domain.permissions.giving import over_account as over_account
from app.domain.permissions.permission import Level as Level
from app.domain.permissions.permission import Permission as Permission
from app.domain.permissions.roles import ANYBODY as ANYBODY
from app.domain.permissions.roles import BUILT_IN as BUILT_IN
from app.domain.permissions.roles import DOCUMENT_OWNER as DOCUMENT_OWNER
from app.domain.permissions.roles import INVITED as INVITED
from app.domain.permissions.roles import LINKED as LINKED
from app.domain.permissions.roles import OVERSEER as OVERSEER
from app.domain.permissions.roles import SCOPES as SCOPES
from app.domain.permissions.roles import SITE as SITE
from app.domain.permissions.roles import SPACE as SPACE
from app.domain.permissions.roles import Role as Role
from app.domain.permissions.roles import Scope as Scope
from app.domain.permissions.roles import SiteRole as SiteRole
from app.domain.permissions.roles import SpaceRole as SpaceRole
from app.domain.permissions.roles import Visibility as Visibility
from app.domain.permissions.roles import custom as custom
from app.domain.permissions.standing import NOBODY as NOBODY
from app.domain.permissions.standing import Rights as Rights
from app.domain.permissions.standing import SiteStanding as SiteStanding
from app.domain.permissions.standing import Standing as Standing
from app.domain.permissions.standing import granted_by as granted_by
