"""Every setting, its default and its meaning, in one class; docs and `.env.example` are generated from it.

Reading settings is cheap and happens once per process (`settings()`). Values that are unsafe in production are refused
at start by `load()`, one sentence each. Nothing else reads the environment.
"""

import ipaddress
import os
import secrets
from contextlib import suppress
from datetime import timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from limits import parse_many
from pydantic import AfterValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "PLUMBLINE_"


def _is_rate(value: str) -> str:
    if len(parse_many(value)) != 1:
        raise ValueError("must be one limit, such as 10/15 minutes")
    return value


Rate = Annotated[str, AfterValidator(_is_rate)]


class Environment(StrEnum):
    development = "development"
    staging = "staging"
    production = "production"


class MailSecurity(StrEnum):
    none = "none"
    starttls = "starttls"
    tls = "tls"


class Settings(BaseSettings):
    """Read from the environment (prefix `PLUMBLINE_`), then from `.env` in the working directory."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    environment: Environment = Field(Environment.development, description="development, staging or production")
    public_url: str = Field(
        "http://localhost:3000", description="Where people reach the site; links and origin checks are made from it"
    )
    cdn: bool = Field(
        default=False, description="A CDN stands in front: it is told to keep nothing but the hashed assets"
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Networks (CIDR, comma-separated) whose X-Forwarded-* headers are believed; none by default"
    )
    data_dir: Path = Field(Path("data"), description="Folder of the SQLite file and of the generated secret")
    database_url: str = Field("", description="SQLite or PostgreSQL URL; default: plumbline.db in the data folder")
    redis_url: str = Field("", description="Redis or Valkey URL; needed for more than one worker")
    workers: int = Field(1, ge=1, le=64, description="Worker processes")
    secret_key: SecretStr | None = Field(
        None, description="At least 32 random bytes; outside production one is made in the data folder"
    )
    previous_secret_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        (), description="Secrets replaced lately, comma-separated: tokens signed with them stay good"
    )
    session_idle_hours: int = Field(12, ge=1, le=24 * 30, description="A session ends after this time without use")
    session_absolute_days: int = Field(30, ge=1, le=365, description="A session ends after this time in any case")
    access_token_minutes: int = Field(15, ge=1, le=30, description="Life of an access token of the API")
    refresh_grace_seconds: int = Field(
        10, ge=0, le=60, description="A refresh token shown again within this time gets the same answer again"
    )
    rate_limit_scale: float = Field(1.0, ge=0, le=1000, description="All rate limits times this; 0 turns them off")
    rate_address: Rate = Field("1200/minute", description="Requests of one address, before anybody is looked up")
    rate_person: Rate = Field("1200/minute", description="Requests and interface events of one person")
    rate_sign_in: Rate = Field("10/15 minutes", description="Tries of one address to sign in to one account")
    rate_sign_in_address: Rate = Field("100/15 minutes", description="Tries of one address to sign in to any account")
    rate_sign_in_account: Rate = Field("200/hour", description="Tries of all addresses to sign in to one account")
    setup_link_hours: int = Field(24, ge=1, le=168, description="Life of the one-time setup link")
    max_body_bytes: int = Field(25_000_000, ge=1_000_000, description="Largest request body that is read")
    request_seconds: float = Field(30.0, gt=0, description="A request that takes longer is answered with 503")
    argon2_memory_kib: int = Field(19_456, ge=19_456, description="Memory of one password hash (Argon2id)")
    argon2_time_cost: int = Field(2, ge=2, description="Passes of one password hash (Argon2id)")
    argon2_parallelism: int = Field(1, ge=1, le=16, description="Lanes of one password hash (Argon2id)")
    pool_size: int = Field(10, ge=1, le=100, description="Database connections kept per process (PostgreSQL)")
    pool_overflow: int = Field(5, ge=0, le=100, description="Connections beyond the pool at peaks (PostgreSQL)")
    database_seconds: float = Field(3.0, gt=0, description="How long to wait for the database before answering 503")
    content_cache_mb: int = Field(32, ge=0, le=4096, description="Memory for rendered texts, per process")
    render_processes: int = Field(1, ge=0, le=32, description="Processes that render large texts; 0 uses a thread")
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG, INFO, WARNING or ERROR")
    log_json: bool | None = Field(None, description="JSON log lines; default: only in production")
    metrics_token: SecretStr | None = Field(None, description="Bearer token that /metrics asks for")

    smtp_host: str = Field("", description="Mail server; without one mails become files in outbox of the data folder")
    smtp_port: int = Field(587, ge=1, le=65535, description="Port of the mail server")
    smtp_security: MailSecurity = Field(MailSecurity.starttls, description="starttls, tls or none")
    smtp_user: str = Field("", description="Who signs in at the mail server; empty: nobody does")
    smtp_password: SecretStr | None = Field(None, description="Password at the mail server")
    smtp_seconds: float = Field(20.0, gt=0, le=50, description="How long to wait for each answer of the mail server")
    mail_from: str = Field("plumbline@localhost", description="Address that mails come from")
    embedded_worker: bool = Field(
        default=True, description="Do side work, such as mails, in the server; false: `plumbline worker` does it"
    )
    worker_poll_seconds: float = Field(5.0, gt=0, le=600, description="How often a worker looks for work by itself")

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, value: Any) -> Any:
        parts = value.split(",") if isinstance(value, str) else value
        return tuple(str(ipaddress.ip_network(part.strip())) for part in parts if part.strip())

    @field_validator("previous_secret_keys", mode="before")
    @classmethod
    def _keys(cls, value: Any) -> Any:
        parts = value.split(",") if isinstance(value, str) else value
        return tuple(part.strip() if isinstance(part, str) else part for part in parts if part)

    @field_validator("public_url")
    @classmethod
    def _plain_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ValueError("must be an http or https URL with a host")
        return value.rstrip("/")

    @property
    def database(self) -> str:
        """The URL with the async driver in it, whichever spelling was configured."""
        url = self.database_url or f"sqlite:///{(self.data_dir / 'plumbline.db').resolve()}"
        scheme, _, rest = url.partition("://")
        drivers = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+asyncpg", "postgresql": "postgresql+asyncpg"}
        return f"{drivers.get(scheme, scheme)}://{rest}"

    @property
    def is_production(self) -> bool:
        return self.environment is Environment.production

    @property
    def is_sqlite(self) -> bool:
        return self.database.startswith("sqlite")

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def session_idle_life(self) -> timedelta:
        return timedelta(hours=self.session_idle_hours)

    @property
    def session_absolute_life(self) -> timedelta:
        return timedelta(days=self.session_absolute_days)

    @property
    def access_token_life(self) -> timedelta:
        return timedelta(minutes=self.access_token_minutes)

    @property
    def refresh_grace(self) -> timedelta:
        return timedelta(seconds=self.refresh_grace_seconds)

    @property
    def setup_link_life(self) -> timedelta:
        return timedelta(hours=self.setup_link_hours)

    @property
    def logs_json(self) -> bool:
        return self.is_production if self.log_json is None else self.log_json


class UnsafeSettings(SystemExit):
    """The process must not start. `problems` are sentences to show as they are; uncaught, they end up on stderr."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("Plumbline does not start:\n" + "\n".join(f"  - {problem}" for problem in problems))
        self.problems = problems


