"""One step of work each: read state, use tools, return an update."""
