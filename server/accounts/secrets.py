"""Secrets that we hand out and keep only as SHA-256: whoever reads the table can use none of them."""

import hashlib
import re
import secrets

REFRESH = "glr_"
API_TOKEN = "gl_"  # noqa: S105  # how all of them begin
SHAPE = re.compile(rf"{API_TOKEN}[0-9a-f]{{12}}_[A-Za-z0-9_-]{{43}}")
PREFIX_LENGTH = len(API_TOKEN) + 12
SECRET_BYTES = 32


def fresh_secret(kind: str = "") -> str:
    """32 random bytes as text, behind what says what they are for."""
    return f"{kind}{secrets.token_urlsafe(SECRET_BYTES)}"


def fresh_api_token() -> tuple[str, str]:
    """A new API token and its prefix, which is no secret and finds it."""
    prefix = f"{API_TOKEN}{secrets.token_hex(6)}"
    return f"{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}", prefix


def digest(secret: str) -> bytes:
    """What is kept of it. A random secret needs no slow hash: there is nothing to guess."""
    return hashlib.sha256(secret.encode()).digest()
