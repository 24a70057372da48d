"""Lay out what is to leave: the film, the cut at its version, and the form."""

import asyncio

from langgraph.runtime import Runtime

from nodes.exporting.cards import redrawn_cards, with_cards
from nodes.reporting import progress
from state.context import RunContext
from state.errors import BriefIncomplete
from state.exporting import OF_THE_FILM, ExportState, FilmSource
from state.film import FinishingState
from tools.post.picture import picture_keys
from tools.post.reshape import reshaped
from tools.registry import Toolbox, toolbox


async def open_export(state: ExportState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """The channels of the film, with the cut in the shape that was wished for.

    Raises:
        BriefIncomplete: nobody has laid the film beside the brief: it was not started by the server.
    """
    tools = await toolbox()
    source = await _source(state, runtime, tools)
    # Read as the state that it will be, so that an old film is refused here and not in the middle.
    old, plan = FinishingState.model_validate(source.film), source.plan
    size, user = (plan.width, plan.height), runtime.context.user_id
    film = await redrawn_cards(old, source.cut, size, media=tools.media, user_id=user)
    with_new = with_cards(source.cut, old, film)
    paths = {key: await tools.media.get(key) for key in picture_keys(with_new)}
    cut = await reshaped(with_new, plan, resolve=paths.__getitem__)
    text = cut.model_dump_json(indent=1).encode()
    stored = await tools.media.put_bytes(text, user_id=user)
    progress(
        runtime, "exporting", f"version {source.version} of the cut as {plan.width}x{plan.height}"
        f" {plan.container}, {cut.duration_s:.1f} s",
    )  # fmt: skip
    return {
        **film.model_dump(mode="json", include=set(OF_THE_FILM)),
        "cut": stored.model_dump(mode="json"), "export": plan.model_dump(mode="json"),
        "film_of": source.production_id,
    }  # fmt: skip


async def _source(state: ExportState, runtime: Runtime[RunContext], tools: Toolbox) -> FilmSource:
    film = state.wish.film
    if film is None or film.key.split("/")[1] != runtime.context.user_id:
        raise BriefIncomplete(
            "brief.film: the film is not there", user_action="Start exports through the Greenlight server."
        )
    path = await tools.media.get(film.key)
    return FilmSource.model_validate_json(await asyncio.to_thread(path.read_bytes))
