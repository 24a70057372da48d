"""What an archive is: one zip file, its members in a fixed order, and the manifest that seals them."""

import base64
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field

from tools.media.inspect import EXTENSIONS

VERSION = 1
SUFFIX = ".greenlight.zip"
MANIFEST = "manifest.json"
ROWS = (
    "production", "novela", "runs", "checkpoints", "blobs", "writes", "events", "orders", "attempts",
    "replay_calls", "ancestors", "ancestor_runs", "ancestor_events", "ancestor_orders", "cut",
    "cut_versions", "prompts",
)  # fmt: skip
"""Tables in the order of their members: `rows/<name>.jsonl`, one JSON object a line."""
LATER = frozenset({"cut", "cut_versions"})
"""Tables that archives from before schema 0039 do not have."""
MEDIA_NAME = re.compile(
    rf"media/(video|image|audio|text)/([0-9a-f]{{64}})\.({'|'.join(EXTENSIONS.values())})"
)
ROW_NAMES = {f"rows/{name}.jsonl": name for name in ROWS}
KEY_PATTERN = (
    rf"(video|image|audio|text)/([A-Za-z0-9_-]{{1,64}})/([0-9a-f]{{64}}\.(?:{'|'.join(EXTENSIONS.values())}))"
)
"""A media key wherever it stands: type, owner, file."""
KEY = re.compile(KEY_PATTERN.encode())
BINARY = frozenset({"blobs", "writes"})
"""Tables whose `blob` is base64 of what the checkpoint holds."""

# One archive at most; a whole series of long episodes is many archives.
MAX_FILE_BYTES = 4 * 1024**3
MAX_UNPACKED_BYTES = 8 * 1024**3
MAX_ROWS_BYTES = 1024**3
MAX_LINE_BYTES = 32 * 1024**2
MAX_MANIFEST_BYTES = 8 * 1024**2
MAX_MEMBERS = 20_000


class Member(BaseModel):
    """One file of the archive, and what it must turn out to be."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=120)
    size: int = Field(ge=0, le=MAX_UNPACKED_BYTES)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Manifest(BaseModel):
    """The first member: what was archived, with what, and the seal of every other member."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["greenlight-archive"] = "greenlight-archive"
    version: int = VERSION
    created_at: datetime
    program: str = Field(max_length=40)
    house_schema: str = Field(pattern=r"^\d{4}$")
    libraries: dict[str, str]
    """Versions of the libraries that wrote the checkpoints."""
    production_id: str = Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
    graph: str = Field(min_length=1, max_length=120)
    graph_version: str = Field(max_length=40)
    counts: dict[str, int]
    absent: list[str] = Field(default_factory=list, max_length=MAX_MEMBERS)
    """Media that some text names and that were gone already; nothing that was paid is among them."""
    members: list[Member] = Field(max_length=MAX_MEMBERS)

    @property
    def media(self) -> list[Member]:
        """The media objects among the members."""
        return [member for member in self.members if member.name.startswith("media/")]


def member_of(key: str) -> str:
    """The member that holds a media key: without its owner, who is another one where it arrives."""
    media_type, _, file = key.split("/")
    return f"media/{media_type}/{file}"


def key_of(member: str, owner: str) -> str:
    """The key of a media member once it belongs to `owner`."""
    _, media_type, file = member.split("/")
    return f"{media_type}/{owner}/{file}"


def keys_in(table: str, line: bytes) -> Iterable[tuple[str, str]]:
    """Every media key that stands in a row, with its owner."""
    content = line
    if table in BINARY:
        # Strings lie in msgpack as they are.
        content = base64.b64decode(orjson.loads(line)["blob"] or "")
    for found in KEY.finditer(content):
        yield found.group().decode(), found.group(2).decode()
