"""Which settings are unsafe to start with, a sentence each with the remedy."""

import ipaddress
from urllib.parse import urlsplit

from app.core.settings.kinds import PREFIX
from app.core.settings.whole import Settings


class UnsafeSettings(SystemExit):
    """The process must not start. `problems` are sentences to show as they are; uncaught, they end up on stderr."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("Plumbline does not start:\n" + "\n".join(f"  - {problem}" for problem in problems))
        self.problems = problems


def problems(settings: Settings) -> list[str]:
    """What is unsafe, a sentence each with the remedy. Outside production only what cannot work at all."""
    found = [*_worker_problems(settings), *_provider_problems(settings)]
    if settings.is_production:
        found += [*_secret_problems(settings), *_exposure_problems(settings), *_trust_problems(settings)]
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
    if any(host.startswith(("169.254.", "[fe80:", "[fd00:ec2:")) for host in settings.allowed_outgoing_hosts):
        found.append(f"{PREFIX}ALLOWED_OUTGOING_HOSTS names a metadata service, which gives away the machine: drop it.")
    if settings.metrics_token is None:
        found.append(f"{PREFIX}METRICS_TOKEN is missing: /metrics would be open to everybody; set a random token.")
    return found


def _provider_problems(settings: Settings) -> list[str]:
    names = [provider.name for provider in settings.providers]
    found = [f"Two identity providers are called {name}: rename one." for name in sorted({*_repeated(names)})]
    for name in ("google", "github", "microsoft", "gitlab"):
        setting = f"{PREFIX}{name.upper()}"
        if getattr(settings, f"{name}_client_id") and getattr(settings, f"{name}_client_secret") is None:
            found.append(f"{setting}_CLIENT_SECRET is missing: nobody could sign in with the client of that id.")
    if settings.microsoft_client_id and not settings.microsoft_tenant:
        found.append(f"{PREFIX}MICROSOFT_TENANT is missing: set it to your tenant's id, or to organizations.")
    return found


def _repeated(names: list[str]) -> list[str]:
    return [name for name in names if names.count(name) > 1]


def _trust_problems(settings: Settings) -> list[str]:
    plain = [one.name for one in settings.providers if not one.issuer.startswith("https://")]
    found = [f"The identity provider {name} is http: whoever listens could sign in as anybody." for name in plain]
    open_ = [one.label for one in settings.providers if one.open_to_all]
    if settings.provider_accounts and open_ and not settings.provider_domains:
        who = " or ".join(open_)
        found.append(f"Whoever has a {who} account would get one here: name {PREFIX}PROVIDER_DOMAINS, or set it to *.")
    return found
