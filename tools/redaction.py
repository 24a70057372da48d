"""What must not be read is taken out of text: secrets this process knows, and what looks like one.

The log's handler uses it for every line; whatever becomes a row or an event from the words of an
exception passes it before it is written, because nobody can say what a provider quotes.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from pydantic import SecretStr

from tools.settings import Settings

REDACTED = "[redacted]"
SHORTEST = 6
"""A shorter secret would be found in everybody's words."""
DEEPEST = 40
KEY_LENGTH = 20
SECRET_NAME = re.compile(
    r"(api[-_]?key|secret|passw(or)?d|authorization|cookie|credential|signature|private[-_]?key"
    r"|(^|[-_])(token|key)$|(access|refresh|bearer|api|webhook|auth)[-_]?token)",
    re.IGNORECASE,
)
# Names that end in `key` and are addresses, not secrets.
PUBLIC_NAMES = frozenset({"call_key", "s3_key", "key", "message_key", "media_key"})
KEY_SHAPES = (
    re.compile(r"\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?"),
    re.compile(r"\b(?:sk|pk|rk|r8|gsk|ghp|gho|xox[abp]|gl|glr|whsec|glpat|hf|lsv2)[-_][\w-]{8,}"),
    re.compile(r"\bAIza[\w-]{20,}"),
    re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b"),
    re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:[0-9a-f]{24,}\b"),
)
"""What only a key looks like, whoever gave it out."""
PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://[^\s:/@]*):[^\s@/]+@"), rf"\1:{REDACTED}@"),
    (re.compile(r"(?i)\b((?:set-)?cookie\"?'?\s*:\s*\"?'?)(?!\[redacted)[^\r\n\"']+"), rf"\1{REDACTED}"),
    (re.compile(r"(?i)\b(bearer)\s+[a-z0-9._~+/=:-]{12,}"), rf"\1 {REDACTED}"),
    # Words of people, too, follow these three; a secret holds a digit or ends in `=`.
    (re.compile(r"(?i)\b(basic|token|key)\s+(?=\S*[\d=])[a-z0-9._~+/=:-]{12,}"), rf"\1 {REDACTED}"),
    (
        re.compile(
            r"(?i)\b([a-z_-]*(?:api[-_]?key|secret|passw(?:or)?d|token|signature|authorization))"
            r"(\"?'?\s*[=:]\s*\"?'?)(?!\[redacted)(?:bearer\s+|basic\s+)?[^\s\"'&,;}\])]+"
        ),
        rf"\1\2{REDACTED}",
    ),
    (re.compile(r"([?&](?:key|sig|auth|code)=)(?!\[redacted)[^\s\"'&#]+"), rf"\1{REDACTED}"),
    *((shape, REDACTED) for shape in KEY_SHAPES),
    (re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), REDACTED),
    # Long, mixed and random-looking: a key of somebody. Digests and ids are lower-case hexadecimal.
    (re.compile(r"\b(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{32,}"), REDACTED),
)


class Redactor:
    """Removes what must not be read: known secrets, secret-looking text, values under secret names."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets: list[str] = []
        self.learn(secrets)

    def learn(self, secrets: Iterable[str]) -> None:
        """Know these, too, in every way of writing them that a message may use."""
        ways = {way for secret in secrets if len(secret) >= SHORTEST for way in _ways(secret)}
        # Longest first, so that a secret inside another one leaves no tail.
        self._secrets = sorted(ways.union(self._secrets), key=len, reverse=True)

    def known(self, text: str) -> str:
        """The text without the secrets that were named; what only looks like one stays."""
        for secret in self._secrets:
            if secret in text:
                text = text.replace(secret, REDACTED)
        return text

    def text(self, text: str) -> str:
        """The text without secrets."""
        text = self.known(text)
        for pattern, replacement in PATTERNS:
            text = pattern.sub(replacement, text)
        return text

    def value(self, value: Any, name: str = "", depth: int = 0) -> Any:
        """A JSON-like value without secrets; what is no JSON becomes its text."""
        if name not in PUBLIC_NAMES and SECRET_NAME.search(name) and value not in (None, "", False):
            return REDACTED
        if depth > DEEPEST:  # nobody looks so deep, and a line must come out whatever it holds
            return REDACTED
        if isinstance(value, Mapping):
            return {self.text(str(key)): self.value(item, str(key), depth + 1) for key, item in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.value(item, depth=depth + 1) for item in value]
        if isinstance(value, bool | int | float) or value is None:
            return value
        return self.text(value if isinstance(value, str) else str(value))


REDACT = Redactor()
"""This process's: whoever reads or makes a secret lets it know."""


def known_secrets(settings: Settings) -> list[str]:
    """The values of all secret settings, and the password inside the database's URL."""
    values = [getattr(settings, name) for name in type(settings).model_fields]
    found = [value.get_secret_value() for value in values if isinstance(value, SecretStr)]
    passwords = [urlsplit(value).password for value in found if "://" in value]
    return [secret for secret in (*found, *passwords) if secret]


def holds_key(text: str) -> bool:
    """Whether a key of somebody is in this text; a word that only begins like one is none."""
    found = (match.group() for shape in KEY_SHAPES for match in shape.finditer(text))
    return any(len(one) >= KEY_LENGTH and re.search(r"\d", one) for one in found)


def _ways(secret: str) -> set[str]:
    """The secret as it is, inside a URL, inside JSON and as Python shows it."""
    plain = unquote(secret)
    texts = {secret, plain} if len(plain) >= SHORTEST else {secret}
    return {
        way
        for text in texts
        for way in (text, quote(text), quote(text, safe=""), json.dumps(text)[1:-1], repr(text)[1:-1])
    }
