"""The webhooks of a process: what its settings let them reach, and the parts on its database."""

import ipaddress

from server.accounts.accounts import own_url
from server.hooks.deliveries import Deliveries
from server.hooks.endpoints import Endpoints
from server.hooks.post import TIMEOUT_S
from server.hooks.secrets import OpenVault
from server.hooks.sender import Sender
from server.startup import is_loopback
from tools.clock import Clock
from tools.db.pool import Database
from tools.mail.smtp import Mailer, SmtpMailer
from tools.settings import Settings
from tools.web.addresses import LOOPBACK, Reach
from tools.web.transport import web_client


def reach_of(settings: Settings) -> Reach:
    """Where webhooks of this server may go.

    On a machine of one's own, its other programs too. With accounts they are not the users' to reach,
    wherever the server listens: it may stand behind a proxy.
    """
    named = [part.strip() for part in settings.webhook_networks.split(",") if part.strip()]
    networks = tuple(ipaddress.ip_network(part) for part in named)
    alone = settings.auth_mode == "none" and is_loopback(settings.host) and settings.public_url is None
    return Reach(also=(*networks, *LOOPBACK) if alone else networks)


def open_deliveries(
    settings: Settings, database: Database, clock: Clock, *, open_vault: OpenVault
) -> Deliveries:
    """Endpoints and what was sent to them."""
    return Deliveries(Endpoints(database, clock, open_vault=open_vault, reach=reach_of(settings)))


def open_sender(
    settings: Settings,
    database: Database,
    clock: Clock,
    *,
    open_vault: OpenVault,
    mailer: Mailer | None = None,
) -> Sender:
    """The sender of a process; what is handed in stands in for its own mail server."""
    if mailer is None and sends_mail(settings):
        mailer = SmtpMailer(settings)
    client = web_client(reach_of(settings), timeout_s=TIMEOUT_S)
    return Sender(
        database, clock, client=client, open_vault=open_vault, mailer=mailer, console=own_url(settings)
    )


def sends_mail(settings: Settings) -> bool:
    """Whether this server has a mail server to hand mails to."""
    return settings.smtp_host is not None
