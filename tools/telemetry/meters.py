"""The figures of this process, each defined once; whoever does the thing raises its own.

Labels are words of our code, never ids, titles, paths or users. A registry of our own, so that
a library's figures do not appear among them.
"""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
)

REGISTRY = CollectorRegistry(auto_describe=True)
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)

QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0)
SLOW = (0.1, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0)
"""Seconds. A drive lasts from its claim to its pause or end; a person's time at a gate is in none of it."""

RUNS = Counter(
    "greenlight_runs_ended",
    "Drives of runs that ended here: completed, failed, cancelled, paused at a gate, handed_back, lost.",
    ["graph", "status"], registry=REGISTRY,
)  # fmt: skip
RUN_SECONDS = Histogram(
    "greenlight_run_seconds", "How long a drive took, from its claim to its pause or end.",
    ["graph", "status"], buckets=SLOW, registry=REGISTRY,
)  # fmt: skip
NODE_SECONDS = Histogram(
    "greenlight_node_seconds", "How long a node took; a subgraph counts as one and each node in it as well.",
    ["graph", "node", "outcome"], buckets=SLOW, registry=REGISTRY,
)  # fmt: skip
ORDERS = Counter(
    "greenlight_orders_ended", "Orders that ended: done, adopted, parked, or the kind of their failure.",
    ["engine", "medium", "outcome"], registry=REGISTRY,
)  # fmt: skip
MONEY = Counter(
    "greenlight_money_micros",
    "Micro-dollars that this process booked as reserved, billed or refunded.",
    ["engine", "medium", "booked"], registry=REGISTRY,
)  # fmt: skip
CALL_SECONDS = Histogram(
    "greenlight_provider_call_seconds", "How long a provider's call took: submit, wait, fetch, find, answer.",
    ["engine", "call", "outcome"], buckets=SLOW, registry=REGISTRY,
)  # fmt: skip
EVENTS = Counter(
    "greenlight_events_written", "Events that this process wrote into the logs of productions.",
    ["method"], registry=REGISTRY,
)  # fmt: skip
FOLLOWERS = Gauge(
    "greenlight_followers", "Who follows the log of a production in this process now: streams above all.",
    registry=REGISTRY,
)  # fmt: skip
NOTICES = Counter(
    "greenlight_notice_attempts", "Messages of webhooks and mails that this process tried to send.",
    ["to", "outcome"], registry=REGISTRY,
)  # fmt: skip
REQUEST_SECONDS = Histogram(
    "greenlight_http_request_seconds", "How long a request took; a stream counts when it ends.",
    ["method", "route", "status"], buckets=QUICK, registry=REGISTRY,
)  # fmt: skip
