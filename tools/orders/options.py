"""The knobs of ordering. Tests use tiny times; the defaults suit real providers."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from os import getpid
from pathlib import Path

from state.cost import Money
from tools.ledger.results import LASTS_S
from tools.orders.limits import ProviderLimits
from tools.resilience.retry import Backoff
from tools.settings import Settings


def this_process() -> str:
    """A name for this process as the owner of a lease."""
    return f"{socket.gethostname()}/{getpid()}"


@dataclass(frozen=True, kw_only=True)
class OrderOptions:
    """How long to wait, how often to try, how strict to be."""

    submit_timeout_s: float = 30.0
    """A request must have left and been answered within this."""
    settle_s: float = 2.0
    """How long after that a provider may need until a job it took can be found."""
    backoff: Backoff = field(default_factory=Backoff)
    new_attempts: dict[str, int] = field(default_factory=lambda: {"transient_job": 2, "bad_output": 1})
    """How often a job that died so is ordered once more, under the same key and booked."""
    strict: bool = False
    """Make a changed request under the same key an error instead of using the frozen one."""
    read_only: bool = False
    """Replay: return what is recorded, order nothing."""
    owner: str = field(default_factory=this_process)
    lease_ttl_s: float = 15.0
    """For leases that the first guarded call claims itself."""
    graph: str = ""
    """The graph name of a production that the first guarded call creates."""
    text_allowance: Money = field(default_factory=lambda: Money.usd("2.00"))
    """What the text of a production may cost unless its context says otherwise."""
    work_dir: Path | None = None
    """Where downloads lie until they are stored; the system's temporary folder when None."""
    limits: Mapping[str, ProviderLimits] = field(default_factory=dict)
    """How fast and how many at once, by provider, where it is not as `limits.toml` says."""
    cache_s: float = LASTS_S
    """How long a result answers equal orders of its user, in seconds from when it was stored."""
    day_budget: Money | None = None
    """What a user may spend in a day who has no limit of their own; None is no limit."""

    @classmethod
    def from_settings(cls, settings: Settings) -> "OrderOptions":
        """The options that the process settings ask for."""
        return cls(
            strict=settings.strict_orders,
            lease_ttl_s=settings.lease_ttl_s,
            submit_timeout_s=settings.submit_timeout_s,
            settle_s=min(2.0, settings.submit_timeout_s),
            day_budget=None if settings.day_budget_usd is None else Money.usd(settings.day_budget_usd),
        )
