"""Turn the lights on a scene into new orders for the shots they mean."""

from langgraph.runtime import Runtime

from nodes.agents.crew import crew_of
from nodes.reporting import report
from nodes.review.approve_changes import approve_changes
from nodes.review.note_effects import revised, slates_meant, with_model, with_shot
from state.context import RunContext
from state.cost import PlannedCall
from state.novela import NovelaState
from state.review import Note, TrafficLight
from state.script import Script, Shot
from tools.orders.planned import on_route, planned_extensions, planned_take
from tools.orders.standing_in import with_stand_ins
from tools.registry import Toolbox, toolbox_for


async def apply_scene_notes(state: NovelaState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """Change and re-order only the shots a note means.

    A line is recorded again only if its words changed, or if nobody could speak it.
    """
    crew, tools = await crew_of(runtime, cause=state.base_cause), await toolbox_for(runtime.context.user_id)
    script, history = state.film, dict[str, list[str]]()
    causes, re_rolls = dict[str, str](), dict[str, int]()
    for note in state.notes:
        script = with_model(script, state.scene_number, note)
        for slate in slates_meant(note, state.scene):
            before = next(shot for shot in state.scene.shots if str(shot.slate) == slate)
            after, changes = await revised(state, script, slate, note, crew)
            script = with_shot(script, after)
            causes |= {f"take/{slate}": note.cause, **_new_lines(state, before, after, note)}
            causes |= _new_music(state, before, after, note)
            re_rolls |= _re_rolled(state, slate, note)
            await approve_changes(
                state,
                _take(state, script, after, tools, runtime.context),
                tools=tools, runtime=runtime, cause=note.cause,
            )  # fmt: skip
            history[slate] = [*state.history.get(slate, []), *([note.text] if note.text else [])]
            report(
                runtime, "note_applied", item=slate, light=note.light.value, note=note.text, changes=changes
            )
    return {
        "script": script.model_dump(mode="json"),
        "causes": causes, "re_rolls": re_rolls, "history": history, "notes": [],
        # What was made to the old timing is no music of this cut: a new quote names it.
        **({"music": None} if "music/episode" in causes else {}),
    }  # fmt: skip


def _take(
    state: NovelaState, script: Script, shot: Shot, tools: Toolbox, context: RunContext
) -> list[PlannedCall]:
    """The take that the changed shot asks for, what may be ordered instead, and what makes it longer."""
    scene = next(one for one in script.scenes if one.number == state.scene_number)
    route = tools.route("video", scene.model_id or state.look.video_model, tier=context.tier)
    seconds = state.shot_seconds.get(str(shot.slate))
    planned = on_route(planned_take(state, scene, shot, tier=context.tier, seconds=seconds), route)
    changed = state.model_copy(update={"script": script})
    take = with_stand_ins(changed, planned, context=context, providers=tools.engines)
    return [take, *planned_extensions(planned, seconds or shot.duration_s)]


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
