"""Things and animals that a note puts into a picture or takes out of it."""

from state.script import Blocking, ShotSize, StagedThing, Staging
from tools.models.offline.shooting.staging import MOST_THINGS, ROOMY
from tools.models.offline.things.things import can_be_held
from tools.pictures.library import pictures


def shows(staging: Staging, picture: str) -> bool:
    """Whether a thing is in the picture: beside the people, in a hand, or as what an insert shows."""
    staged = [one.picture for one in staging.things]
    return picture in (*staged, *staging.place.props, *(one.holds for one in staging.people), staging.subject)


def with_picture(staging: Staging, picture: str, holders: list[str]) -> Staging:
    """The thing in the hands of `holders`; with nobody to hold it, beside the people where it belongs."""
    if staging.size == "insert":
        return staging.model_copy(update={"subject": picture})
    if holders and can_be_held(picture):
        people = [_holding(one, picture if one.character in holders else "") for one in staging.people]
        return staging.model_copy(update={"people": people})
    alone: ShotSize = "medium" if len(staging.people) < 2 else "two_shot"
    size: ShotSize = staging.size if staging.size in ROOMY else alone
    kept = staging.things[-(MOST_THINGS - 1) :] if MOST_THINGS > 1 else []
    taken = {one.side for one in kept} | {one.position for one in staging.people}
    side = next((one for one in ("right", "left", "centre") if one not in taken), "centre")
    thing = StagedThing.model_validate({"picture": picture, "spot": pictures()[picture].spot, "side": side})
    return staging.model_copy(update={"size": size, "things": [*kept, thing]})


def without_picture(staging: Staging, picture: str) -> Staging:
    """The thing nowhere: not beside the people, in nobody's hand, not part of the set."""
    people = [_holding(one, "") if one.holds == picture else one for one in staging.people]
    props = [prop for prop in staging.place.props if prop != picture]
    return staging.model_copy(
        update={
            "people": people,
            "things": [one for one in staging.things if one.picture != picture],
            "place": staging.place.model_copy(update={"props": props}),
            "subject": "" if staging.subject == picture else staging.subject,
        }
    )


def _holding(one: Blocking, picture: str) -> Blocking:
    if picture:
        return one.model_copy(update={"holds": picture, "gesture": "holding"})
    gesture = "none" if one.gesture == "holding" else one.gesture
    return one.model_copy(update={"holds": "", "gesture": gesture})
