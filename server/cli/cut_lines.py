"""What `greenlight cut` prints: a cut as a table, what an edit has changed, an operation as it is typed."""

import json
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from server.cli.seen import seen
from server.cuts.desk import OnDesk
from state import edits
from state.timeline import Clip, Timeline
from tools.cuts.history import Difference, compared
from tools.cuts.pieces import Piece, pieces_of, starts_of


def tell(found: OnDesk) -> None:
    """The cut as a table."""
    table = Table("track", "id", "clip", "from", "frames", "", box=None)
    for row in rows_of(found.edited.timeline):
        table.add_row(*(seen(one) for one in row))
    Console(highlight=False).print(table)
    _tell_state(found)


def tell_change(before: OnDesk, found: OnDesk) -> None:
    """What is otherwise than it was, and no more: a cut has hundreds of lines."""
    table = Table("", "id", "", "what", "from", "to", box=None)
    changes = compared(before.edited.timeline, found.edited.timeline)
    for one in changes:
        table.add_row(*(seen(part) for part in change_of(one)))
    Console(highlight=False).print(table if changes else "nothing is otherwise than it was")
    _tell_state(found)


def change_of(one: Difference) -> tuple[str, str, str, str, str, str]:
    """What it is, its id and name, what became of it, and its first frame before and after."""
    fields = f": {', '.join(one.fields)}" if one.fields else ""
    places = ("" if at is None else str(at) for at in (one.before, one.after))
    before, after = places
    return one.what, one.id, one.name.replace("\n", " / "), f"{one.kind}{fields}", before, after


def _tell_state(found: OnDesk) -> None:
    cut, edited = found.edited.timeline, found.edited
    more = [name for name, is_so in (("undo", edited.can_undo), ("redo", edited.can_redo)) if is_so]
    ways = f" ({', '.join(more)} possible)" if more else ""
    length = f"{cut.length} frames, {cut.duration_s:.2f} s at {cut.fps} fps"
    Console(highlight=False).print(f"version {edited.version}{ways}: {length}")
    if found.outdated:
        typer.echo("the production was cut anew since: `greenlight cut take-over` takes that over")


def rows_of(cut: Timeline) -> list[tuple[str, str, str, str, str, str]]:
    """Track, id, name, first frame, frames and what is special, of every clip and all that is written."""
    rows = []
    for track in cut.tracks:
        pieces = pieces_of(track)
        for start, piece in zip(starts_of(pieces), pieces, strict=True):
            if isinstance(piece.item, Clip):
                more = _special(piece.item, piece)
                rows.append((track.name, piece.id, piece.item.name, str(start), str(piece.length), more))
    rows += [
        ("captions", one.id, one.text.replace("\n", " / "), str(round(one.start_s * cut.fps)),
         str(round((one.end_s - one.start_s) * cut.fps)), one.speaker)
        for one in cut.captions
    ]  # fmt: skip
    rows += [
        ("overlays", one.id, one.text or one.kind, str(one.start), str(one.length or ""), one.kind)
        for one in cut.overlays
    ]
    return [*rows, *(("markers", one.id, one.name, str(one.at), "", one.comment) for one in cut.markers)]


def _special(clip: Clip, piece: Piece) -> str:
    told = [
        f"{piece.entry.style} of {piece.entry.length}" if piece.entry else "",
        f"{clip.speed:g} x" if clip.speed != 1 else "", f"{clip.gain_db:+g} dB" if clip.gain_db else "",
        "muted" if clip.muted else "", "cropped" if clip.crop else "", "framed" if clip.focus else "",
        ", ".join(effect.name for effect in clip.effects if effect.on),
    ]  # fmt: skip
    return ", ".join(one for one in told if one)


def said(operation: edits.Operation) -> str:
    """An operation as it would be typed; what was left out is left out."""
    plain = operation.model_dump(mode="json", exclude_defaults=True, exclude={"op"})
    name = type(operation).model_fields["op"].default
    return " ".join([name, *(f"{key}={_typed(value)}" for key, value in plain.items())])


def _typed(value: Any) -> str:
    if isinstance(value, str):
        return value if " " not in value else json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict) and isinstance(value.get("media"), dict):
        value = value | {"media": value["media"]["key"]}
    return json.dumps(value, ensure_ascii=False)
