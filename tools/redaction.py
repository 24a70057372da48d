"""What must not be read is taken out of text: secrets this process knows, and what looks like one.

The log's handler uses it for every line; whatever becomes a row or an event from the words of an
exception passes it before it is written, because nobody can say what a provider quotes.
"""

import json
import re
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from secrets import token_bytes
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
# Every pattern below is linear: what people send stands in log lines, and a text of dots or hyphens must
# not hold the process up. So no open-ended repeat begins at more than one place of the same word.
KEY_SHAPES = (
    re.compile(r"(?<![\w-])eyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?"),
    re.compile(r"\b(?:sk|pk|rk|r8|gsk|ghp|gho|xox[abp]|gl|glr|whsec|glpat|hf|lsv2)[-_][\w-]{8,}"),
    re.compile(r"\bAIza[\w-]{20,}"),
    re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b"),
    re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:[0-9a-f]{24,}\b"),
)
"""What only a key looks like, whoever gave it out."""
PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?i)(://[^\s:/@]{0,200}):[^\s@/]{1,500}@"), rf"\1:{REDACTED}@"),
    (
        re.compile(r"(?i)\b((?:set-)?cookie\"?'?\s{0,3}:\s{0,3}\"?'?)(?!\[redacted)[^\r\n\"']+"),
        rf"\1{REDACTED}",
    ),
    (re.compile(r"(?i)\b(bearer)\s{1,3}[a-z0-9._~+/=:-]{12,}"), rf"\1 {REDACTED}"),
    # Words of people, too, follow these three; a secret holds a digit or ends in `=`.
    (
        re.compile(r"(?i)\b(basic|token|key)\s{1,3}(?=\S{0,200}[\d=])[a-z0-9._~+/=:-]{12,}"),
        rf"\1 {REDACTED}",
    ),
    (
        re.compile(
            r"(?i)(api[-_]?key|secret|passw(?:or)?d|token|signature|authorization)"
            r"(\"?'?\s{0,3}[=:]\s{0,3}\"?'?)(?!\[redacted)(?:bearer\s{1,3}|basic\s{1,3})?[^\s\"'&,;}\])]+"
        ),
        rf"\1\2{REDACTED}",
    ),
    (re.compile(r"([?&](?:key|sig|auth|code)=)(?!\[redacted)[^\s\"'&#]+"), rf"\1{REDACTED}"),
    # Where a provider may ring: the address holds a token, also inside the query of another one.
    (re.compile(r"(?i)(/providers/\w{1,20}/|%2Fproviders%2F\w{1,20}%2F)[0-9a-f]{32}\b"), rf"\1{REDACTED}"),
    *((shape, REDACTED) for shape in KEY_SHAPES),
    (re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"), REDACTED),
)
LONG_WORD = re.compile(r"(?<![\w-])[\w-]{32,}")
MOST_MET = 1024
BETWEEN_SPACES = r"[^\s\"'<>()\[\]{},;]"
BETWEEN_MARKS = r"[\w%+/.~-]"
"""What a word is made of that may be a secret; those shorter than every secret are not looked at."""
ENDS = (".", "...", "…", ":", "!", "?")
"""What a sentence may put behind a word."""
RANDOM = (re.compile(r"[a-z]"), re.compile(r"[A-Z]"), re.compile(r"\d"))


class Met:
    """Secrets that were used and must not be kept: their digests, by which words of a text are known again.

    The digests are made with a number that ends with the process, so that nothing can be told from them.
    """

    def __init__(self) -> None:
        self._salt = token_bytes(32)
        self._digests: OrderedDict[bytes, None] = OrderedDict()
        self._lengths: set[int] = set()
        self._words: tuple[re.Pattern[str], ...] = ()

    def add(self, secrets: Iterable[str]) -> None:
        """Know these again; only the newest of a great many are."""
        for secret in secrets:
            if len(secret) not in self._lengths:
                self._lengths.add(len(secret))
                least = f"{{{min(self._lengths)},}}"
                self._words = (re.compile(BETWEEN_SPACES + least), re.compile(BETWEEN_MARKS + least))
            self._digests[self._digest(secret)] = None
            self._digests.move_to_end(self._digest(secret))
        while len(self._digests) > MOST_MET:
            self._digests.popitem(last=False)

    def without(self, text: str) -> str:
        """The text without the words that are known again: as they stand between spaces, quotes or colons."""
        for words in self._words:
            text = words.sub(self._unless_met, text)
        return text

    def _unless_met(self, word: re.Match[str]) -> str:
        said = word.group()
        for tail in ("", *ENDS):
            bare = said[: len(said) - len(tail)]
            if len(bare) in self._lengths and said.endswith(tail) and self._digest(bare) in self._digests:
                return f"{REDACTED}{tail}"
        return said

    def _digest(self, secret: str) -> bytes:
        return blake2b(secret.encode(errors="replace"), digest_size=16, key=self._salt).digest()


class Redactor:
    """Removes what must not be read: known secrets, secret-looking text, values under secret names."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._learned: set[str] = set()
        self._lent: Counter[str] = Counter()
        self._secrets: list[str] = []
        self._met = Met()
        self.learn(secrets)

    def learn(self, secrets: Iterable[str]) -> None:
        """Know these, too, in every way of writing them that a message may use."""
        self._learned |= {way for secret in secrets if len(secret) >= SHORTEST for way in _ways(secret)}
        self._list()

    @contextmanager
    def knowing(self, secret: str) -> Iterator[None]:
        """Know a secret while it is used; afterwards it is known only by what became of it in `Met`."""
        ways = _ways(secret) - self._learned if len(secret) >= SHORTEST else set()
        self._lent.update(ways)
        self._list()
        try:
            yield
        finally:
            self._lent -= Counter(ways)
            self._list()
            self._met.add(ways)

    def _list(self) -> None:
        # Longest first, so that a secret inside another one leaves no tail.
        self._secrets = sorted(self._learned.union(self._lent), key=len, reverse=True)

    def known(self, text: str) -> str:
        """The text without the secrets that were named; what only looks like one stays."""
        for secret in self._secrets:
            if secret in text:
                text = text.replace(secret, REDACTED)
        return self._met.without(text)

    def text(self, text: str) -> str:
        """The text without secrets."""
        text = self.known(text)
        for pattern, replacement in PATTERNS:
            text = pattern.sub(replacement, text)
        return LONG_WORD.sub(_unless_a_name, text)

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
    """The values of all secret settings, each master key, and the password inside the database's URL."""
    values = [getattr(settings, name) for name in type(settings).model_fields]
    found = [value.get_secret_value() for value in values if isinstance(value, SecretStr)]
    passwords = [urlsplit(value).password for value in found if "://" in value]
    listed = re.split(r"[\s,]+", settings.master_key.get_secret_value()) if settings.master_key else []
    rows = [row for value in found for row in rows_of_key(value)]
    return [secret for secret in (*found, *passwords, *listed, *rows) if secret]


def rows_of_key(text: str) -> list[str]:
    """The rows of a private key in PEM form: a message may quote one of them. Nothing of other secrets."""
    if "PRIVATE KEY-----" not in text:
        return []
    rows = text.replace("\\n", "\n").split()
    return [row for row in rows if len(row) >= KEY_LENGTH and not row.startswith("-")]


def holds_key(text: str) -> bool:
    """Whether a key of somebody is in this text; a word that only begins like one is none."""
    found = (match.group() for shape in KEY_SHAPES for match in shape.finditer(text))
    return any(len(one) >= KEY_LENGTH and re.search(r"\d", one) for one in found)


def _unless_a_name(word: re.Match[str]) -> str:
    """Long, mixed and random-looking: a key of somebody. Digests and ids are lower-case hexadecimal."""
    return REDACTED if all(kind.search(word.group()) for kind in RANDOM) else word.group()


def _ways(secret: str) -> set[str]:
    """The secret as it is, inside a URL, inside JSON and as Python shows it."""
    plain = unquote(secret)
    texts = {secret, plain} if len(plain) >= SHORTEST else {secret}
    return {
        way
        for text in texts
        for way in (text, quote(text), quote(text, safe=""), json.dumps(text)[1:-1], repr(text)[1:-1])
    }
