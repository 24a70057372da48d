"""Where weather falls on people and large things may stand."""

from state.script import OUTDOORS, SetKind

IN_WEATHER: frozenset[SetKind] = OUTDOORS | {"station"}
"""A platform has a roof, and the rain beside it."""
WINDOWLESS: frozenset[SetKind] = frozenset(
    ("lift", "cell", "cold_store", "cellar", "vault", "mine", "cave", "stage", "cinema")
)
"""Rooms without a pane that rain could run down."""
