"""Seeds that follow from the series' master seed, so that a fork asks for the same thing."""

import hashlib

LARGEST_SEED = 2**31 - 1


def seed_for(master_seed: int, stage: str, item: str, re_roll: int = 0) -> int:
    """A seed between 0 and 2**31 - 1. Every RED raises `re_roll`, so the next picture is another one."""
    digest = hashlib.sha256(f"{master_seed}:{stage}:{item}:{re_roll}".encode()).digest()
    return int.from_bytes(digest[:8]) % LARGEST_SEED


def master_seed_of(title: str, description: str) -> int:
    """The master seed of a series whose brief names none: the same brief gives the same film."""
    return seed_for(0, title.strip().casefold(), description.strip().casefold())
