"""Whatever a vendor answers with 200, nothing stays reserved; what nobody counted is listed as unknown."""

from contextlib import suppress

import pytest

from state.errors import GreenlightError
from tests.integration.models.asking import clients_at
from tests.integration.models.odd_answers import DIALECTS
from tests.integration.models.test_odd_answers import pytestmark, saying
from tests.integration.models_money.asking import Asker
from tools.ledger.settling import unknown_lines

__all__ = ["pytestmark"]
BOOKED = """
select coalesce(sum(cost_reserved), 0)::bigint as reserved, coalesce(sum(cost_unknown), 0)::bigint as unknown
from orders
"""
SILENT = "select count(*)::int as many from order_attempts where cost is null"


@pytest.mark.parametrize("model", DIALECTS)
async def test_an_odd_answer_is_booked(asker: Asker, model: str) -> None:
    """One question after the other, until all have been said."""
    bodies = list(DIALECTS[model].values())
    async with saying(*bodies) as url:
        asker.clients = clients_at(url)
        for number in range(len(bodies)):
            with suppress(GreenlightError):  # nothing else may come
                await asker.note(f"question {number}", model)
    booked = await asker.shop.database.fetch_one(BOOKED)
    lines, many = await unknown_lines(asker.shop.database, user_id="local", limit=1000, offset=0)
    assert booked == {"reserved": 0, "unknown": sum(line["unknown"] for line in lines)}
    silent = await asker.shop.database.fetch_one(SILENT)
    assert silent == {"many": many}
    assert many > len(bodies) / 2
