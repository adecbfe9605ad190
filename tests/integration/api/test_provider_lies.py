"""A provider that lies, in one way at a time, signs nobody in; nor does a browser that brings what is not its own."""

import base64
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from joserfc import jwt

from app.adapters.oauth import metadata
from tests.backing.listener import Listener
from tests.backing.provider import SECRET, Lies, Provider, found, key
from tests.integration.api.site import on_sqlite
from tests.integration.api.visiting import BACK, Visitor, sessions

NOBODY = {401, 503}


def claims(**changes: Any) -> Lies:
    """`None` leaves a claim out."""
    return Lies(
        claims=lambda honest: {name: value for name, value in {**honest, **changes}.items() if value is not None}
    )


def signed(header: dict, with_: Any, algorithms: list[str]) -> Lies:
    return Lies(signed=lambda _honest, said: jwt.encode(header, said, with_, algorithms=algorithms))


def written(header: dict, sign: Callable[[bytes], bytes]) -> Lies:
    """A token made by hand: no library would make it."""

    def made(_honest: dict, said: dict) -> str:
        head = b".".join(encoded(json.dumps(part).encode()) for part in (header, said))
        return (head + b"." + encoded(sign(head))).decode()

    return Lies(signed=made)


def encoded(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def hs256(secret: bytes, **header: Any) -> Lies:
    return written({"alg": "HS256", **header}, lambda head: hmac.digest(secret, head, "sha256"))


def tokens(**changes: Any) -> Lies:
    return Lies(
        tokens=lambda honest: {name: value for name, value in {**honest, **changes}.items() if value is not None}
    )


def replied(status: int, body: bytes, **headers: str) -> Lies:
    return Lies(token_reply=lambda _honest: (status, headers, body))


LIES = {
    "another nonce": claims(nonce="another"),
    "no nonce": claims(nonce=None),
    "empty nonce": claims(nonce=""),
    "another audience": claims(aud="somebody-else"),
    "another audience with our azp": claims(aud="somebody-else", azp="plumbline"),
    "audiences without us": claims(aud=["a", "b"], azp="plumbline"),
    "no audience": claims(aud=None),
    "audiences for another party": claims(aud=["plumbline", "b"], azp="b"),
    "audiences without a party": claims(aud=["plumbline", "b"]),
    "another party": claims(azp="somebody-else"),
    "another issuer": claims(iss="https://accounts.google.com"),
    "issuer with a slash": Lies(claims=lambda honest: {**honest, "iss": honest["iss"] + "/"}),
    "no issuer": claims(iss=None),
    "expired": claims(exp=int(time.time()) - 3600),
    "never expiring": claims(exp=None),
    "expiring in words": claims(exp="tomorrow"),
    "not yet good": claims(nbf=int(time.time()) + 3600),
    "issued in the future": claims(iat=int(time.time()) + 3600),
    "issued never": claims(iat=None),
    "no subject": claims(sub=None),
    "empty subject": claims(sub=""),
    "subject that is a number": claims(sub=42),
    "subject that is a list": claims(sub=["ada"]),
    "endless subject": claims(sub="x" * 256),
    "hash of another access token": claims(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
    "key of somebody else": signed({"alg": "RS256", "kid": "honest"}, key("other"), ["RS256"]),
    "key that nobody has": signed({"alg": "RS256", "kid": "unknown"}, key("other"), ["RS256"]),
    "key in the header": signed({"alg": "RS256", "jwk": key("other").as_dict(private=False)}, key("other"), ["RS256"]),
    "no signature": written({"alg": "none"}, lambda _head: b""),
    "no signature, shouted": written({"alg": "NONE", "kid": "honest"}, lambda _head: b""),
    "client secret as key": hs256(SECRET.encode()),
    "client secret as key with a name": hs256(SECRET.encode(), kid="honest"),
    "public key as secret": hs256(key().as_pem(private=False), kid="honest"),
    "secret among the keys": Lies(
        keys=lambda _honest: {"keys": [{"kty": "oct", "k": encoded(SECRET.encode()).decode(), "kid": "honest"}]},
        signed=hs256(SECRET.encode(), kid="honest").signed,
    ),
    "an access token for a token": Lies(header=lambda honest: {**honest, "typ": "at+jwt"}),
    "an extension we do not know": written(
        {"alg": "RS256", "kid": "honest", "crit": ["x"], "x": 1}, lambda _head: b"x"
    ),
    "userinfo of somebody else": Lies(about=lambda honest: {**honest, "sub": "eve"}),
    "userinfo of nobody": Lies(about=lambda honest: {"email": honest["email"]}),
    "answer of another issuer": Lies(back=lambda honest: {**honest, "iss": "https://accounts.google.com"}),
    "answer of no issuer": Lies(back=lambda honest: {"code": honest["code"], "state": honest["state"]}),
    "no ID token": tokens(id_token=None),
    "ID token of no shape": tokens(id_token="garbage"),
    "endless ID token": tokens(id_token="a." + "b" * 30_000 + ".c"),
    "ID token that is a list": tokens(id_token=["a", "b"]),
    "token of another type": tokens(token_type="mac"),
    "no access token": tokens(access_token=None),
    "tokens that are a list": Lies(tokens=lambda honest: [honest]),
    "broken token endpoint": replied(500, b"planted-trace"),
    "token endpoint in HTML": replied(200, b"<html>planted-page</html>"),
    "token endpoint that refuses": Lies(token_reply=lambda _honest: found({"error": "invalid_grant"}, 400)),
    "token endpoint that redirects": replied(302, b"", Location="http://127.0.0.1:1/"),
    "deep answer": replied(200, b"[" * 100_000),
    "huge answer": replied(200, b'{"a":"' + b"x" * 400_000 + b'"}'),
    "no keys": Lies(keys=lambda _honest: {"keys": []}),
    "keys of no shape": Lies(keys=lambda _honest: {"keys": "none"}),
}


@on_sqlite
@pytest.mark.req("OIDC-04")
@pytest.mark.parametrize("lie", LIES)
async def test_a_lie_signs_nobody_in(site, world, provider: Provider, lie: str):
    before, visitor = await sessions(), Visitor(site)
    provider.lies = LIES[lie]
    answer = await visitor.sign_in(provider)
    assert answer.status_code in NOBODY, lie
    assert (await visitor.who(), await sessions(), "plumbline" in visitor.cookies) == ("", before, False)
    assert "planted" not in answer.text
    assert answer.json()["error"]["details"]["trouble"] in {"refused", "away"}
    provider.lies = Lies()
    metadata.forget()
    assert (await visitor.sign_in(provider)).status_code == 303, "the same provider, honest, signs in"


@on_sqlite
@pytest.mark.req("OIDC-04", "SSRF-07")
async def test_a_document_decides_nothing_about_how_the_provider_is_called(site, world, provider: Provider):
    """Options of the client in it, and endpoints in our own network."""
    async with Listener() as trap:
        options = {
            "verify": False,
            "follow_redirects": True,
            "transport": None,
            "proxy": trap.url,
            "base_url": trap.url,
        }
        provider.lies = Lies(document=lambda honest: {**honest, **options})
        assert (await Visitor(site).sign_in(provider)).status_code == 303
        for name in ("token_endpoint", "jwks_uri", "userinfo_endpoint"):
            metadata.forget()
            provider.lies = Lies(document=lambda honest, name=name: {**honest, name: f"{trap.url}/x"})
            assert (await Visitor(site).sign_in(provider)).status_code == 503
        assert trap.connections == 0


@on_sqlite
@pytest.mark.req("OIDC-04")
@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://accounts.google.com"},
        {"issuer": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "//evil.test/authorize"},
        {"authorization_endpoint": None},
        {"token_endpoint": "file:///etc/passwd"},
        {"token_endpoint": ["http://127.0.0.1"]},
        {"jwks_uri": "http://user@127.0.0.1/"},
    ],
)
async def test_a_document_of_another_issuer_leads_nowhere(site, world, provider: Provider, document: dict):
    provider.lies = Lies(document=lambda honest: {**honest, **document})
    visitor = Visitor(site)
    answer = await visitor.ask("GET", "/auth/providers/sso/start")
    assert (answer.status_code, visitor.cookies) == (503, {})
    assert "evil" not in answer.text


