"""From a client's page to a story: what of it is prose, what are notes, and what it is about."""
