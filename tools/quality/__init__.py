"""The quality report of a master: what is wrong with it, where, and what proves it."""
