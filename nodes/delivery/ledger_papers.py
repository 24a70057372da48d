"""The ledger as a table that a spreadsheet opens."""

import csv
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from tools.ledger.costs import safe_cell

COLUMNS = (
    "call_key", "kind", "stage", "item", "cause", "take_number", "medium", "provider", "model", "state",
    "price_edition", "cost_quoted_usd", "cost_actual_usd", "cost_unknown_usd", "attempts", "external_id",
    "sha256", "prompt_digest", "intent_at", "done_at", "error_kind", "error_detail",
)  # fmt: skip
MICROS = Decimal(1_000_000)


def ledger_csv(history: Sequence[Mapping[str, Any]]) -> str:
    """One line per order; amounts in dollars, times in UTC."""
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    table.writeheader()
    table.writerows(_line(row) for row in history)
    return out.getvalue()


def _line(row: Mapping[str, Any]) -> dict[str, Any]:
    line = {name: _cell(row.get(name)) for name in COLUMNS}
    for name in ("cost_quoted", "cost_actual", "cost_unknown"):
        line[f"{name}_usd"] = f"{Decimal(row[name]) / MICROS:f}"
    return {**line, "attempts": len(row.get("attempts") or [])}


def _cell(value: object) -> object:
    """What a provider or a model has written is text, and no spreadsheet's formula."""
    return safe_cell(value) if isinstance(value, str) else value