async def brought(visitor: Visitor, provider: Provider, subject: str = "ada") -> dict[str, str]:
    return provider.consent(await visitor.leave(), subject)


@pytest.mark.req("OIDC-03")
async def test_what_is_not_this_browsers_own_visit_signs_nobody_in(site, world, provider: Provider):
    before = await sessions()
    honest = await brought(visitor := Visitor(site), provider)
    other = await brought(stranger := Visitor(site), provider, "eve")
    wrong = [
        {**honest, "state": "another"},
        {**honest, "state": ""},
        {name: value for name, value in honest.items() if name != "state"},
        {**honest, "state": other["state"]},
        {**other},
        {"state": honest["state"][:-1], "code": honest["code"]},
    ]
    for case in wrong:
        answer = await visitor.come_back(case)
        assert (answer.status_code, answer.json()["error"]["details"]["trouble"]) == (400, "stale")
    without = Visitor(site)
    assert (await without.come_back(honest)).status_code == 400, "a browser that never left"
    assert await sessions() == before
    assert (await stranger.come_back(other)).status_code == 303, "and nobody's visit was spent by trying"


@on_sqlite
@pytest.mark.req("OIDC-03")
async def test_a_swapped_code_is_refused_by_its_verifier_and_nonce(site, world, provider: Provider):
    before = await sessions()
    honest = await brought(visitor := Visitor(site), provider)
    stolen = await brought(Visitor(site), provider, "eve")
    answer = await visitor.come_back({**honest, "code": stolen["code"]})
    assert (answer.status_code, await sessions()) == (401, before)
    assert "planted" not in answer.text


