"""The delivered ledger as a table."""

import csv
import io

import pytest

from nodes.delivery.ledger_papers import COLUMNS, ledger_csv


@pytest.mark.parametrize("column", ["error_detail", "model", "item"])
def test_what_others_wrote_is_no_formula(column: str):
    costs = {"cost_quoted": 1_500_000, "cost_actual": 0, "cost_unknown": 0}
    row = dict.fromkeys(COLUMNS, "text") | costs | {column: "=HYPERLINK(A1)", "done_at": None}
    [line] = csv.DictReader(io.StringIO(ledger_csv([row])))
    assert (line[column], line["cost_quoted_usd"], line["done_at"]) == ("'=HYPERLINK(A1)", "1.5", "")
