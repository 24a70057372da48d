"""The address at which a provider may ring for an order, where it can reach us at all."""

import ipaddress
from urllib.parse import urlsplit

from tools.ledger.rows import OrderRow
from tools.settings import LOOPBACK, Settings
from tools.web.addresses import is_public

ROOM = "/api/webhooks/providers"
RINGING = frozenset({"replicate", "fal"})
"""Providers who ring for each job at an address that comes with it."""
AT_HOME = ("localhost", "local", "internal", "lan", "home", "arpa", "test", "invalid")
"""Last words of names that nobody on the internet looks up."""


def webhook_url_of(row: OrderRow, settings: Settings) -> str:
    """Where the provider of this order may ring, with a token for it alone; empty: it cannot reach us.

    A provider on this machine reaches what is on this machine; every other one needs `GREENLIGHT_PUBLIC_URL`
    to be an https address of the public internet.
    """
    public = (settings.public_url or "").rstrip("/")
    if not public or row.provider not in RINGING or not row.webhook_token:
        return ""
    if not (_is_here(base_url_of(row.provider, settings)) or _is_reachable(public)):
        return ""
    return f"{public}{ROOM}/{row.provider}/{row.webhook_token}"


def base_url_of(provider: str, settings: Settings) -> str | None:
    """The host that is set for a provider; None: its own."""
    found = getattr(settings, f"{provider}_base_url", None)
    return found if isinstance(found, str) and found else None


def _is_here(url: str | None) -> bool:
    return url is not None and urlsplit(url).hostname in LOOPBACK


def _is_reachable(url: str) -> bool:
    """Whether anybody may ask it, as far as the address itself tells: names are not looked up."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme != "https" or not host:
        return False
    try:
        return is_public(ipaddress.ip_address(host))
    except ValueError:
        return "." in host and host.rpartition(".")[2] not in AT_HOME
