"""All settings in one class. A new group is one more base; the groups are described in the order of this list."""

from app.core.settings.bounds import Bounds
from app.core.settings.evidence import Evidence
from app.core.settings.joining import Joining
from app.core.settings.mail import Mail
from app.core.settings.outgoing import Outgoing
from app.core.settings.providers import Providers
from app.core.settings.sessions import Sessions
from app.core.settings.sharing import Sharing
from app.core.settings.site import Site
from app.core.settings.storage import Storage
from app.core.settings.watching import Watching


class Settings(Watching, Outgoing, Mail, Evidence, Bounds, Joining, Providers, Sharing, Sessions, Storage, Site):
    """Read from the environment (prefix `PLUMBLINE_`), then from `.env` in the working directory."""

    @property
    def logs_json(self) -> bool:
        return self.logs_as_json(by_default=self.is_production)
