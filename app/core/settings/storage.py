"""Where things are kept, and how many processes share them."""

from datetime import timedelta
from pathlib import Path

from pydantic import Field

from app.core.settings.kinds import Group


class Storage(Group):
    data_dir: Path = Field(Path("data"), description="Folder of the SQLite file and of the generated secret")
    database_url: str = Field("", description="SQLite or PostgreSQL URL; default: plumbline.db in the data folder")
    redis_url: str = Field("", description="Redis or Valkey URL; needed for more than one worker")
    workers: int = Field(1, ge=1, le=64, description="Worker processes")
    pool_size: int = Field(10, ge=1, le=100, description="Database connections kept per process (PostgreSQL)")
    pool_overflow: int = Field(5, ge=0, le=100, description="Connections beyond the pool at peaks (PostgreSQL)")
    database_seconds: float = Field(3.0, gt=0, description="How long to wait for the database before answering 503")
    answer_cache_seconds: float = Field(
        3.0, ge=0, le=5, description="Longest life of a kept answer, such as who a session belongs to; 0 keeps none"
    )
    content_cache_mb: int = Field(32, ge=0, le=4096, description="Memory for rendered texts, per process")
    render_processes: int = Field(1, ge=0, le=32, description="Processes that render large texts; 0 uses a thread")

    keep_ended_days: int = Field(
        90, ge=1, le=3650, description="How long sessions that are over and side work that is done stay in the database"
    )

    @property
    def keep_ended_life(self) -> timedelta:
        return timedelta(days=self.keep_ended_days)

    @property
    def patience_seconds(self) -> float:
        """How long one request waits for the database in all; uploads have the time of their request."""
        return self.database_seconds * 1.5

    @property
    def database(self) -> str:
        """The URL with the async driver in it, whichever spelling was configured."""
        url = self.database_url or f"sqlite:///{(self.data_dir / 'plumbline.db').resolve()}"
        scheme, _, rest = url.partition("://")
        drivers = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+asyncpg", "postgresql": "postgresql+asyncpg"}
        return f"{drivers.get(scheme, scheme)}://{rest}"

    @property
    def is_sqlite(self) -> bool:
        return self.database.startswith("sqlite")
