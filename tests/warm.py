"""All that a worker loads, loaded: what the fork server of `forked.py` imports before it forks."""

import gc
import importlib

for name in ("server.cli.verbs", "server.composition", "server.runs.worker", "tests.fakes", "tests.forked"):
    importlib.import_module(name)
# A fork whose collector walks over all this would copy every page of it.
gc.collect()
gc.freeze()
