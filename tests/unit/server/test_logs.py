"""Redaction happens in the handler: whatever way a secret takes into a record, it does not come out."""

import io
import json
import logging
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
import structlog

from server.logs import CarefulHandler, configure_logs, log_uncaught
from tools.redaction import REDACTED, Redactor, known_secrets
from tools.settings import Settings

PASSWORD = "corr3ct-horse"
CANARIES = {
    "openai": "sk-proj-Abcdef0123456789",
    "google": "AIzaSyA0123456789abcdefghijklmnopqrstuv",
    "replicate": "r8_0123456789abcdefghij",
    "fal": "0f0f0f0f-1111-2222-3333-444444444444:0123456789abcdef0123456789abcdef",
    "aws": "AKIAIOSFODNN7EXAMPLE",
    "jwt": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
    "e-mail": "ana.maria@example.com.br",
    "random": "Zk9dQ2xVbW5hR3pTcTR0WXcxUmU4TzdpNg",
    "configured": "hunter2-configured",
}
WAYS: dict[str, Callable[[logging.Logger, str], None]] = {
    "message": lambda log, secret: log.warning(f"sent {secret} along"),
    "argument": lambda log, secret: log.warning("sent %s along", secret),
    "extra": lambda log, secret: log.warning("sent", extra={"payload": {"deep": [secret]}}),
    "mapping": lambda log, secret: log.warning("sent %(what)s", {"what": secret}),
    "object": lambda log, secret: log.warning("sent %s", {"what": ValueError(secret)}),
}


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    level, structure = root.level, structlog.get_config()
    settings = Settings(link_secret=CANARIES["configured"], database_url=f"postgresql://u:{PASSWORD}@h/d")
    configure_logs(settings, stream=stream)
    yield stream
    logging.captureWarnings(capture=False)
    root.handlers, root.level = before, level
    structlog.configure(**structure)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_the_addresses_that_are_asked_are_in_no_line(written: io.StringIO) -> None:
    """A webhook's may hold a secret of its owner's, and look like anything."""
    logging.getLogger("httpx").info('HTTP Request: POST %s "%s"', "https://hooks.example.org/in/4711", "204")
    assert written.getvalue() == ""
    logging.getLogger("httpx").warning("the control")
    assert "the control" in written.getvalue()


@pytest.mark.parametrize("way", WAYS)
def test_no_secret_passes_a_third_party_logger(written: io.StringIO, way: str) -> None:
    for secret in CANARIES.values():
        WAYS[way](logging.getLogger("some.library"), secret)
    text = written.getvalue()
    assert [name for name, secret in CANARIES.items() if secret in text] == []
    assert len(lines(written)) == len(CANARIES)
    assert text.count(REDACTED) >= len(CANARIES)


def test_no_secret_passes_our_own_logger(written: io.StringIO) -> None:
    log = structlog.stdlib.get_logger("greenlight.test")
    for name, secret in CANARIES.items():
        log.info(f"event {secret}", anything={name: [secret]}, **{secret: 1})
    assert [name for name, secret in CANARIES.items() if secret in written.getvalue()] == []


def test_no_secret_passes_an_exception(written: io.StringIO) -> None:
    for secret in CANARIES.values():
        try:
            try:
                raise KeyError(secret)
            except KeyError as inner:
                raise RuntimeError(f"while using {secret}") from inner
        except RuntimeError:
            logging.getLogger("some.library").exception("it failed with %s", secret)
            structlog.stdlib.get_logger("ours").exception("failed")
    assert [name for name, secret in CANARIES.items() if secret in written.getvalue()] == []
    assert all("Traceback" in line["exception"] for line in lines(written))


def test_a_database_url_loses_its_password_and_keeps_its_host(written: io.StringIO) -> None:
    logging.getLogger("psycopg").warning("cannot reach postgresql://other:pa55word@db.internal:5432/x")
    logging.getLogger("psycopg").warning("wrong password %s", PASSWORD)
    assert "pa55word" not in written.getvalue()
    assert PASSWORD not in written.getvalue()
    assert "db.internal:5432" in written.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer abcdef0123456789",
        "GET /media/x?expires=1&signature=00ff00ff",
        "api_key=abc123",
        "'token': 'abc123def'",
        '{"password": "abc123def"}',
        "webhook_secret=abc123",
        "GET https://api.example/v1?key=abc123def&x=1",
        "Cookie: gl_login=abc123; other=abc124",
        "'set-cookie': 'gl_login=abc123; Path=/'",
        "Proxy-Authorization: Basic abc123==",
    ],
)
def test_a_value_under_a_secrets_name_goes(text: str) -> None:
    cleaned = Redactor().text(text)
    assert "abc" not in cleaned
    assert "00ff" not in cleaned
    assert REDACTED in cleaned


def test_values_under_secret_names_go_whatever_they_look_like() -> None:
    cleaned = Redactor().value(
        {"apiKey": "plain", "headers": {"Authorization": "x", "cookie": "y"}, "token": 1}
    )
    assert "plain" not in str(cleaned)
    assert cleaned["headers"] == {"Authorization": REDACTED, "cookie": REDACTED}
    assert cleaned["token"] == REDACTED


