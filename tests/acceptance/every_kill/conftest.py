"""The film sets of the faults, two beside each other."""

from tests.acceptance.faults import conftest as faults

other_database_url = faults.other_database_url
lanes = faults.lanes
