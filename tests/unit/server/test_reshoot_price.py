"""A re-shoot is bought at the price that was shown, within what is left, or not at all."""

import pytest

from server.branches.reshoot import Offer, Wish, _check_price
from state.cost import Money, Quote
from state.errors import BudgetExceeded, ReviewRefused


def an_offer(price: str, left: str) -> Offer:
    shown = Quote(quote_id="shown", edition="2025-10", total=Money.usd(price))
    return Offer(shot="2A", current_take="2A-1", quote=shown, left=Money.usd(left))


@pytest.mark.parametrize(
    ("price", "left", "quote_id", "refused"),
    [
        ("0", "0", None, None),
        ("0.40", "0.40", "shown", None),
        ("0.40", "9", None, ReviewRefused),
        ("0.40", "9", "another", ReviewRefused),
        ("0", "9", "another", ReviewRefused),
        ("0.40", "0.39", "shown", BudgetExceeded),
    ],
)
def test_a_price_is_approved_by_its_quote(price, left, quote_id, refused):
    wish = Wish(shot="2A", quote_id=quote_id)
    if refused is None:
        _check_price(an_offer(price, left), wish)
    else:
        with pytest.raises(refused):
            _check_price(an_offer(price, left), wish)
