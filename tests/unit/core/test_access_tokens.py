"""Access tokens: what is signed, and the many tokens that are refused."""

import base64
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from app.core import access_tokens, clock, ids
from app.core.errors import AppError
from app.core.settings import settings

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
USER, SESSION = ids.new_id(), ids.new_id()
SECRET = "5f0c3a9d71be46288d07aa13c9e25b74"
OLDER = "91d2e7c05ba34f6f8c3e44a07b1d6e59"


@pytest.fixture(autouse=True)
def _fixed(monkeypatch):
    monkeypatch.setenv("PLUMBLINE_SECRET_KEY", SECRET)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.cache_clear()
    yield
    settings.cache_clear()


def parts(token):
    return [json.loads(base64.urlsafe_b64decode(part + "===")) for part in token.split(".")[:2]]


def encoded(value):
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def signed(header=None, claims=None, key=None):
    """A token like ours, but for what is given; `None` as a value leaves the name out."""
    ours_header, ours = parts(access_tokens.issue(USER, SESSION))
    merged = [{name: value for name, value in {**old, **(new or {})}.items() if value is not None}
              for old, new in ((ours_header, header), (ours, claims))]  # fmt: skip
    head, body = (encoded(part) for part in merged)
    chosen = key or access_tokens._keys(settings())[0]
    mac = hmac.digest(chosen.raw_value, f"{head}.{body}".encode(), "sha256")
    return f"{head}.{body}.{encoded(mac)}"


def refused(token):
    with pytest.raises(AppError) as caught:
        access_tokens.read(token)
    return caught.value.code == "INVALID_TOKEN"


def test_a_token_names_person_session_and_itself():
    token = access_tokens.issue(USER, SESSION)
    found = access_tokens.read(token)
    assert (found.user_id, found.session_id) == (USER, SESSION)
    assert found.token_id != access_tokens.read(access_tokens.issue(USER, SESSION)).token_id


@pytest.mark.req("JWT-09")
def test_a_token_is_short_lived_and_holds_nothing_of_the_person():
    header, claims = parts(access_tokens.issue(USER, SESSION))
    assert set(header) == {"alg", "typ", "kid"}
    assert set(claims) == {"iss", "aud", "sub", "sid", "jti", "iat", "nbf", "exp"}
    assert claims["exp"] - claims["iat"] == 15 * 60
    assert type(settings()).model_fields["access_token_minutes"].metadata[1].le == 30


@pytest.mark.req("JWT-09")
def test_a_secret_is_replaced_without_signing_anybody_out(monkeypatch):
    token = access_tokens.issue(USER, SESSION)
    monkeypatch.setenv("PLUMBLINE_SECRET_KEY", OLDER)
    settings.cache_clear()
    assert refused(token)
    monkeypatch.setenv("PLUMBLINE_PREVIOUS_SECRET_KEYS", SECRET)
    settings.cache_clear()
    assert access_tokens.read(token).user_id == USER
    assert parts(token)[0]["kid"] != parts(access_tokens.issue(USER, SESSION))[0]["kid"]


def test_the_way_this_file_signs_is_the_right_one():
    assert access_tokens.read(signed()).user_id == USER


@pytest.mark.req("JWT-01")
@pytest.mark.parametrize("name", ["none", "None", "NONE", "nOnE", "", "none ", "hs256", "HS384", "HS512", None, 0, []])
def test_no_other_algorithm_is_taken(name):
    token = signed({"alg": name})
    head, body, _ = token.split(".")
    assert refused(token)
    assert refused(f"{head}.{body}.")


@pytest.mark.req("JWT-01")
@pytest.mark.parametrize(("name", "digest"), [("HS384", "sha384"), ("HS512", "sha512")])
def test_another_algorithm_is_not_taken_even_where_it_was_signed_right(name, digest):
    head, body, _ = signed({"alg": name}).split(".")
    mac = hmac.digest(access_tokens._keys(settings())[0].raw_value, f"{head}.{body}".encode(), digest)
    assert refused(f"{head}.{body}.{encoded(mac)}")


