"""Mail by SMTP, and the one place where the mail library's errors become ours."""

from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Protocol

import aiosmtplib

from state.errors import MailNotSent
from tools.settings import Settings

TIMEOUT_S = 20.0


class Mailer(Protocol):
    """Hands a mail over to whoever delivers it."""

    async def send(self, *, to: str, subject: str, text: str) -> None:
        """Send plain text to one address.

        Raises:
            MailNotSent: it was not taken.
        """


class SmtpMailer:
    """A `Mailer` on the server that the settings name."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def send(self, *, to: str, subject: str, text: str) -> None:
        """Send plain text to one address.

        Raises:
            MailNotSent: nobody answers, the server refuses, or the connection is not as safe as it must be.
        """
        with_, password = self._settings, self._settings.smtp_password
        try:
            await aiosmtplib.send(
                self._message(to, subject, text),
                hostname=with_.smtp_host,
                port=with_.smtp_port,
                username=with_.smtp_user,
                password=password.get_secret_value() if password else None,
                use_tls=with_.smtp_security == "tls",
                start_tls=with_.smtp_security == "starttls",
                timeout=TIMEOUT_S,
            )
        except (aiosmtplib.SMTPException, OSError, ValueError) as exc:
            # A refusal may repeat the address, and an address is nobody's business but its owner's.
            raise MailNotSent(
                f"{with_.smtp_host}:{with_.smtp_port} did not take the mail ({type(exc).__name__}).",
                provider="smtp",
            ) from exc

    def _message(self, to: str, subject: str, text: str) -> EmailMessage:
        message = EmailMessage()
        sender = self._settings.smtp_from or ""
        message["From"], message["To"], message["Subject"] = sender, to, subject
        message["Date"], message["Message-ID"] = (
            formatdate(localtime=False),
            make_msgid(domain=_domain(sender)),
        )
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        return message


def _domain(address: str) -> str:
    """The sender's, so that no name of this machine goes out."""
    return address.rpartition("@")[2].strip("<> ") or "localhost"
