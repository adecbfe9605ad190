"""How mails leave, and who does side work such as sending them."""

from pydantic import Field, SecretStr

from app.core.settings.kinds import Group, MailSecurity


class Mail(Group):
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
