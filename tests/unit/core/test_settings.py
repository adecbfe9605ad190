"""Settings: what starts, what refuses to start, and the sentences it says."""

import pytest
from pydantic import SecretStr

from app.core.settings import Settings, UnsafeSettings, load, problems, secret

GOOD = {
    "environment": "production",
    "public_url": "https://designs.example.org",
    "secret_key": SecretStr("f3a9c07b52e84d16a07de95b3c418f62"),
    "metrics_token": SecretStr("token-of-the-metrics"),
}


def made(**changes) -> Settings:
    return Settings(_env_file=None, **{**GOOD, **changes})


def test_nothing_need_be_set_outside_production(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert problems(Settings(_env_file=None)) == []


@pytest.mark.req("JWT-05")
@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"secret_key": None}, "SECRET_KEY is missing"),
        ({"secret_key": SecretStr("short")}, "shorter than 32 bytes"),
        ({"secret_key": SecretStr("changeme" * 5)}, "can be guessed"),
        ({"secret_key": SecretStr("a" * 40)}, "can be guessed"),
        ({"previous_secret_keys": "short"}, "PREVIOUS_SECRET_KEYS is shorter than 32 bytes: leave it out"),
        ({"public_url": "http://designs.example.org"}, "PUBLIC_URL is http"),
        ({"trusted_proxies": "0.0.0.0/0"}, "trusts everybody"),
        ({"trusted_proxies": "::/0"}, "trusts everybody"),
        ({"cdn": True}, "behind a CDN"),
        ({"metrics_token": None}, "METRICS_TOKEN is missing"),
        ({"allowed_outgoing_hosts": "169.254.169.254:80"}, "names a metadata service"),
        ({"workers": 2, "database_url": "postgresql://x/y"}, "share no sessions"),
        ({"workers": 2, "redis_url": "redis://x"}, "SQLite is for one worker"),
    ],
)
def test_what_is_unsafe_in_production_is_one_sentence(changes, word):
    found = problems(made(**changes))
    assert len(found) == 1
    assert word in found[0]
    assert found[0].endswith(".")


def test_a_good_production_starts():
    assert problems(made()) == []
    assert problems(made(public_url="http://localhost:3000")) == []


def test_all_problems_are_named_at_once(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnsafeSettings) as refused:
        load(environment="production", public_url="http://designs.example.org")
    assert len(refused.value.problems) == 3
    assert all(sentence in str(refused.value) for sentence in refused.value.problems)


def test_a_value_that_cannot_be_read_is_a_sentence_without_the_value(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLUMBLINE_WORKERS", "many-secret-things")
    with pytest.raises(UnsafeSettings) as refused:
        load()
    assert "PLUMBLINE_WORKERS" in str(refused.value)
    assert "many-secret-things" not in str(refused.value)


@pytest.mark.req("SSRF-01")
def test_outgoing_hosts_are_exact():
    written = "sso.example.org:443, SSO.Example.org:8443,10.0.0.5:80,[::1]:81,bücher.example:443"
    hosts = ("sso.example.org:443", "sso.example.org:8443", "10.0.0.5:80", "[::1]:81", "xn--bcher-kva.example:443")
    assert made(allowed_outgoing_hosts=written).allowed_outgoing_hosts == hosts


@pytest.mark.req("SSRF-01")
@pytest.mark.parametrize(
    "wrong", ["sso.example.org", "*:443", "*.example.org:443", "https://x:443", "a@x:1", "x:0", "x:y"]
)
def test_an_outgoing_host_that_is_not_exact_is_refused(wrong):
    with pytest.raises(ValueError, match="host:port"):
        made(allowed_outgoing_hosts=wrong)


SSO = '{"name":"sso","label":"Our SSO","issuer":"https://sso.example.org/realms/a","client_id":"plumbline"%s}'


def test_providers_are_those_with_a_client(monkeypatch):
    monkeypatch.setenv("PLUMBLINE_OIDC_PROVIDERS", "[" + SSO % ',"client_secret":"s3cr3t"' + "]")
    found = made(
        github_client_id="a", github_client_secret="x", github_url="https://git.example.org/", microsoft_client_id="b",
        microsoft_client_secret="y", microsoft_tenant="9188040D-6c67-4c5b-b112-36a304b66dad",
    )  # fmt: skip
    assert [(one.name, one.host) for one in found.providers] == [
        ("microsoft", "login.microsoftonline.com:443"),
        ("github", "git.example.org:443"),
        ("sso", "sso.example.org:443"),
    ]
    microsoft, github, sso = found.providers
    assert (microsoft.confirms_addresses, microsoft.any_tenant, github.open_to_all) == (True, False, False)
    assert (found.provider("sso"), found.provider("google")) == (sso, None)
    assert problems(found) == []
    assert "s3cr3t" not in repr(found)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"google_client_id": "a"}, "GOOGLE_CLIENT_SECRET is missing"),
        ({"microsoft_client_id": "a", "microsoft_client_secret": "b"}, "MICROSOFT_TENANT is missing"),
        ({"oidc_providers": f"[{SSO % ''},{SSO % ''}]"}, "Two identity providers are called sso"),
        ({"oidc_providers": f"[{SSO % ''}]".replace("https", "http")}, "sso is http"),
        ({"google_client_id": "a", "google_client_secret": "b", "provider_accounts": True}, "PROVIDER_DOMAINS"),
    ],
)
def test_a_provider_that_is_unsafe_is_one_sentence(changes, word):
    found = problems(made(**changes))
    assert len(found) == 1
    assert word in found[0]
    assert found[0].endswith(".")


def test_accounts_for_everybody_have_to_be_asked_for_in_words():
    everybody = {"google_client_id": "a", "google_client_secret": "b", "provider_accounts": True}
    assert problems(made(**everybody, provider_domains="example.org")) == []
    assert problems(made(**everybody, provider_domains="*")) == []
    assert problems(made(oidc_providers=f"[{SSO % ''}]", provider_accounts=True)) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("oidc_providers", "no json"),
        ("oidc_providers", '[{"name":"sso"}]'),
        ("oidc_providers", f"[{SSO % ''}]".replace("https://sso", "javascript://sso")),
        ("oidc_providers", f"[{SSO % ''}]".replace('"sso"', '"../sso"')),
        ("microsoft_tenant", "contoso"),
        ("provider_domains", "example"),
        ("gitlab_url", "ftp://gitlab.example.org"),
    ],
)
def test_a_provider_that_cannot_be_read_keeps_the_server_from_starting(monkeypatch, tmp_path, name, value):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"PLUMBLINE_{name.upper()}", value)
    with pytest.raises(UnsafeSettings, match=f"PLUMBLINE_{name.upper()}"):
        load()


def test_the_driver_follows_from_any_spelling(tmp_path):
    assert made(database_url="postgres://u@h/d").database == "postgresql+asyncpg://u@h/d"
    assert made(database_url="postgresql://u@h/d").database == "postgresql+asyncpg://u@h/d"
    assert made(data_dir=tmp_path).database == f"sqlite+aiosqlite:///{tmp_path}/plumbline.db"


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    settings = Settings(_env_file=None, data_dir=tmp_path / "data")
    first = secret(settings)
    assert secret(settings) == first
    assert len(first) >= 32
    assert (tmp_path / "data" / "secret.key").stat().st_mode & 0o777 == 0o600


def test_no_secret_is_printed_with_the_settings():
    assert "f3a9c07b" not in repr(made())
