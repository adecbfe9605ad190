"""Mails over TLS, to a real server with a certificate of its own: sent only where the certificate is good."""

import asyncio
import ssl
from datetime import timedelta
from email import message_from_bytes

import pytest
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.adapters.mail import Mail, sender
from app.core import clock
from app.core.settings import MailSecurity, Settings

USER, PASSWORD = "plumbline", "of the mail server 1"
MAIL = Mail("ab12", "ada@example.org", "Hello", "A line.\n", clock.now())


def certificate(folder, name):
    """A self-signed one for this host name; its path, and the path of certificate and key together."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = clock.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public = made.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / f"{name}.pem").write_bytes(public)
    (folder / f"{name}.both.pem").write_bytes(public + secret)
    return folder / f"{name}.pem", folder / f"{name}.both.pem"


class Taken:
    """What reached the server over TLS: mails, and tries to sign in."""

    def __init__(self):
        self.mails, self.tries = [], []

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802 (its name)
        assert server.transport.get_extra_info("ssl_object") is not None
        self.mails.append(message_from_bytes(envelope.content))
        return "250 OK"

    def authenticate(self, server, _session, _envelope, _mechanism, sent):
        assert server.transport.get_extra_info("ssl_object") is not None
        self.tries.append((sent.login.decode(), sent.password.decode()))
        return AuthResult(success=self.tries[-1] == (USER, PASSWORD))


@pytest.fixture
async def serve(tmp_path, monkeypatch):
    """`await serve(security)` gives the settings to reach the server that it starts, and what reaches that server."""
    servers = []

    async def start(security, *, name="localhost", trusted=True, offers_tls=True):
        public, both = certificate(tmp_path, name)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(both)
        taken, is_tls = Taken(), security is MailSecurity.tls
        options = {"authenticator": taken.authenticate, "auth_require_tls": not is_tls, "hostname": "test"}
        starttls = {"tls_context": context, "require_starttls": True} if offers_tls and not is_tls else {}
        server = await asyncio.get_running_loop().create_server(
            lambda: SMTP(taken, **options, **starttls), "127.0.0.1", 0, ssl=context if is_tls else None
        )
        servers.append(server)
        if trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(public))
        port = server.sockets[0].getsockname()[1]
        reached = {"smtp_host": "localhost", "smtp_port": port, "smtp_security": security}
        return Settings(_env_file=None, smtp_user=USER, smtp_password=PASSWORD, smtp_seconds=5, **reached), taken

    yield start
    for server in servers:
        server.close()
        await server.wait_closed()


@pytest.mark.parametrize("security", [MailSecurity.tls, MailSecurity.starttls])
async def test_a_mail_goes_out_over_tls_and_so_does_the_password(serve, security):
    settings, taken = await serve(security)
    await sender(settings).send(MAIL)
    assert [mail["Subject"] for mail in taken.mails] == ["Hello"]
    assert taken.tries == [(USER, PASSWORD)]


@pytest.mark.parametrize("security", [MailSecurity.tls, MailSecurity.starttls])
@pytest.mark.parametrize("flaw", [{"trusted": False}, {"name": "elsewhere.example"}])
async def test_a_certificate_that_is_not_good_gets_neither_mail_nor_password(serve, security, flaw):
    settings, taken = await serve(security, **flaw)
    with pytest.raises(Exception, match=r"(?i)certificate"):
        await sender(settings).send(MAIL)
    assert (taken.mails, taken.tries) == ([], [])


async def test_a_server_without_tls_gets_nothing_when_tls_is_asked_for(serve):
    settings, taken = await serve(MailSecurity.starttls, offers_tls=False)
    with pytest.raises(Exception, match=r"(?i)starttls"):
        await sender(settings).send(MAIL)
    assert (taken.mails, taken.tries) == ([], [])