def problems(settings: Settings) -> list[str]:
    """What is unsafe, a sentence each with the remedy. Outside production only what cannot work at all."""
    found = _worker_problems(settings)
    if settings.is_production:
        found += [*_secret_problems(settings), *_exposure_problems(settings)]
    return found


def _worker_problems(settings: Settings) -> list[str]:
    if settings.workers == 1:
        return []
    found = []
    if not settings.redis_url:
        found.append(f"{settings.workers} workers share no sessions: set {PREFIX}REDIS_URL, or {PREFIX}WORKERS=1.")
    if settings.is_sqlite:
        found.append(f"SQLite is for one worker: set {PREFIX}DATABASE_URL to PostgreSQL, or {PREFIX}WORKERS=1.")
    return found


def _secret_problems(settings: Settings) -> list[str]:
    name = f"{PREFIX}SECRET_KEY"
    if settings.secret_key is None:
        return [f"{name} is missing: set it to the output of `openssl rand -hex 32`."]
    remedy = {name: "set it to the output of `openssl rand -hex 32`", f"{PREFIX}PREVIOUS_SECRET_KEYS": "leave it out"}
    keys = [
        (name, settings.secret_key),
        *((f"{PREFIX}PREVIOUS_SECRET_KEYS", key) for key in settings.previous_secret_keys),
    ]
    found = [(where, _weakness(key.get_secret_value())) for where, key in keys]
    return [f"{where} {weakness}: {remedy[where]}." for where, weakness in found if weakness]


