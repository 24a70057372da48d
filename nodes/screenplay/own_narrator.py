"""Who tells the episode: whoever the person's own lines name, the series' narrator, or nobody."""

from state.brief import LineBrief, NovelaBrief, SceneBrief
from state.script import Narrator
from state.writing import SeriesPlan
from tools.screenplay.names import NARRATORS, folded, is_narrator


def with_narrator(plan: SeriesPlan, brief: NovelaBrief, *, known: Narrator | None) -> SeriesPlan:
    """The plan with the narrator whom the brief's own lines ask for, or with none where it wants none.

    A series keeps its narrator; a brief that says no to one still has its own lines told.
    """
    own = own_narrator(brief)
    if own is None:
        return plan if brief.narrator else plan.model_copy(update={"narrator": None})
    planned = known or plan.narrator or Narrator(name=own)
    asked = NARRATORS[folded(own)] or planned.presentation
    told = known or Narrator(name=own, presentation=asked)
    return plan.model_copy(update={"narrator": told})


def own_narrator(brief: NovelaBrief) -> str | None:
    """How the first line that nobody of the cast says names its speaker."""
    cast = {one.name for one in brief.characters}
    told = (line.speaker for scene in brief.scenes for line in scene.spoken if line.speaker not in cast)
    return next((speaker for speaker in told if is_narrator(speaker)), None)


def with_told_lines(brief: NovelaBrief, narrator: Narrator | None) -> NovelaBrief:
    """The brief with the narrator's own lines under the name that the plan has for them."""
    if narrator is None or own_narrator(brief) is None:
        return brief
    cast = {one.name for one in brief.characters}

    def named(line: LineBrief) -> LineBrief:
        told = line.speaker not in cast and is_narrator(line.speaker)
        return line.model_copy(update={"speaker": narrator.name}) if told else line

    def told(scene: SceneBrief) -> SceneBrief:
        shots = [
            shot.model_copy(update={"lines": [named(line) for line in shot.lines]}) for shot in scene.shots
        ]
        lines = [named(line) for line in scene.lines]
        return scene.model_copy(update={"lines": lines, "shots": shots})

    return brief.model_copy(update={"scenes": [told(scene) for scene in brief.scenes]})
