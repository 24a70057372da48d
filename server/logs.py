"""Structured JSON logs. Redaction happens in the handler, so no call site can forget it."""

import logging
import re
import sys
from collections.abc import Iterable, Mapping
from typing import Any, TextIO
from urllib.parse import urlsplit

import orjson
import structlog
from pydantic import SecretStr
from structlog.typing import EventDict, Processor, WrappedLogger

from tools.settings import Settings

REDACTED = "[redacted]"
SECRET_NAME = re.compile(
    r"(api[-_]?key|secret|passw(or)?d|authorization|cookie|credential|signature|private[-_]?key"
    r"|(^|[-_])(token|key)$|(access|refresh|bearer|api|webhook|auth)[-_]?token)",
    re.IGNORECASE,
)
# Names that end in `key` and are addresses, not secrets.
PUBLIC_NAMES = frozenset({"call_key", "s3_key", "key", "message_key", "media_key"})
PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://[^\s:/@]*):[^\s@/]+@"), rf"\1:{REDACTED}@"),
    (re.compile(r"(?i)\b(bearer|basic|token|key)\s+[a-z0-9._~+/=:-]{12,}"), rf"\1 {REDACTED}"),
    (
        re.compile(
            r"(?i)\b([a-z_-]*(?:api[-_]?key|secret|passw(?:or)?d|token|signature|authorization))"
            r"(\"?'?\s*[=:]\s*\"?'?)(?!\[redacted)(?:bearer\s+|basic\s+)?[^\s\"'&,;}\])]+"
        ),
        rf"\1\2{REDACTED}",
    ),
    (re.compile(r"\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?"), REDACTED),
    (re.compile(r"\b(?:sk|pk|rk|r8|gsk|ghp|gho|xox[abp]|gl|glr|whsec|glpat|hf)[-_][\w-]{8,}"), REDACTED),
    (re.compile(r"\bAIza[\w-]{20,}"), REDACTED),
    (re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b"), REDACTED),
    (re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:[0-9a-f]{24,}\b"), REDACTED),
    (re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), REDACTED),
    # Long, mixed and random-looking: a key of somebody. Digests and ids are lower-case hexadecimal.
    (re.compile(r"\b(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{32,}"), REDACTED),
)


class Redactor:
    """Removes what must not be read: known secrets, secret-looking text, values under secret names."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        # Longest first, so that a secret inside another one leaves no tail.
        self._secrets = sorted({s for s in secrets if len(s) >= 6}, key=len, reverse=True)

    def known(self, text: str) -> str:
        """The text without the secrets that were named; what only looks like one stays."""
        for secret in self._secrets:
            text = text.replace(secret, REDACTED)
        return text

    def text(self, text: str) -> str:
        """The text without secrets."""
        text = self.known(text)
        for pattern, replacement in PATTERNS:
            text = pattern.sub(replacement, text)
        return text

    def value(self, value: Any, name: str = "") -> Any:
        """A JSON-like value without secrets; what is no JSON becomes its text."""
        if name not in PUBLIC_NAMES and SECRET_NAME.search(name) and value not in (None, "", False):
            return REDACTED
        if isinstance(value, Mapping):
            return {self.text(str(key)): self.value(item, str(key)) for key, item in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.value(item) for item in value]
        if isinstance(value, bool | int | float) or value is None:
            return value
        return self.text(value if isinstance(value, str) else str(value))

    def __call__(self, logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
        """As a structlog processor: the last one before the line is written."""
        cleaned: EventDict = self.value(event)
        return cleaned


def configure_logs(settings: Settings, *, stream: TextIO | None = None) -> None:
    """Send every record of this process, ours and third-party, as one JSON line each to `stream`."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_formatter(shared, Redactor(known_secrets(settings))))
    _take_over(handler, settings.log_level)


def known_secrets(settings: Settings) -> list[str]:
    """The values of all secret settings, each master key, and the password inside the database's URL."""
    values = [getattr(settings, name) for name in type(settings).model_fields]
    found = [value.get_secret_value() for value in values if isinstance(value, SecretStr)]
    passwords = [urlsplit(value).password for value in found if "://" in value]
    listed = re.split(r"[\s,]+", settings.master_key.get_secret_value()) if settings.master_key else []
    return [secret for secret in (*found, *passwords, *listed) if secret]


def _formatter(shared: list[Processor], redactor: Redactor) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            redactor,
            structlog.processors.JSONRenderer(serializer=_json_line),
        ],
    )


def _json_line(event: Any, **_: Any) -> str:
    return orjson.dumps(event, default=str).decode()


def _take_over(handler: logging.Handler, level: str) -> None:
    """Make `handler` the only one, so that nothing is written past the redaction."""
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in list(logging.Logger.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers = []
        logger.propagate = True
    # Their debug lines hold whole requests and frames.
    for chatty in ("sse_starlette", "httpx", "httpcore", "openai", "urllib3", "botocore", "asyncio"):
        logging.getLogger(chatty).setLevel(max(logging.INFO, root.level))
    logging.getLogger("uvicorn.access").disabled = True
    # Taken anew: whoever was listening before may have put the old listener back.
    logging.captureWarnings(capture=False)
    logging.captureWarnings(capture=True)
