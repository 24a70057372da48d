"""One shot once more, in the production itself: a new take, the cut and the master, nothing else."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from server.briefs import kept_context
from server.deps import House
from server.limits.quotas import insert_within, open_quotas
from server.own_pictures import check_uploads
from server.runs.asked import RunOptions
from server.runs.head import settle
from state.context import RunContext
from state.cost import Money, PlannedCall, Quote
from state.errors import BriefIncomplete, BudgetExceeded, RecordConflict, ReviewRefused
from state.film import ShootingState
from state.media import MediaRef
from state.review import ItemReply, Note, ReviewReply, TrafficLight
from state.script import Scene, Shot
from state.take import Edge
from tools.db.sql import named_queries
from tools.orders.planned import on_route, planned_extensions, planned_take, planned_upscale, told_frames
from tools.orders.quote import quote
from tools.orders.standing_in import with_stand_ins
from tools.registry import toolbox, toolbox_for

SQL = named_queries(Path(__file__).with_suffix(".sql"))
KEYS = uuid.UUID("0d6f2d1a-53a8-4a55-8d55-1f6f4f1f3c77")
GATE, WORK = "review_scene", "apply_scene_notes"
"""Where a scene's shots are sent back, and what acts on it."""
FrameUse = Literal["told", "blended"]


@dataclass(frozen=True, kw_only=True)
class Wish:
    """The shot that is to be taken again, and how."""

    shot: str
    note: str = ""
    """What should change; without it, and without frames, the same shot is taken with another seed."""
    first_frame: str | None = None
    """The key of a picture that the take shall begin with; empty takes away the one that was brought."""
    last_frame: str | None = None
    quote_id: str | None = None
    review: Literal["auto", "ask"] = "auto"
    """`auto` cuts and masters at once; `ask` stops at the scene's review first."""
    idempotency_key: str = ""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What a re-shoot would buy."""

    shot: str
    current_take: str
    """Its slate with the take's number, as it is in the cut now."""
    quote: Quote
    left: Money
    """What the production may still spend."""
    frames: dict[Edge, FrameUse] = field(default_factory=dict)
    """What becomes of the frames that the shot has then: its model is told them, or the cut blends them."""


@dataclass(frozen=True, kw_only=True)
class Reshot:
    """A re-shoot that was accepted, with what was shown."""

    offer: Offer
    run_id: str
    repeated: bool = False


async def offer(house: House, production_id: str, wish: Wish, *, user_id: str) -> Offer:
    """The price of the new take; nothing is changed.

    Raises:
        RunNotFound: there is no such production of this user.
        RecordConflict: it makes no shots, this one was not taken yet or is locked, or it is at work.
        BriefIncomplete: the script has no such shot.
    """
    state, context = await _film(house, production_id, user_id=user_id)
    scene, shot = _shot(state, wish.shot)
    if wish.shot in context.locked:
        raise RecordConflict(f"Shot {wish.shot} is locked.", user_action="Unlock it first.")
    take = state.takes.get(wish.shot)
    if take is None or take.media is None:
        raise RecordConflict(
            f"Shot {wish.shot} has no take yet.", user_action="Let the production shoot it first."
        )
    await _check_frames(house, wish, user_id=user_id)
    planned = await _planned(state, scene, shot, context)
    told = told_frames(planned[0], state.shot_seconds.get(wish.shot, shot.duration_s))
    had, has = state.brought(wish.shot), _frames(state, wish)
    free = _only_frames(wish) and not any(has[edge] != _key(had.of(edge)) for edge in told)
    left = await _left(house, production_id, user_id=user_id)
    return Offer(
        shot=wish.shot, current_take=str(take.slate), left=left,
        quote=quote([] if free else planned, tier=context.tier),
        frames={edge: "told" if edge in told else "blended" for edge, key in has.items() if key},
    )  # fmt: skip