@on_sqlite
@pytest.mark.req("OIDC-03")
async def test_coming_back_twice_signs_in_once(site, world, provider: Provider):
    visitor = Visitor(site)
    honest = await brought(visitor, provider)
    kept = dict(visitor.cookies)
    grant = provider.grants[honest["code"]]
    assert (await visitor.come_back(honest)).status_code == 303
    after = await sessions()
    provider.grants[honest["code"]] = grant  # a provider that takes a code twice
    visitor.cookies = kept
    assert (await visitor.come_back(honest)).status_code == 400
    assert await sessions() == after


@on_sqlite
@pytest.mark.req("OIDC-03")
async def test_a_visit_ends_after_ten_minutes(set_clock, site, world, provider: Provider):
    honest = await brought(visitor := Visitor(site), provider)
    set_clock.advance(minutes=10)
    assert (await visitor.come_back(honest)).status_code == 400


RUBBISH = [
    "",
    "?",
    "?state=%00&code=%00",
    "?state=<script>planted</script>&code=planted",
    "?error=planted&error_description=<b>planted</b>",
    "?state=a&state=b&code=planted",
    f"?state={'planted' * 100}",
    f"?code={'planted' * 600}&state=x",
    "?state[]=planted&code[]=planted",
    "?iss=planted&state=%ff%fe",
    "?state=x&code=x&iss=" + "planted" * 50,
]


@on_sqlite
@pytest.mark.req("OIDC-10")
@pytest.mark.parametrize("accept", ["application/json", "text/html,*/*"])
async def test_rubbish_at_the_callback_is_refused_without_an_echo(site, world, provider: Provider, accept: str):
    for query in RUBBISH:
        visitor = Visitor(site, cookies={"plumbline-visit": "planted"})
        answer = await visitor.ask("GET", f"{BACK}{query}", headers={"accept": accept})
        assert 400 <= answer.status_code < 500, query
        assert "planted" not in answer.text
        assert "plumbline" not in visitor.cookies
    gone = await Visitor(site).ask("GET", "/auth/providers/<b>planted/callback", headers={"accept": accept})
    assert (gone.status_code, "planted" in gone.text) == (404, False)
