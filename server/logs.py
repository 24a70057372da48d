"""Structured JSON logs. Redaction happens in the handler, so no call site can forget it."""

import logging
import sys
import threading
from types import TracebackType
from typing import Any, TextIO

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from tools.redaction import REDACT, known_secrets
from tools.settings import Settings

log = structlog.stdlib.get_logger(__name__)


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
    REDACT.learn(known_secrets(settings))
    handler = CarefulHandler(stream or sys.stderr)
    handler.setFormatter(_formatter(shared))
    _take_over(handler, settings.log_level)


class CarefulHandler(logging.StreamHandler[TextIO]):
    """Writes nothing of a record that cannot be formatted: logging's own way is to print its arguments."""

    def handleError(self, record: logging.LogRecord) -> None:  # logging's name
        error = sys.exc_info()[0]
        lost = {"message": "log_line_lost", "logger": record.name, "level": "error",
                "file": record.filename if hasattr(record, "filename") else record.pathname,
                "line": record.lineno, "error": error.__name__ if error else ""}  # fmt: skip
        try:
            self.stream.write(_json_line(lost) + self.terminator)
        except (OSError, ValueError):  # the stream itself is gone, and nobody is left to be told
            return


def log_uncaught() -> None:
    """Let what nobody caught be logged like everything else, instead of printed as it is."""

    def of_process(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        log.critical("process_crashed", exc_info=(kind, error, trace))

    def of_thread(died: threading.ExceptHookArgs) -> None:
        if died.exc_value is not None:
            log.critical("thread_crashed", exc_info=died.exc_value)

    sys.excepthook, threading.excepthook = of_process, of_thread


def redacted(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """The last processor before a line is written."""
    cleaned: EventDict = REDACT.value(event)
    return cleaned


def _formatter(shared: list[Processor]) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            structlog.processors.EventRenamer("message"),
            redacted,
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
    for chatty in ("sse_starlette", "httpcore", "openai", "urllib3", "botocore", "asyncio"):
        logging.getLogger(chatty).setLevel(max(logging.INFO, root.level))
    # It tells every address that is asked, and the address of a webhook may hold a secret of its owner's.
    logging.getLogger("httpx").setLevel(max(logging.WARNING, root.level))
    logging.getLogger("uvicorn.access").disabled = True
    # Taken anew: whoever was listening before may have put the old listener back.
    logging.captureWarnings(capture=False)
    logging.captureWarnings(capture=True)
