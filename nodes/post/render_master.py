"""Render the cut into the file that is delivered."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from langgraph.runtime import Runtime

from nodes.delivery.sources_of_cut import label_words
from nodes.reporting import production_id, progress, report
from state.context import RunContext
from state.film import FinishingState
from state.timeline import KEPT, Timeline
from tools.cuts.media import keys_shown
from tools.post.encode import MASTER_FORM
from tools.post.export_form import form_of
from tools.post.master import render_master as render
from tools.post.piece_cache import PIECES_FOLDER, PieceCache, sweep_pieces
from tools.post.titles import Label
from tools.registry import Toolbox, toolbox
from tools.work_folder import work_folder

MASTER = "master.mp4"


async def render_master(state: FinishingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """From the cut to `master.mp4`, encoding only what this machine has not encoded for this user before.

    Nothing half-written is ever stored.
    """
    tools = await toolbox()
    timeline = await stored_cut(state, tools)
    paths = await _paths(timeline, tools)
    label = await burned_label(state, timeline, runtime, tools)
    cache = await asyncio.to_thread(_kept, tools, runtime.context.user_id)

    async with work_folder("master") as work:
        into = work / state.master_name
        facts = await render(
            timeline,
            resolve=paths.__getitem__,
            into=into,
            work=work,
            progress=in_tenths(runtime),
            label=label,
            burn_captions=burns_captions(state),
            form=form_of(state.export) if state.export else MASTER_FORM,
            cache=cache,
        )
        for text in facts.warnings:
            report(runtime, "warning", text=text)
        stored = await tools.media.put(into, user_id=runtime.context.user_id)
    return {
        "deliverables": {state.master_name: stored.model_dump(mode="json")},
        "quality": {"facts": facts.model_dump(mode="json"), "promised_s": timeline.duration_s},
    }


def _kept(tools: Toolbox, user_id: str) -> PieceCache:
    """What this user's films were made of; what nobody asked for in a day is removed, whoever's it is."""
    root = tools.settings.data_dir / PIECES_FOLDER
    sweep_pieces(root)
    return PieceCache(root / user_id)


def in_tenths(
    runtime: Runtime[RunContext], clock: Callable[[], float] = time.monotonic
) -> Callable[[float], None]:
    """Report every tenth once, and how long the rest takes at the pace of what is done.

    An encoder speaks too often to be written down each time.
    """
    told, begun = -1, clock()

    def heard(share: float) -> None:
        nonlocal told
        if (tenth := int(share * 10)) <= told:
            return
        told = tenth
        left_s = (clock() - begun) * (1 - share) / share if 0 < share < 1 else None
        text = f"mastering {tenth * 10} %" + (f", {_in_words(left_s)} left" if left_s else "")
        progress(runtime, "finishing", text, done=tenth, total=10, eta_s=left_s)

    return heard


def _in_words(seconds: float) -> str:
    return f"about {seconds:.0f} s" if seconds < 100 else f"about {seconds / 60:.0f} min"


async def burned_label(
    state: FinishingState, timeline: Timeline, runtime: Runtime[RunContext], tools: Toolbox
) -> Label | None:
    """What stands in a corner, where that was asked for and is true."""
    if not runtime.context.ai_label:
        return None
    words = label_words(state, timeline, await history_of(state, runtime, tools))
    return Label(words, whole=runtime.context.ai_label == "whole") if words else None


def burns_captions(state: FinishingState) -> bool:
    """Whether captions stand in the picture, or only in the files beside it."""
    return state.export is None or state.export.captions == "burned"


async def history_of(
    state: FinishingState, runtime: Runtime[RunContext], tools: Toolbox
) -> list[dict[str, Any]]:
    """Every order of the film: an export has none of its own, nor has the replay of one."""
    if state.film_of:
        return await tools.orders.history_of_film(state.film_of, user_id=runtime.context.user_id)
    return await tools.orders.history(production_id(runtime))


async def stored_cut(state: FinishingState, tools: Toolbox) -> Timeline:
    """The cut as it was assembled."""
    if state.cut is None:
        raise ValueError("there is no cut yet")
    path = await tools.media.get(state.cut.key)
    return Timeline.model_validate_json(await asyncio.to_thread(path.read_bytes), context=KEPT)


async def _paths(timeline: Timeline, tools: Toolbox) -> dict[str, Path]:
    return {key: await tools.media.get(key) for key in keys_shown(timeline)}
