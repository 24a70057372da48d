"""Stand-ins of Replicate and fal, written from recordings, the OpenAPI copy and documentation alone."""

from tests.standins.job_vendors.books import Invoice, JobBooks, Met, Sent
from tests.standins.job_vendors.clocks import SteppedTime, WallTime
from tests.standins.job_vendors.faults import Deck, Fault
from tests.standins.job_vendors.house import JobVendors, job_vendors, job_vendors_here
from tests.standins.job_vendors.jobs import Job
from tests.standins.job_vendors.pictures import colour_of
from tests.standins.model_vendors.signals import Gate, Signal

__all__ = [
    "Deck", "Fault", "Gate", "Invoice", "Job", "JobBooks", "JobVendors", "Met", "Sent", "Signal",
    "SteppedTime", "WallTime", "colour_of", "job_vendors", "job_vendors_here",
]  # fmt: skip
