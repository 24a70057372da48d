"""The house of the load tests, on a database of its own."""

from tests.integration.load.conftest import house, place

__all__ = ["house", "place"]
