"""What of the product could open a line: read from its source, so that nothing new goes unseen.

A package is either known to stay on this machine, or each call of it is listed in fetchers.toml by its file.
"""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[3]
ROOMS = ("state", "prompts", "tools", "nodes", "graphs", "server")
STANDARD = (
    "socket", "ssl", "urllib.request", "http.client", "ftplib", "smtplib", "poplib", "imaplib", "telnetlib",
    "nntplib", "xmlrpc", "socketserver", "subprocess", "webbrowser", "asyncio.open_connection",
    "asyncio.open_unix_connection", "asyncio.create_subprocess_exec", "asyncio.create_subprocess_shell",
    "os.system", "os.popen", "os.posix_spawn", "os.execv", "importlib.import_module", "__import__",
    "langgraph.pregel.remote",
)  # fmt: skip
"""Besides whole packages: what speaks to others, or starts who could."""
METHODS = ("create_connection", "create_datagram_endpoint", "sock_connect", "connect_ex", "subprocess_exec")
"""Of an event loop or a socket, whatever that is called."""
HARMLESS = re.compile(
    r"httpx2?\.(URL|Timeout|Limits|Request|Response|Proxy|ASGITransport|AsyncBaseTransport|codes)"
    r"|psycopg\.(sql|rows|types|errors|conninfo|AsyncRawCursor|pq)\b.*|psycopg\.(Async)?Connection"
    r"|opentelemetry\.(context|trace|sdk)\b.*|google\.genai\.types\.\w+(\.model_construct)?|botocore\.config\.Config"
    r"|socket\.(gethostname|AddressFamily)|ssl\.(create_default_context|SSLContext)"
    r"|anyio\.Event|cv2\.(?!VideoCapture|dnn).*"
    r"|.*(Error|Exception|Timeout|Expired|Stream|InvalidURL|UnsupportedProtocol|NotFound)|.*\.[A-Z0-9_]+"
)
"""Values, errors, and questions to this machine: they open nothing."""
UNREAD = ("annotation", "returns")
"""A type says who is handed in, not who is made."""
IMPORT = re.compile(r"^\s*(?:from|import)\s+(\w+)", re.MULTILINE)
Sightings = dict[str, Counter[str]]


def third_party() -> set[str]:
    """Every package that the product imports and that is neither its own nor Python's."""
    found = {name for text in _sources().values() for name in IMPORT.findall(text)}
    return {one for one in found if find_spec(one)} - set(sys.stdlib_module_names) - set(ROOMS)


def sightings(online: set[str]) -> Sightings:
    """By file: what is used there of packages that go online, and how often."""
    telling = {*online, *METHODS, *map(_telling, STANDARD)}
    may = re.compile(rf"\b({'|'.join(telling)})\b")
    told = {file: text for file, text in _sources().items() if may.search(text)}
    found = {file: opened_by(text, online) for file, text in told.items()}
    return {file: calls for file, calls in found.items() if calls}


def _telling(name: str) -> str:
    """The word of it that a file cannot use it without, and that is not in every second file."""
    first, _, rest = name.partition(".")
    return rest.rpartition(".")[2] if first in ("asyncio", "os", "importlib", "langgraph") else first


def opened_by(source: str, online: set[str]) -> Counter[str]:
    """The same of one text."""
    tree = ast.parse(source)
    imports = _imports(tree)
    found = Counter[str]()
    for part in _mentioned(tree):
        name = _dotted(part, imports)
        if _is_online(name, online):
            found[name] += 1
        elif isinstance(part, ast.Attribute) and part.attr in METHODS:
            found[f"*.{part.attr}"] += 1
    return found


def _mentioned(node: ast.AST) -> Iterator[ast.expr]:
    """Every name that is used, whole: of `httpx.AsyncClient` not `httpx` once more."""
    for field, value in ast.iter_fields(node):
        if field in UNREAD:
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, ast.Name | ast.Attribute):
                yield one
            if isinstance(one, ast.AST):
                yield from _mentioned(_root(one))


def _root(node: ast.AST) -> ast.AST:
    """Below a chain of attributes: what they are read from."""
    while isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
        node = node.value
    return ast.Pass() if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) else node


def _is_online(name: str, online: set[str]) -> bool:
    if not name or HARMLESS.fullmatch(name):
        return False
    return name.partition(".")[0] in online or any(
        name == one or name.startswith(f"{one}.") for one in STANDARD
    )


def _dotted(part: ast.expr, imports: dict[str, str]) -> str:
    names: list[str] = []
    while isinstance(part, ast.Attribute):
        names.append(part.attr)
        part = part.value
    if not isinstance(part, ast.Name):
        return ""
    known = imports.get(part.id, "__import__" if part.id == "__import__" else "")
    return ".".join([known, *reversed(names)]) if known else ""


def _imports(tree: ast.Module) -> dict[str, str]:
    """What each name that is imported stands for, wherever in the file."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                first = one.name.partition(".")[0]
                found[one.asname or first] = one.name if one.asname else first
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
    return found


@cache
def _sources() -> dict[str, str]:
    files = [file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))]
    return {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in files}
