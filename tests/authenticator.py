"""An authenticator in software: makes passkeys and answers challenges as a browser's `toJSON()` gives them."""

import hashlib
import json
import os
import struct
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url as text

_PRESENT, _VERIFIED, _KEY_INSIDE = 0x01, 0x04, 0x40


@dataclass
class Authenticator:
    """One passkey. `verifies` says whether it asked its person for a PIN; `origin` is where the browser stands."""

    origin: str = "http://localhost:3000"
    verifies: bool = True
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: os.urandom(32))
    user: str = ""
    uses: int = 0

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        self.user = options["user"]["id"]
        inside = bytes(16) + struct.pack(">H", len(self.id)) + self.id + self._public_key()
        data = self._data(options["rp"]["id"], _KEY_INSIDE) + inside
        made = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer("webauthn.create", options, {"attestationObject": text(made), "transports": ["internal"]})

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        self.uses += 1
        data = self._data(options["rpId"], 0)
        client = self._client("webauthn.get", options)
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        said = {"authenticatorData": text(data), "signature": text(signed), "userHandle": self.user}
        return self._answer("webauthn.get", options, said)

    def _answer(self, kind: str, options: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": text(self.id),
            "rawId": text(self.id),
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {"clientDataJSON": text(self._client(kind, options)), **said},
        }

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _data(self, rp_id: str, flags: int) -> bytes:
        flags |= _PRESENT | (_VERIFIED if self.verifies else 0)
        return hashlib.sha256(rp_id.encode()).digest() + bytes([flags]) + struct.pack(">I", self.uses)

    def _public_key(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        x, y = (value.to_bytes(32, "big") for value in (numbers.x, numbers.y))
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
