"""What planned calls will cost, with an id that any changed paid parameter changes."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from state.cost import ZERO, FallbackCall, Money, PlannedCall, Quote
from state.errors import ProviderMisconfigured
from state.order import Price
from state.tier import Tier
from tools.engines.catalog import model_card
from tools.ledger.pricing import newest_edition, price_entry, unit_price

QUOTE_ID_LENGTH = 24


def rate_of(provider: str, model: str, *, resolution: str = "", edition: str = "") -> Price:
    """What one unit of a model costs at a resolution such as `720p`.

    Raises:
        PriceUnknown: the price book has no such line.
    """
    entry = price_entry(provider, model, edition=edition)
    try:
        offered = model_card(model).resolutions
    except ProviderMisconfigured:
        offered = ()
    rate = unit_price(entry, offered=offered, resolution=resolution, edition=edition or newest_edition())
    return rate.model_copy(update={"model": model})


def price_of(
    provider: str, model: str, units: Decimal | int | float, *, resolution: str = "", edition: str = ""
) -> Money:
    """What so many units cost, exact to the micro-dollar.

    Raises:
        PriceUnknown: the price book has no such line.
    """
    rate = rate_of(provider, model, resolution=resolution, edition=edition)
    return Money.usd(rate.price_usd * exact(units))


def planned_call(
    *,
    stage: str,
    item: str,
    model_id: str,
    units: Decimal | int | float = 1,
    parameters: Mapping[str, str | int | float | bool] | None = None,
    edition: str = "",
) -> PlannedCall:
    """One call of a catalogue model with its price; the resolution is read from the parameters.

    Raises:
        ProviderMisconfigured: the catalogue has no such model.
        PriceUnknown: it has no price.
    """
    provider = model_card(model_id).provider
    sent = dict(parameters or {})
    resolution = str(sent.get("resolution", ""))
    return PlannedCall(
        stage=stage,
        item=item,
        provider=provider,
        model=model_id,
        unit=rate_of(provider, model_id, resolution=resolution, edition=edition).unit,
        units=exact(units),
        price=price_of(provider, model_id, units, resolution=resolution, edition=edition),
        parameters=sent,
        edition=edition or newest_edition(),
    )


def quote(
    calls: Sequence[PlannedCall],
    *,
    targets: Sequence[PlannedCall] = (),
    edition: str = "",
    tier: Tier = "final",
    expires_at: datetime | None = None,
) -> Quote:
    """Add the calls up. `targets` is the same plan on the models that an offline engine stands in for.

    The ceiling takes the dearest of each call's chain, so that a fallback inside it needs no other approval.
    """
    total = _sum(calls)
    named = edition or newest_edition()
    return Quote(
        quote_id=quote_id(calls, edition=named),
        edition=named,
        tier=tier,
        calls=list(calls),
        total=total,
        ceiling=sum((call.ceiling for call in calls), ZERO),
        would_have_cost=_sum(targets) if targets else total,
        expires_at=expires_at,
    )


def quote_id(calls: Sequence[PlannedCall], *, edition: str) -> str:
    """A digest of the edition and of everything about every call that is paid; their order is not."""
    lines = sorted(json.dumps(_paid_parameters(call), sort_keys=True) for call in calls)
    return hashlib.sha256("\n".join([edition, *lines]).encode()).hexdigest()[:QUOTE_ID_LENGTH]


def paid_digest(call: PlannedCall) -> str:
    """A digest of everything about one call that is paid but its price, which is compared as an amount."""
    sent = {**_paid_parameters(call), "price": None, "fallbacks": None}
    return hashlib.sha256(json.dumps(sent, sort_keys=True).encode()).hexdigest()


def paid_digests(call: PlannedCall) -> list[str]:
    """The digest of the call, then those of its fallbacks: what an approval of it covers."""
    return [paid_digest(one) for one in [call, *(_instead(call, one) for one in call.fallbacks)]]


def _instead(call: PlannedCall, fallback: FallbackCall) -> PlannedCall:
    own = {name: value for name, value in fallback if value is not None}
    return call.model_copy(update=own)


def exact(units: Decimal | int | float) -> Decimal:
    """A number of units as it is written, so that 0.1 is a tenth."""
    return units if isinstance(units, Decimal) else Decimal(str(units))


def _paid_parameters(call: PlannedCall) -> dict[str, object]:
    sent = call.model_dump(mode="json", exclude={"edition"})
    return {**sent, "units": f"{call.units.normalize():f}"}


def _sum(calls: Sequence[PlannedCall]) -> Money:
    return sum((call.price for call in calls), ZERO)