async def reshoot(house: House, production_id: str, wish: Wish, *, user_id: str) -> Reshot:
    """Have the shot taken once more; every other picture, voice and word stays what it is.

    Raises:
        BudgetExceeded: the take does not fit under the ceiling.
        ReviewRefused: it costs something, and its quote was not named.
        Others as `offer`.
    """
    run_id = _run_id(production_id, wish, user_id)
    offered = await offer(house, production_id, wish, user_id=user_id)
    place = {"run": run_id, "production": production_id}
    if await house.database.fetch_one(SQL["accepted"], place) is not None:
        return Reshot(offer=offered, run_id=run_id, repeated=True)
    _check_price(offered, wish)
    state = await house.runs.state(user_id=user_id, production_id=production_id)
    gate = next(iter(state.interrupts), None)
    if gate is not None and wish.shot in [one.get("item") for one in gate["value"].get("items") or []]:
        return Reshot(offer=offered, run_id=await _answer(house, production_id, gate, wish, user_id=user_id))
    cause = f"reshoot-{run_id}"
    if offered.quote.calls:
        await (await toolbox()).orders.approve(production_id, offered.quote, cause=cause)
    update = await _update(house, production_id, wish, cause=cause, user_id=user_id)
    if gate is not None:
        await _leave_gate(house, production_id, update, user_id=user_id)
    options = RunOptions(context={"review": wish.review})
    if gate is None:
        options = options.model_copy(update={"update": update, "goto": [WORK]})
    return Reshot(offer=offered, run_id=await _accept(house, place, options, user_id=user_id))


async def _film(house: House, production_id: str, *, user_id: str) -> tuple[ShootingState, RunContext]:
    """The production's state as a film that can be shot, and what its owner set for it."""
    state = await house.runs.state(user_id=user_id, production_id=production_id)
    graph = getattr(state, "graph", "")
    spec = house.specs.get(graph)
    schema = spec.graph.builder.state_schema if spec is not None else None
    if not (isinstance(schema, type) and issubclass(schema, ShootingState)):
        raise RecordConflict("This production has no shots.", user_action="Fork it instead.")
    if state.status not in ("completed", "paused"):
        raise RecordConflict(
            f"This production is {state.status}.", user_action="Re-shoot when it has paused or is completed."
        )
    snapshot = await house.threads.snapshots.read(production_id, graph=graph)
    try:
        context = replace(kept_context(state.context), user_id=user_id)
        return schema.model_validate(snapshot.values), context
    except ValidationError as exc:
        raise RecordConflict("The state of this production cannot be read.") from exc


def _shot(state: ShootingState, slate: str) -> tuple[Scene, Shot]:
    scenes = state.script.scenes if state.script is not None else []
    shots = {str(shot.slate): (scene, shot) for scene in scenes for shot in scene.shots}
    if slate not in shots:
        raise BriefIncomplete(
            f"shot: the script has no shot {slate!r}",
            user_action=f"Known are {', '.join(shots) or 'none yet'}.",
            details={"fields": [{"field": "shot", "problem": "unknown"}], "known": list(shots)},
        )
    return shots[slate]


async def _check_frames(house: House, wish: Wish, *, user_id: str) -> None:
    said = {"firstFrame": wish.first_frame, "lastFrame": wish.last_frame}
    named = {field: key for field, key in said.items() if key}
    await check_uploads(house.store, named.items(), user_id=user_id)


def _only_frames(wish: Wish) -> bool:
    """Whether nothing else is to change about the shot."""
    said = wish.first_frame is not None or wish.last_frame is not None
    return said and not wish.note.strip()


def _frames(state: ShootingState, wish: Wish) -> dict[Edge, str]:
    """The keys of the frames that the shot has then; empty for none."""
    had = state.brought(wish.shot)
    said: dict[Edge, str | None] = {"first": wish.first_frame, "last": wish.last_frame}
    return {edge: _key(had.of(edge)) if key is None else key for edge, key in said.items()}


def _key(media: MediaRef | None) -> str:
    return media.key if media is not None else ""


async def _planned(
    state: ShootingState, scene: Scene, shot: Shot, context: RunContext
) -> list[PlannedCall]:  # fmt: skip
    """The take as it would be ordered now: the engine that the scene's model leads to, at its length."""
    tools, tier = await toolbox_for(context.user_id), context.tier
    route = tools.route("video", scene.model_id or state.look.video_model, tier=tier)
    planned = planned_take(state, scene, shot, tier=tier, seconds=state.shot_seconds.get(str(shot.slate)))
    call = with_stand_ins(state, on_route(planned, route), context=context, providers=tools.engines)
    seconds = state.shot_seconds.get(str(shot.slate), shot.duration_s)
    longer = planned_extensions(call, seconds)
    return [call, *longer, *_larger(state, call, longer)]