def test_a_known_secret_goes_in_every_way_of_writing_it() -> None:
    secret = 'p@ss "word"\\ of/é'
    redactor = Redactor(["postgresql://u:p%40ss%20w0rd@h/d", secret])
    for way in (quote(secret, safe=""), json.dumps(secret), repr(secret), f"<{secret}>"):
        assert redactor.text(f"before {way} after").count(REDACTED) == 1, way
    passwords = known_secrets(Settings(database_url="postgresql://u:p%40ss%20w0rd@h/d"))
    assert (
        Redactor(passwords).text("password p@ss w0rd of p%40ss%20w0rd")
        == f"password {REDACTED} of {REDACTED}"
    )


def test_words_of_people_stay() -> None:
    for words in ("the key understanding-everybody", "basic cinematography", "a token gesture-of-kindness"):
        assert Redactor().text(words) == words


def test_a_record_without_bottom_comes_out() -> None:
    deep: dict[str, Any] = {}
    for _ in range(2000):
        deep = {"in": deep}
    assert REDACTED in str(Redactor().value(deep))


def test_no_text_holds_the_process_up() -> None:
    """A path of dots is logged before anybody is let in: two patterns once took 43 s for one."""
    began = time.process_time()
    for unit in ("a.", "a-", "aA-", "eyJ-", "a+", "://", "a:a@"):
        Redactor().text("/" + unit * (30_000 // len(unit)))
    assert time.process_time() - began < 4


def test_what_is_no_secret_stays() -> None:
    facts = {
        "production_id": "7c4a8d09-ca37-4b0e-9f2d-0a1b2c3d4e5f",
        "call_key": "7c4a8d09-ca37-4b0e-9f2d-0a1b2c3d4e5f:take:2A:first",
        "s3_key": f"video/local/{'ab' * 32}.mp4",
        "sha256": "0123456789abcdef" * 4,
        "prompt_tokens": 812,
        "took_ms": 3.5,
        "event": "the writer finished scene 2",
    }
    assert Redactor().value(facts) == facts


def test_every_line_is_json_with_time_level_and_logger(written: io.StringIO) -> None:
    structlog.stdlib.get_logger("ours").info("scene_done", slate="2A")
    logging.getLogger("theirs").error("broke\nin two")
    first, second = lines(written)
    assert (
        first.items() >= {"message": "scene_done", "slate": "2A", "level": "info", "logger": "ours"}.items()
    )
    assert second.items() >= {"message": "broke\nin two", "level": "error", "logger": "theirs"}.items()
    assert first["timestamp"].endswith("Z")


def test_a_library_that_brought_its_own_handler_loses_it(written: io.StringIO) -> None:
    leak = io.StringIO()
    library = logging.getLogger("leaky.library")
    library.addHandler(logging.StreamHandler(leak))
    library.propagate = False
    configure_logs(Settings(), stream=written)
    library.warning("key %s", CANARIES["openai"])
    assert leak.getvalue() == ""
    assert REDACTED in written.getvalue()


def test_warnings_are_lines_too(written: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn(f"deprecated: {CANARIES['openai']}", stacklevel=1)
    assert REDACTED in written.getvalue()
    assert CANARIES["openai"] not in written.getvalue()


class Unprintable:
    def __str__(self) -> str:
        raise ValueError(CANARIES["openai"])


@pytest.mark.parametrize(
    "arguments", [("%d", CANARIES["openai"]), ("%s %s", CANARIES["openai"]), ("%s", Unprintable())]
)
def test_a_record_that_cannot_be_written_tells_nothing(
    written: io.StringIO, capfd: pytest.CaptureFixture[str], arguments: tuple[Any, ...]
) -> None:
    """Logging's own way is to print the arguments and the traceback to stderr, past every handler."""
    root = logging.getLogger()
    root.handlers = [one for one in root.handlers if isinstance(one, CarefulHandler)]  # pytest's own raise
    logging.getLogger("some.library").warning(*arguments)
    [line] = lines(written)
    assert (
        line.items() >= {"message": "log_line_lost", "logger": "some.library", "file": "test_logs.py"}.items()
    )
    assert CANARIES["openai"] not in written.getvalue() + capfd.readouterr().err


def test_what_nobody_caught_is_a_line_too(
    written: io.StringIO, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    log_uncaught()
    error = RuntimeError(f"using {CANARIES['openai']}")
    sys.excepthook(RuntimeError, error, None)
    thread = threading.Thread(target=Unprintable().__str__)
    thread.start()
    thread.join()
    assert [line["message"] for line in lines(written)] == ["process_crashed", "thread_crashed"]
    assert CANARIES["openai"] not in written.getvalue() + capfd.readouterr().err


def test_without_the_redactor_the_canary_would_be_seen(written: io.StringIO) -> None:
    """The control: the same record through a plain handler holds the secret."""
    plain = io.StringIO()
    handler = logging.StreamHandler(plain)
    logging.getLogger().addHandler(handler)
    logging.getLogger("some.library").warning("sent %s", CANARIES["openai"])
    assert CANARIES["openai"] in plain.getvalue()
