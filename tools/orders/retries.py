"""How often an order is tried on the same engine, and with which pauses."""

from dataclasses import dataclass, replace

from tools.ledger.rows import OrderRow
from tools.orders.options import OrderOptions
from tools.orders.services import OUR_OWN, Family, family_of
from tools.resilience.retry import Backoff

DOUBLING_STOPS_AT_S = 60.0


@dataclass(frozen=True, kw_only=True)
class Retries:
    """What one order may be tried."""

    backoff: Backoff
    """For requests that started no job."""
    new_jobs: int
    """How often a job that died is made once more."""
    paced: bool = False
    """Whether there is a pause before a job is made once more."""

    def pause_s(self, died: int) -> float:
        """The pause before another job, after so many that died."""
        if not self.paced:
            return 0.0
        return float(min(self.backoff.longest_s, self.backoff.first_s * 2 ** (died - 1)))


def retries_of(row: OrderRow, options: OrderOptions) -> Retries:
    """The figures of the family that makes an order (`services.toml`), else those of this process."""
    family = family_of(row.model)
    if row.provider in OUR_OWN or family.retries is None:
        return Retries(backoff=options.backoff, new_jobs=options.new_attempts.get("transient_job", 0))
    return Retries(backoff=_stated(family, options.backoff), new_jobs=family.retries, paced=True)


def _stated(family: Family, usual: Backoff) -> Backoff:
    """The pauses as they are stated, without chance; what a provider asks for still counts first."""
    longest_s = family.first_s if family.pauses == "fixed" else DOUBLING_STOPS_AT_S
    tries = (family.retries or 0) + 1
    most_s = max(usual.most_s, longest_s * tries)
    return replace(
        usual, tries=tries, first_s=family.first_s, longest_s=longest_s, most_s=most_s, jitter=lambda: 1.0
    )
