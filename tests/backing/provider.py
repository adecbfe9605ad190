"""An OpenID Connect provider of our own that can be made to lie at any step; honest unless told otherwise.

It serves its document, keys, tokens and userinfo over a real socket. The person's part, choosing an account at the
provider's own page, is `consent`: it takes the address the browser was sent to and gives what it brings back.
"""

import asyncio
import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "plumbline", "a secret between the two of them"
Reply = tuple[int, dict[str, str], bytes]


@cache
def key(name: str = "honest") -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig", "alg": "RS256"}, private=True)


@dataclass
class Grant:
    nonce: str
    challenge: str
    redirect_uri: str
    subject: str


def same(value: Any) -> Any:
    return value


@dataclass
class Lies:
    """What is changed on its way out; each takes what would be honest."""

    document: Callable[[dict], dict] = same
    keys: Callable[[dict], dict] = same
    claims: Callable[[dict], dict] = same
    header: Callable[[dict], dict] = same
    signed: Callable[[dict, dict], str] | None = None
    tokens: Callable[[dict], Any] = same
    token_reply: Callable[[Reply], Reply] = same
    about: Callable[[dict], dict] = same
    back: Callable[[dict], dict] = same


@dataclass
class Provider:
    """`async with Provider() as provider`; `people` are subjects with their claims."""

    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    lies: Lies = field(default_factory=Lies)
    grants: dict[str, Grant] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    access: dict[str, str] = field(default_factory=dict)
    port: int = 0
    _server: asyncio.Server | None = None

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> "Provider":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()

    def setting(self, **changes: Any) -> dict[str, Any]:
        made = {"name": "sso", "label": "Our SSO", "issuer": self.issuer, "client_id": CLIENT, "client_secret": SECRET}
        return made | changes

    def consent(self, url: str, subject: str = "ada") -> dict[str, str]:
        """As the person `subject`: the parameters that the browser brings back."""
        sent = {name: values[0] for name, values in parse_qs(urlsplit(url).query, strict_parsing=True).items()}
        assert sent["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.grants[code] = Grant(sent["nonce"], sent["code_challenge"], sent["redirect_uri"], subject)
        return self.lies.back({"code": code, "state": sent["state"], "iss": self.issuer})

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            path = head[0].split(" ")[1]
            self.asked.append(path)
            status, extra, content = self._reply(path, headers, body.decode())
            lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(content)}", "Connection: close"]
            lines += [f"{name}: {value}" for name, value in extra.items()]
            writer.write("\r\n".join([*lines, "", ""]).encode() + content)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def _reply(self, path: str, headers: dict[str, str], body: str) -> Reply:
        if path == "/.well-known/openid-configuration":
            return found(self.lies.document(self._document()))
        if path == "/keys":
            return found(self.lies.keys({"keys": [key().as_dict(private=False)]}))
        if path == "/token":
            return self.lies.token_reply(self._token(headers, body))
        if path == "/about":
            subject = self.access[headers["authorization"].removeprefix("Bearer ")]
            return found(self.lies.about({"sub": subject, **self.people[subject]}))
        return 404, {}, b""

    def _document(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/about",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            "authorization_response_iss_parameter_supported": True,
        }

    def _token(self, headers: dict[str, str], body: str) -> Reply:
        form = {name: values[0] for name, values in parse_qs(body).items()}
        given = base64.b64decode(headers.get("authorization", "").removeprefix("Basic ")).decode()
        if [unquote(part) for part in given.split(":")] != [CLIENT, SECRET]:
            return found({"error": "invalid_client"}, 401)
        grant = self.grants.pop(form.get("code", ""), None)
        made = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(made).rstrip(b"=").decode()
        if grant is None or (grant.challenge, grant.redirect_uri) != (challenge, form.get("redirect_uri")):
            return found({"error": "invalid_grant", "error_description": "planted-description"}, 400)
        access = secrets.token_urlsafe(16)
        self.access[access] = grant.subject
        tokens = {"access_token": access, "token_type": "Bearer", "id_token": self._id_token(grant)}
        return found(self.lies.tokens(tokens))

    def _id_token(self, grant: Grant) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": grant.subject, "aud": CLIENT, "exp": now + 300, "iat": now}
        claims = self.lies.claims({**claims, "nonce": grant.nonce})
        header = self.lies.header({"alg": "RS256", "kid": "honest"})
        if self.lies.signed is not None:
            return self.lies.signed(header, claims)
        return jwt.encode(header, claims, key())


def found(content: Any, status: int = 200) -> Reply:
    return status, {"Content-Type": "application/json"}, json.dumps(content).encode()
