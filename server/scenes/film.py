"""A production as a film with scenes and shots, read from its newest state."""

from pydantic import ValidationError

from server.deps import House
from state.errors import RecordConflict, RecordNotFound
from state.film import ShootingState
from state.script import Scene


async def read_film(house: House, production_id: str, *, user_id: str) -> ShootingState:
    """The state as far as it is stored: what a run has not handed on yet is not in it.

    Raises:
        RunNotFound: there is no such production of this user.
        RecordConflict: it has no scenes, or none that can be read.
    """
    state = await house.runs.state(user_id=user_id, production_id=production_id)
    graph = getattr(state, "graph", "")
    spec = house.specs.get(graph)
    schema = spec.graph.builder.state_schema if spec is not None else None
    if not (isinstance(schema, type) and issubclass(schema, ShootingState)):
        raise RecordConflict(
            "This production has no scenes.", user_action="Ask about one that makes shots, as a novela does."
        )
    snapshot = await house.threads.snapshots.read(production_id, graph=graph)
    try:
        return schema.model_validate(snapshot.values)
    except ValidationError as exc:
        raise RecordConflict("The state of this production cannot be read.") from exc


def scenes_of(film: ShootingState) -> list[Scene]:
    """Its scenes in their order; none before they are written."""
    return film.script.scenes if film.script is not None else []


def slates_named(film: ShootingState, item: str) -> list[str]:
    """The shots that `2A` or `scene-2` names.

    Raises:
        RecordNotFound: the script has no such shot or scene.
    """
    slates = {f"scene-{scene.number}": [str(shot.slate) for shot in scene.shots] for scene in scenes_of(film)}
    slates |= {slate: [slate] for shots in list(slates.values()) for slate in shots}
    if item not in slates:
        known = ", ".join(slates) or "none yet"
        raise RecordNotFound(f"The script has no {item}.", user_action=f"Known are {known}.")
    return slates[item]
