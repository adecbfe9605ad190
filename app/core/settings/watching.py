"""What the server tells those who run it."""

from pydantic import Field, SecretStr

from app.core.settings.kinds import Group


class Watching(Group):
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG, INFO, WARNING or ERROR")
    log_json: bool | None = Field(None, description="JSON log lines; default: only in production")
    metrics_token: SecretStr | None = Field(None, description="Bearer token that /metrics asks for")

    def logs_as_json(self, *, by_default: bool) -> bool:
        return by_default if self.log_json is None else self.log_json