def _weakness(value: str) -> str:
    if len(value.encode()) < 32:
        return "is shorter than 32 bytes"
    if len(set(value)) < 10 or any(word in value.lower() for word in _GUESSABLE):
        return "can be guessed"
    return ""


_GUESSABLE = (
    "changeme",
    "change-me",
    "change_me",
    "secret",
    "password",
    "plumbline",
    "example",
    "0123456789",
    "abcdefgh",
)


def _exposure_problems(settings: Settings) -> list[str]:
    found = []
    if not settings.is_https and urlsplit(settings.public_url).hostname not in {"localhost", "127.0.0.1", "::1"}:
        found.append(f"{PREFIX}PUBLIC_URL is http: cookies would travel in the clear; use https.")
    if any(ipaddress.ip_network(network).prefixlen == 0 for network in settings.trusted_proxies):
        found.append(f"{PREFIX}TRUSTED_PROXIES trusts everybody: name the proxy's own network.")
    if settings.cdn and not settings.trusted_proxies:
        found.append(f"{PREFIX}TRUSTED_PROXIES is empty behind a CDN: everybody would have the CDN's address; name it.")
    if settings.rate_limit_scale == 0:
        found.append(f"{PREFIX}RATE_LIMIT_SCALE is 0: passwords could be guessed without end; set it to 1.")
    if settings.metrics_token is None:
        found.append(f"{PREFIX}METRICS_TOKEN is missing: /metrics would be open to everybody; set a random token.")
    return found


def load(**overrides: Any) -> Settings:
    """Settings that are safe to start with; raises `UnsafeSettings` naming everything that is wrong at once."""
    try:
        loaded = Settings(**overrides)
    except ValidationError as error:
        raise UnsafeSettings([_sentence(dict(item)) for item in error.errors(include_input=False)]) from None
    found = problems(loaded)
    if found:
        raise UnsafeSettings(found)
    return loaded


def _sentence(item: dict[str, Any]) -> str:
    name = str(item["loc"][0]) if item["loc"] else "?"
    return f"{PREFIX}{name.upper()}: {item['msg']} ({Settings.model_fields[name].description})."


@cache
def settings() -> Settings:
    """The process's settings. Tests call `settings.cache_clear()` after changing the environment."""
    return load()


def secret(current: Settings) -> bytes:
    """The signing secret: the configured one, or one made once in the data folder, readable by its owner only."""
    if current.secret_key is not None:
        return current.secret_key.get_secret_value().encode()
    current.data_dir.mkdir(parents=True, exist_ok=True)
    path = current.data_dir / "secret.key"
    if not path.exists():
        _make_secret(path)
    return path.read_bytes()


def secrets_of(current: Settings) -> list[bytes]:
    """What signatures are made with, which is the first, and what they are checked against, which are all."""
    return [secret(current), *(key.get_secret_value().encode() for key in current.previous_secret_keys)]


def _make_secret(path: Path) -> None:
    """Written aside and linked into place: nobody reads half of it, and of two processes one wins."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(secrets.token_hex(32).encode())
    with suppress(FileExistsError):
        path.hardlink_to(aside)
    aside.unlink()