def _larger(state: ShootingState, take: PlannedCall, longer: Sequence[PlannedCall]) -> list[PlannedCall]:
    """What makes it as large as the film, where that of the take before it was bought already."""
    now = state.takes.get(take.item)
    larger = planned_upscale(state, take, longer) if now is not None and now.upscaled is not None else None
    return [larger] if larger is not None else []


async def _left(house: House, production_id: str, *, user_id: str) -> Money:
    row = await house.database.fetch_one(SQL["ceiling"], {"production": production_id, "user": user_id})
    if row is None or row["replay"]:
        raise RecordConflict("A replay buys nothing.", user_action="Re-shoot in the production it repeats.")
    spent = await (await toolbox()).orders.costs(production_id)
    return Money(micros=row["ceiling_micros"]) - (spent.reserved + spent.billed + spent.unknown)


def _check_price(offered: Offer, wish: Wish) -> None:
    total = offered.quote.total
    if offered.left < total:
        raise BudgetExceeded(
            f"The take costs {total}, and this production has {offered.left} left.",
            details={"needed_micros": total.micros, "left_micros": offered.left.micros},
        )
    if wish.quote_id != offered.quote.quote_id and (wish.quote_id is not None or total != Money()):
        raise ReviewRefused(
            f"The take costs {total}: approve that by its quote.",
            user_action="Send the quote's id as quoteId; `?dry_run=true` shows it.",
            details={"quoteId": offered.quote.quote_id, "total": str(total)},
        )


def _run_id(production_id: str, wish: Wish, user_id: str) -> str:
    """From the idempotency key where there is one, so that a repeated request is one re-shoot."""
    if not wish.idempotency_key:
        return str(uuid.uuid4())
    return str(uuid.uuid5(KEYS, f"{user_id}\n{production_id}\n{wish.idempotency_key}"))


async def _answer(house: House, production_id: str, gate: dict[str, Any], wish: Wish, *, user_id: str) -> str:
    """The shot's own review is open: sending it back there is the same thing."""
    decision = ItemReply(
        light=_light(wish), note=wish.note, first_frame=wish.first_frame, last_frame=wish.last_frame
    )
    reply = ReviewReply(items={wish.shot: decision}).model_dump(mode="json")
    accepted = await house.runs.answer(
        user_id=user_id, production_id=production_id, interrupt_id=gate["id"], reply=reply
    )
    return accepted.run_id


def _light(wish: Wish) -> TrafficLight:
    return TrafficLight.YELLOW if wish.note.strip() or _only_frames(wish) else TrafficLight.RED


async def _update(
    house: House, production_id: str, wish: Wish, *, cause: str, user_id: str
) -> dict[str, Any]:
    """The state as after the scene's review, had this shot been sent back there."""
    state, _ = await _film(house, production_id, user_id=user_id)
    scene, _ = _shot(state, wish.shot)
    note = Note(
        item=wish.shot, light=_light(wish), text=wish.note, cause=cause,
        first_frame=wish.first_frame, last_frame=wish.last_frame,
    )  # fmt: skip
    return {"scene_number": scene.number, "notes": [note.model_dump(mode="json")]}


async def _leave_gate(house: House, production_id: str, update: dict[str, Any], *, user_id: str) -> None:
    """Another question is open: step back from it; it is asked again afterwards."""
    async with house.threads.hands.hold(production_id, user_id=user_id) as (slot, claim):
        graph = slot.graph(claim.graph)
        await graph.aupdate_state({"configurable": {"thread_id": production_id}}, update, as_node=GATE)
        await settle(house.database, claim, house.specs[claim.graph], graph, by="reshoot")


async def _accept(house: House, place: dict[str, str], options: RunOptions, *, user_id: str) -> str:
    kept = options.model_dump_json(exclude_defaults=True)
    params = {**place, "user": user_id, "options": kept}
    quotas = open_quotas(house.settings)
    row = await insert_within(quotas, house.database, SQL["accept"], params, generates=False)
    if row is None:
        raise RecordConflict("This production is at work.", user_action="Wait for it or cancel it first.")
    return str(row["run_id"])
