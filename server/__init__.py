"""The building: HTTP, SSE, queue, sign-in, console."""

import os

# langgraph reads this once, when it is loaded; a worker refuses to start without it.
os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")
