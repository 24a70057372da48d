"""Turn the lights on a scene into new orders for the shots they mean."""

from dataclasses import dataclass, field

from langgraph.runtime import Runtime

from nodes.agents.crew import Crew, crew_of
from nodes.reporting import report
from nodes.review.approve_changes import approve_changes
from nodes.review.locked_shots import not_locked
from nodes.review.note_effects import revised, shot_of, slates_meant, with_model, with_shot
from nodes.review.own_frames import anchored, frames_meant, with_said
from state.context import RunContext
from state.cost import PlannedCall
from state.errors import MediaDamaged, MediaMissing, UploadRejected
from state.novela import NovelaState
from state.review import Note, TrafficLight
from state.script import Script, Shot
from state.take import OwnFrames, Take
from tools.orders.planned import on_route, planned_extensions, planned_take
from tools.orders.standing_in import with_stand_ins
from tools.registry import Toolbox, toolbox_for


@dataclass(kw_only=True)
class _Applied:
    """What has come of the notes so far."""

    script: Script
    causes: dict[str, str] = field(default_factory=dict)
    re_rolls: dict[str, int] = field(default_factory=dict)
    history: dict[str, list[str]] = field(default_factory=dict)
    own_frames: dict[str, OwnFrames] = field(default_factory=dict)
    takes: dict[str, Take] = field(default_factory=dict)

    def film(self, state: NovelaState) -> NovelaState:
        """The state with all of it."""
        return state.model_copy(
            update={
                "script": self.script, "own_frames": state.own_frames | self.own_frames,
                "takes": state.takes | self.takes,
            }
        )  # fmt: skip


async def apply_scene_notes(state: NovelaState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Change and re-order only the shots a note means.

    A line is recorded again only if its words changed, or if nobody could speak it. Where only frames are
    brought that the shot's model cannot be told, nothing is ordered: the cut blends them with the take.
    """
    crew, tools = await crew_of(runtime, cause=state.base_cause), await toolbox_for(runtime.context.user_id)
    done = _Applied(script=state.film)
    for note in state.notes:
        slates = not_locked(slates_meant(note, state.scene), runtime)
        done.script = with_model(done.script, state.scene_number, note) if slates else done.script
        for slate in slates:
            if await _bring_frames(state, slate, note, done, tools, runtime):
                await _send_back(state, slate, note, done, crew, tools, runtime)
    return {
        "script": done.script.model_dump(mode="json"),
        "causes": done.causes, "re_rolls": done.re_rolls, "history": done.history, "notes": [],
        "own_frames": {slate: one.model_dump(mode="json") for slate, one in done.own_frames.items()},
        "takes": {slate: take.model_dump(mode="json") for slate, take in done.takes.items()},
        # What was made to the old timing is no music of this cut: a new quote names it.
        **({"music": None} if "music/episode" in done.causes else {}),
    }  # fmt: skip


async def _bring_frames(
    state: NovelaState, slate: str, note: Note, done: _Applied, tools: Toolbox, runtime: Runtime[RunContext]
) -> bool:
    """Keep the frames that a note brings; whether the shot has to be made again besides."""
    said, now = frames_meant(note, slate, state.scene), done.film(state)
    if not said:
        return not note.only_frames
    try:
        own = await with_said(now.brought(slate), said, tools=tools, user_id=runtime.context.user_id)
    except (MediaMissing, MediaDamaged, UploadRejected) as exc:
        report(
            runtime, "warning", text=f"{slate}: a frame cannot be used, {exc.message}; nothing was ordered."
        )
        return False
    done.own_frames[slate] = own
    if not note.only_frames:
        return True
    shot = shot_of(done.script, slate)
    planned = _planned(now, done.script, shot, tools, runtime.context)
    take = anchored(now, done.film(state), shot, planned)
    if take is None:
        return True
    done.takes[slate] = take
    # A re-shoot is a change by hand, behind which every take is looked up again: this one stays as it is.
    done.causes[f"take/{slate}"] = take.cause
    for one in take.anchors:
        report(runtime, "warning", text=one.told(slate, take.model or planned.model))
    return False


async def _send_back(
    state: NovelaState, slate: str, note: Note, done: _Applied, crew: Crew, tools: Toolbox,
    runtime: Runtime[RunContext],
) -> None:  # fmt: skip
    before = next(shot for shot in state.scene.shots if str(shot.slate) == slate)
    if note.only_frames:
        after, changes = shot_of(done.script, slate), list[str]()
    else:
        after, changes = await revised(state, done.script, slate, note, crew)
    done.script = with_shot(done.script, after)
    done.causes |= {f"take/{slate}": note.cause, **_new_lines(state, before, after, note)}
    done.causes |= _new_music(state, before, after, note)
    done.re_rolls |= _re_rolled(state, slate, note)
    await approve_changes(
        state,
        _take(state, done.script, after, tools, runtime.context),
        tools=tools, runtime=runtime, cause=note.cause,
    )  # fmt: skip
    done.history[slate] = [*state.history.get(slate, []), *([note.text] if note.text else [])]
    changes += [f"{edge} frame" for edge in frames_meant(note, slate, state.scene)]
    report(runtime, "note_applied", item=slate, light=note.light.value, note=note.text, changes=changes)


def _planned(
    state: NovelaState, script: Script, shot: Shot, tools: Toolbox, context: RunContext
) -> PlannedCall:
    """The take of a shot as it would be ordered now."""
    scene = next(one for one in script.scenes if one.number == state.scene_number)
    route = tools.route("video", scene.model_id or state.look.video_model, tier=context.tier)
    seconds = state.shot_seconds.get(str(shot.slate))
    return on_route(planned_take(state, scene, shot, tier=context.tier, seconds=seconds), route)


def _take(
    state: NovelaState, script: Script, shot: Shot, tools: Toolbox, context: RunContext
) -> list[PlannedCall]:
    """The take that the changed shot asks for, what may be ordered instead, and what makes it longer."""
    planned = _planned(state, script, shot, tools, context)
    changed = state.model_copy(update={"script": script})
    take = with_stand_ins(changed, planned, context=context, providers=tools.engines)
    seconds = state.shot_seconds.get(str(shot.slate), shot.duration_s)
    return [take, *planned_extensions(planned, seconds)]


def _new_lines(state: NovelaState, before: Shot, after: Shot, note: Note) -> dict[str, str]:
    """Causes for the lines whose words are not what they were, and for those that are still to be heard."""
    old, unsaid = [(line.speaker, line.text) for line in before.lines], state.unsaid(before)
    return {
        f"voice/{after.slate}/{number}": note.cause
        for number, line in enumerate(after.lines, start=1)
        if number > len(old)
        or old[number - 1] != (line.speaker, line.text)
        or f"{after.slate}/{number}" in unsaid
    }


def _new_music(state: NovelaState, before: Shot, after: Shot, note: Note) -> dict[str, str]:
    """A cause for the music that was made to the old timing; before there is any, nothing."""
    timing = [(shot.duration_s, [line.text for line in shot.lines]) for shot in (before, after)]
    made, longer = state.music is not None, timing[0] != timing[1] or bool(state.unsaid(before))
    return {"music/episode": note.cause} if made and longer else {}


def _re_rolled(state: NovelaState, slate: str, note: Note) -> dict[str, int]:
    key = f"take/{slate}"
    return {key: state.re_rolls.get(key, 0) + 1} if note.light is TrafficLight.RED else {}