@pytest.mark.req("JWT-02")
def test_a_signature_that_is_not_ours_is_refused():
    token = access_tokens.issue(USER, SESSION)
    head, body, mac = token.split(".")
    other = encoded({**parts(token)[1], "sub": ids.new_id()})
    stripped, shortened, extended = f"{head}.{body}.", f"{head}.{body}.{mac[:-4]}", f"{head}.{body}.{mac}AAAA"
    flipped = f"{head}.{body}.{'B' if mac[0] == 'A' else 'A'}{mac[1:]}"
    for bad in (stripped, shortened, extended, flipped, f"{head}.{other}.{mac}", f"{head}.{body}", f"{token}.{mac}"):
        assert refused(bad)


@pytest.mark.req("JWT-03")
@pytest.mark.parametrize(
    "header",
    [
        {"jwk": {"kty": "oct", "k": encoded(b"A" * 32)}},
        {"jku": "http://127.0.0.1:9/keys"},
        {"x5u": "http://127.0.0.1:9/cert"},
        {"x5c": ["AAAA"]},
        {"kid": "../../../../dev/null"},
        {"kid": "' OR 1=1 --"},
        {"kid": ["a"]},
        {"kid": None},
        {"crit": ["exp"]},
        {"crit": ["b64"], "b64": False},
        {"b64": False},
        {"zip": "DEF"},
        {"cty": "JWT"},
    ],
)
def test_no_header_chooses_a_key_or_changes_the_reading(header):
    assert refused(signed(header))
    assert refused(signed(header, key=OctKey.import_key(b"A" * 32)))


@pytest.mark.req("JWT-04")
def test_no_public_key_is_taken_for_a_secret():
    pair = RSAKey.generate_key(2048)
    public = OctKey.import_key(b"x" * 32)
    public._raw_value = pair.as_pem(private=False)
    assert refused(signed(key=public))
    assert refused(jwt.encode({"alg": "RS256", "typ": "at+jwt", "kid": "a"}, {"sub": USER}, pair, algorithms=["RS256"]))


LATER, EARLIER = int(NOW.timestamp()) + 60, int(NOW.timestamp()) - 60
MUTATIONS = [
    *({name: None} for name in ("exp", "nbf", "iat", "iss", "aud", "sub", "sid", "jti")),
    {"exp": EARLIER},
    {"exp": "tomorrow"},
    {"nbf": LATER},
    {"iss": "https://elsewhere.example"},
    {"aud": "another-api"},
    {"aud": []},
    {"sub": ""},
    {"sub": 7},
    {"sid": ["a"]},
    {"jti": {}},
]


@pytest.mark.req("JWT-06")
@pytest.mark.parametrize("claims", MUTATIONS, ids=str)
def test_every_claim_is_required_and_checked(claims):
    assert refused(signed(claims=claims))


@pytest.mark.req("JWT-06")
def test_a_token_ends(monkeypatch):
    token = access_tokens.issue(USER, SESSION)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=15, seconds=4))
    assert access_tokens.read(token).user_id == USER
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=15, seconds=6))
    assert refused(token)


@pytest.mark.req("JWT-07")
@pytest.mark.parametrize("kind", ["JWT", "jwt", "id+jwt", "rt+jwt", "AT+JWT", "", None, "application/at+jwt"])
def test_a_token_of_another_kind_is_no_access_token(kind):
    assert refused(signed({"typ": kind}))


@pytest.mark.req("JWT-08")
@pytest.mark.parametrize(
    "token",
    ["", ".", "..", "...", "a.b.c", "é.é.é", "\0.\0.\0", f"{'A' * 700}.{'A' * 700}.{'A' * 700}", "A" * 100_000,
     f"{encoded(b'[' * 600)}.{encoded({})}.AAAA", f"{encoded(b'null')}.{encoded(b'7')}.AAAA"],
)  # fmt: skip
def test_rubbish_is_refused_like_any_other_token(token):
    assert refused(token)


@given(st.text(max_size=60))
@pytest.mark.req("JWT-08")
def test_any_text_is_refused(text):
    assert refused(text)


@pytest.mark.req("JWT-08")
def test_what_is_too_long_or_no_token_is_not_even_decoded(monkeypatch):
    decoded = []

    def decode(token, *_, **__):
        decoded.append(token)
        raise ValueError

    monkeypatch.setattr(access_tokens.jwt, "decode", decode)
    long = f"{'A' * (access_tokens.LONGEST - 4)}.b.c"
    for token in (long, f"A{long}", "é.b.c", "a.b", "a.b.c.d", "a.b.c"):
        assert refused(token)
    assert decoded == [long, "a.b.c"]
