"""Everything that is checked about an archive before a row or a file of it is kept."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from server.archives.blobs import Named, check_blob, state_classes
from server.archives.format import MAX_LINE_BYTES, ROWS, Manifest, keys_in, member_of
from server.archives.rows import (
    AncestorEventRow,
    AncestorOrderRow,
    AncestorRow,
    AncestorRunRow,
    AttemptRow,
    BlobRow,
    BoughtRow,
    CutRow,
    CutVersionRow,
    EventRow,
    NovelaRow,
    OrderRow,
    ProductionRow,
    RunRow,
    WriteRow,
    read_row,
)
from server.archives.terms import readable
from server.archives.unpack import Parcel, Progress
from server.runs.graph_spec import AnyGraph
from state.errors import ArchiveRefused, UploadRejected
from tools.db.schema_version import needed_versions
from tools.media.inspect import EXTENSIONS, inspect_now

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(kw_only=True)
class Arrived:
    """An archive that was taken apart into a folder, and what its rows say of each other."""

    manifest: Manifest
    folder: Path
    state_classes: frozenset[Named] = frozenset()
    """What checkpoints of this graph may name beside the types that langgraph knows."""
    production: ProductionRow | None = None
    novela_id: str | None = None
    ancestors: list[AncestorRow] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    """Ids that are unique over productions: runs and messages."""
    orders: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    """Media that any row names, as the archive calls them."""
    last_seq: int = 0
    cut: CutRow | None = None
    versions: set[int] = field(default_factory=set)
    """Of its cut."""
    used_ids: int = 0

    @cached_property
    def media_sizes(self) -> dict[str, int]:
        """How large each media member is."""
        return {member.name: member.size for member in self.manifest.media}

    @property
    def production_id(self) -> str:
        """The production that all rows are of."""
        return self.manifest.production_id

    def rows(self, name: str) -> Path:
        """The lines of a table."""
        return self.folder / f"{name}.jsonl"

    def media(self) -> Iterator[tuple[str, Path]]:
        """Every media member and the file it was unpacked to."""
        for number, member in enumerate(self.manifest.media):
            yield member.name, self.folder / f"{number}.media"


def unpacked(parcel: Parcel, folder: Path, graph: AnyGraph, progress: Progress) -> Arrived:
    """Take an archive apart into a folder of ours and check all of it.

    Raises:
        ArchiveRefused: the first thing that is wrong with it, in one sentence.
    """
    _check_versions(parcel.manifest)
    arrived = Arrived(manifest=parcel.manifest, folder=folder, state_classes=state_classes(graph))
    members = {member.name: member for member in parcel.manifest.members}
    for name in ROWS:
        member = members.get(f"rows/{name}.jsonl")
        if member is None:  # of an archive that is older than the table
            arrived.rows(name).touch()
            continue
        parcel.unpack(member, arrived.rows(name))
        _check_table(arrived, name)
        progress(member.size)
    _check_whole(arrived)
    for name, path in arrived.media():
        parcel.unpack(members[name], path)
        check_media(name, path)
        progress(members[name].size)
    return arrived


def lines_of(path: Path) -> Iterator[bytes]:
    """The lines of a table, without their ends."""
    with path.open("rb") as file:
        while line := file.readline(MAX_LINE_BYTES + 1):
            if len(line) > MAX_LINE_BYTES:
                raise ArchiveRefused(f"A row of {path.stem} is larger than {MAX_LINE_BYTES // 1024**2} MiB.")
            yield line.rstrip(b"\n")


def _check_versions(manifest: Manifest) -> None:
    here = needed_versions()["house"]
    if manifest.house_schema > here:
        raise ArchiveRefused(
            f"The archive was made with house schema {manifest.house_schema}; this program has {here}.",
            user_action="Import it with the version of Greenlight that made it, or a newer one.",
        )
    for name, made_with in manifest.libraries.items():
        if name == "langgraph-checkpoint" and _major(made_with) > _major(version(name)):
            raise ArchiveRefused(
                f"The checkpoints were written by {name} {made_with[:40]}; here is {version(name)}.",
                user_action="Import it with the version of Greenlight that made it, or a newer one.",
            )


def _major(text: str) -> int:
    digits = text.partition(".")[0]
    return int(digits) if digits.isdigit() and len(digits) < 6 else 10**6


def _check_table(arrived: Arrived, name: str) -> None:
    count = 0
    for count, line in enumerate(lines_of(arrived.rows(name)), 1):
        try:
            row = read_row(name, line)
            if name in CHECKS:
                CHECKS[name](arrived, row)
        except (ValueError, RecursionError) as exc:
            raise ArchiveRefused(f"Row {count} of {name}: {_words(exc)}.") from exc
        arrived.keys.update(key for key, _ in keys_in(name, line))
    if count != arrived.manifest.counts.get(name, 0):
        raise ArchiveRefused(f"The manifest counts other {name} than the archive holds.")


def _words(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        problem = str(first["msg"]).removeprefix("Value error, ")
        return f"{place}: {problem}" if place else problem
    return str(error).splitlines()[0][:200] if str(error) else "cannot be read"


def _production(arrived: Arrived, row: ProductionRow) -> None:
    told = (arrived.production_id, arrived.manifest.graph, arrived.manifest.graph_version)
    if (row.production_id, row.graph, row.graph_version) != told or arrived.production is not None:
        raise ValueError("is not the production that the manifest tells of")
    readable(row.context)
    arrived.production = row


def _novela(arrived: Arrived, row: NovelaRow) -> None:
    if arrived.production is None or row.id != arrived.production.novela_id or arrived.novela_id:
        raise ValueError("is not the production's novela")
    arrived.novela_id = row.id


def _run(arrived: Arrived, row: RunRow) -> None:
    arrived.ids.add(row.run_id)


def _blob(arrived: Arrived, row: BlobRow | WriteRow) -> None:
    check_blob(row.type, row.blob or b"", arrived.state_classes)


def _event(arrived: Arrived, row: EventRow) -> None:
    if row.seq <= arrived.last_seq:
        raise ValueError("the log must rise")
    arrived.last_seq = row.seq
    if row.run_id:
        arrived.ids.add(row.run_id)
    payload = row.payload if isinstance(row.payload, dict) else {}
    told = payload.get("payload")
    if row.method == "custom" and payload.get("name") == "message" and isinstance(told, dict):
        named = (told.get("id"), told.get("response_to"))
        arrived.ids.update(one for one in named if isinstance(one, str) and ID.fullmatch(one))


def _order(arrived: Arrived, row: OrderRow) -> None:
    if row.call_key != f"{arrived.production_id}:{row.identity}":
        raise ValueError("is an order of another production")
    arrived.orders.add(row.call_key)
    _bought(arrived, row)


def _attempt(arrived: Arrived, row: AttemptRow) -> None:
    if row.call_key not in arrived.orders:
        raise ValueError("is an attempt of an order that is not here")


def _ancestor(arrived: Arrived, row: AncestorRow) -> None:
    above = arrived.ancestors[-1] if arrived.ancestors else arrived.production
    seen = {arrived.production_id, *(one.production_id for one in arrived.ancestors)}
    if above is None or above.parent_production_id != row.production_id or row.production_id in seen:
        raise ValueError("is no ancestor of the production")
    arrived.ancestors.append(row)


def _of_ancestor(arrived: Arrived, row: AncestorRunRow | AncestorEventRow | AncestorOrderRow) -> None:
    if row.production_id not in {one.production_id for one in arrived.ancestors}:
        raise ValueError("is of another production")
    if isinstance(row, AncestorRunRow | AncestorEventRow) and row.run_id:
        arrived.ids.add(row.run_id)


def _cut(arrived: Arrived, row: CutRow) -> None:
    if arrived.cut is not None:
        raise ValueError("is a second cut")
    arrived.cut = row


def _cut_version(arrived: Arrived, row: CutVersionRow) -> None:
    """Each but the first is behind one that is here, so that undo and redo find their way."""
    if row.version <= max(arrived.versions, default=0):
        raise ValueError("versions must rise")
    if row.parent is None and arrived.versions:
        raise ValueError("is a second beginning")
    if row.parent is not None and row.parent not in arrived.versions:
        raise ValueError(f"is made of version {row.parent}, which is not here")
    arrived.versions.add(row.version)
    arrived.used_ids = max(arrived.used_ids, row.used_ids)


def _ancestor_order(arrived: Arrived, row: AncestorOrderRow) -> None:
    _of_ancestor(arrived, row)
    if row.call_key != f"{row.production_id}:{row.identity}":
        raise ValueError("is an order of another production")
    _bought(arrived, row)


def _bought(arrived: Arrived, row: BoughtRow) -> None:
    """What was delivered lies in the archive, under the digest that the order tells."""
    if row.media is None:
        return
    try:
        member = member_of(row.media.key)
    except ValueError as exc:
        raise ValueError("media.key is no key of a media store") from exc
    digest = member.rpartition("/")[2].partition(".")[0]
    found = arrived.media_sizes.get(member)
    if found is None:
        raise ValueError(f"its media {member} is not in the archive")
    if row.media.sha256 != digest or row.sha256 not in (None, digest) or row.media.size_bytes != found:
        raise ValueError(f"tells another digest or size than {member} has")


CHECKS: dict[str, Callable[[Arrived, Any], None]] = {
    "production": _production, "novela": _novela, "runs": _run, "blobs": _blob,
    "writes": _blob, "events": _event, "orders": _order, "attempts": _attempt, "ancestors": _ancestor,
    "ancestor_runs": _of_ancestor, "ancestor_events": _of_ancestor, "ancestor_orders": _ancestor_order,
    "cut": _cut, "cut_versions": _cut_version,
}  # fmt: skip
"""What a row must fit besides its own shape."""


def _check_whole(arrived: Arrived) -> None:
    production = arrived.production
    if production is None:
        raise ArchiveRefused("The archive holds no production.")
    if arrived.novela_id != production.novela_id:
        raise ArchiveRefused("The production's novela is not in the archive.")
    if arrived.last_seq > production.last_seq:
        raise ArchiveRefused("The log goes further than the production says.")
    _check_cut(arrived)


def _check_cut(arrived: Arrived) -> None:
    """Its head and its newest version are here, and no id of it will be given twice."""
    cut, versions = arrived.cut, arrived.versions
    if cut is None and not versions:
        return
    if cut is None or cut.head not in versions or cut.newest != max(versions):
        raise ArchiveRefused("The versions of the cut are not those that it tells of.")
    if cut.used_ids < arrived.used_ids:
        raise ArchiveRefused("The cut has used more ids than it says.")


def check_media(name: str, path: Path) -> None:
    """The content is of the type that the name says; it was digested when it was unpacked."""
    _, media_type, file = name.split("/")
    try:
        found = inspect_now(path)
    except UploadRejected as exc:
        raise ArchiveRefused(f"{name}: {exc.message}.") from exc
    family = found.mime.partition("/")[0]
    family = family if family in ("video", "image", "audio") else "text"
    if (family, EXTENSIONS[found.mime]) != (media_type, file.rpartition(".")[2]):
        raise ArchiveRefused(f"{name} holds {found.mime}, which is not what its name says.")
