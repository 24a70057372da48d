"""One row of an archive as it is written here: under the new names, everything else as it came."""

import base64

import orjson

from server.archives.blobs import renamed_blob
from server.archives.format import BINARY
from server.archives.renaming import Renaming
from state.timeline import Timeline
from tools.cuts.history import digest_of
from tools.ledger.requests import request_hash

ORDERED = ("orders", "ancestor_orders")


def rewritten(name: str, line: str, renaming: Renaming) -> str:
    """The line to store. Where no name changes it is the very line that came."""
    fresh = renaming(line)
    if name in BINARY:
        return _with_blob(fresh, renaming)
    if name in ORDERED and fresh != line:
        return _with_digest(line, fresh)
    if name == "cut_versions" and fresh != line:
        return _with_cut_digest(fresh)
    return fresh


def _with_blob(line: str, renaming: Renaming) -> str:
    row = orjson.loads(line)
    if row["blob"] is None:
        return line
    blob = base64.b64decode(row["blob"])
    renamed = renamed_blob(row["type"], blob, renaming)
    if renamed == blob:
        return line
    return orjson.dumps({**row, "blob": base64.b64encode(renamed).decode()}).decode()


def _with_cut_digest(line: str) -> str:
    """A cut whose files are called otherwise is another cut."""
    row = orjson.loads(line)
    digest = digest_of(Timeline.model_validate(row["timeline"]))
    return orjson.dumps({**row, "digest": digest}).decode()


def _with_digest(line: str, fresh: str) -> str:
    """A request that names its pictures otherwise has another digest: the one a replay will ask with."""
    before, row = orjson.loads(line), orjson.loads(fresh)
    if row["request"] == before["request"]:
        return fresh
    return orjson.dumps({**row, "request_hash": request_hash(row["request"])}).decode()
