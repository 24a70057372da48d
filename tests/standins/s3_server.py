"""A local S3: moto's server on a free port, with a book of what was asked and troubles to order."""

import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

KEYS = {"aws_access_key_id": "local", "aws_secret_access_key": "local-secret-of-the-tests"}
REGION = "eu-central-1"
Answer = tuple[int, bytes] | tuple[int, bytes, int]
"""A status and a body; a third one is the length that is claimed for it."""
Trouble = Callable[[dict[str, Any]], Answer | None]
StartResponse = Callable[..., Any]


class Quiet(WSGIRequestHandler):
    """Writes no line per request, and keeps connections as real servers do."""

    protocol_version = "HTTP/1.1"

    def log_request(self, *_: object) -> None: ...


@dataclass
class S3Server:
    """The other side: all processes of a test share it."""

    url: str
    asked: list[str] = field(default_factory=list)
    """Each request: its method and path."""
    constraint: dict[str, str] = field(default_factory=lambda: {"LocationConstraint": REGION})
    trouble: Trouble | None = None
    """Looks at each request first and may answer it."""
    ranges: list[str] = field(default_factory=list)
    """Each range that was asked for."""

    @property
    def settings(self) -> dict[str, Any]:
        """What a process needs to reach it."""
        return {**KEYS, "aws_region": REGION, "aws_endpoint_url_s3": self.url}

    @property
    def environment(self) -> dict[str, str]:
        return {name.upper(): value for name, value in self.settings.items()}

    def count(self, method: str, part: str = "") -> int:
        """How many requests of this method had this in their address."""
        return sum(one.startswith(f"{method} ") and part in one for one in self.asked)


@contextmanager
def s3_server(tls: ssl.SSLContext | None = None) -> Iterator[S3Server]:
    """Serve in a thread of this process until the end of the block, by TLS with a certificate."""
    moto = DomainDispatcherApplication(create_backend_app)

    def app(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        query = f"?{environ['QUERY_STRING']}" if environ["QUERY_STRING"] else ""
        here.asked.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}{query}")
        if "HTTP_RANGE" in environ:
            here.ranges.append(environ["HTTP_RANGE"])
        told = here.trouble(environ) if here.trouble else None
        if told is None:
            return moto(environ, start_response)
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        start_response(
            f"{told[0]} Trouble", [("Content-Length", str(told[-1] if len(told) == 3 else len(told[1])))]
        )
        return [told[1]]

    server: BaseWSGIServer = make_server(
        "127.0.0.1", 0, app, threaded=True, request_handler=Quiet, ssl_context=tls
    )
    here = S3Server(f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, name="local S3")
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
