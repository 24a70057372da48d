"""How long own lines and shots need, and how an episode's seconds are shared among its scenes."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from state.brief import LineBrief, NovelaBrief, SceneBrief, ShotBrief

WORDS_PER_MINUTE = 150
LETTERS_PER_SECOND = 16.0
BREATH_S = 0.6
"""Around what is said in one shot."""
SILENT_S = 2.4
LEAST_SHOT_S = 1.25
"""No picture is shorter: it could not be read."""
LONGEST_EPISODE_S = 180
LONGEST_TOLD_S = 120
"""A story that nobody timed is told in two minutes at most, however long the description is."""
AT_EASE = 1.25
"""How much longer a story takes than its words alone, with looks and pauses between them."""
SHORTEST_EPISODE_S = 6
INVENTED_SCENE_S = 12.0
LEAST_INVENTED_S = 4.0
LEAST_SHARE, MOST_SHARE = 0.7, 1.5
"""How much shorter or longer than the others a scene may be for what it has to tell."""
MOST_STRETCH = 1.4
"""How much slower than it wants to be a person's own material may be told to fill an asked length."""


@dataclass(frozen=True, kw_only=True)
class Need:
    """Seconds of one scene or shot."""

    least: float
    wished: float
    given: float = 0.0
    """The part that a person timed: it is never stretched."""

    @property
    def most(self) -> float:
        """As slow as it may be told."""
        return self.given + (self.wished - self.given) * MOST_STRETCH


class TooLong(ValueError):
    """Words that cannot be said in the seconds there are. Never leaves `tools.screenplay`."""

    def __init__(self, place: str, problem: str, fix: str) -> None:
        super().__init__(problem)
        self.place, self.problem, self.fix = place, problem, fix


def words_in(lines: list[LineBrief]) -> int:
    """Spoken words, by the rule that every script is held to."""
    return sum(len(line.text.split()) for line in lines)


def brings_shots(scene: SceneBrief) -> bool:
    """Whether a scene says what is spoken or shown, and not only what it is about."""
    return bool(scene.lines or scene.shots)


def scene_seconds(
    brief: NovelaBrief, words_per_minute: int = WORDS_PER_MINUTE, *, told: Mapping[int, int] | None = None
) -> dict[int, float]:
    """How long every scene of the episode is.

    Scenes with own lines or shots get what these need, the invented ones share the rest: evenly, or by
    `told`, the words that each scene's summary takes, so that a scene with much to tell has the time.
    """
    own = {scene.number: scene_need(scene, words_per_minute) for scene in brief.scenes if brings_shots(scene)}
    numbers = range(1, brief.scenes_per_episode + 1)
    invented = [number for number in numbers if number not in own]
    room = float(brief.episode_seconds)
    if not invented:
        return dict(sorted(_stretched(own, room).items()))
    share = {number: need.wished for number, need in own.items()}
    if sum(share.values()) > room - LEAST_INVENTED_S * len(invented):
        share = {number: need.least for number, need in own.items()}
    each = max(LEAST_INVENTED_S, room - sum(share.values())) / len(invented)
    return share | _by_weight(invented, each, told or {})


def _by_weight(numbers: list[int], each: float, told: Mapping[int, int]) -> dict[int, float]:
    """`each` second of every scene handed out by how much it tells; none gets far more or less."""
    mean = sum(told.get(number, 0) for number in numbers) / len(numbers)
    if mean == 0:
        return dict.fromkeys(numbers, each)
    weights = {number: min(MOST_SHARE, max(LEAST_SHARE, told.get(number, 0) / mean)) for number in numbers}
    whole = sum(weights.values())
    return {number: each * len(numbers) * weight / whole for number, weight in weights.items()}


def episode_need(brief: NovelaBrief, words_per_minute: int = WORDS_PER_MINUTE) -> Need:
    """Seconds of an episode in which all own material fits."""
    own = [scene_need(scene, words_per_minute) for scene in brief.scenes if brings_shots(scene)]
    invented = brief.scenes_per_episode - len(own)
    shown = SILENT_S if brief.product is not None else 0.0
    return Need(
        least=sum(need.least for need in own) + LEAST_INVENTED_S * invented,
        wished=sum(need.wished for need in own) + INVENTED_SCENE_S * invented + shown,
    )


def scene_need(scene: SceneBrief, words_per_minute: int = WORDS_PER_MINUTE) -> Need:
    """Seconds of one scene with own lines or shots."""
    if scene.shots and scene.breakdown == "keep":
        parts = [_shot_need(shot, words_per_minute) for shot in scene.shots]
    else:
        passages = scene.shots or [ShotBrief(description=scene.description, lines=scene.lines)]
        parts = [_passage_need(passage, words_per_minute) for passage in passages]
        if not passages[0].description:
            parts.append(Need(least=0.0, wished=SILENT_S))
    least = max(LEAST_SHOT_S, sum(part.least for part in parts))
    wished = max(least, sum(part.wished for part in parts))
    return Need(least=least, wished=wished, given=sum(part.given for part in parts))


def check_shots(brief: NovelaBrief, words_per_minute: int = WORDS_PER_MINUTE) -> None:
    """Hold the lines of every given shot against its own seconds and the longest clip.

    Raises:
        TooLong: names the line that goes over.
    """
    for at, scene in enumerate(brief.scenes):
        if scene.breakdown == "free":
            continue
        for number, shot in enumerate(scene.shots):
            place = f"scenes.{at}.shots.{number}"
            if shot.seconds is not None and shot.seconds > brief.duration:
                raise TooLong(
                    f"{place}.seconds",
                    f"{shot.seconds:g} s is more than one clip, which lasts at most {brief.duration} s",
                    "Shorten the shot, split it, or raise `brief.duration`.",
                )
            limit = shot.seconds if shot.seconds is not None else float(brief.duration)
            what = "the shot lasts" if shot.seconds is not None else "one clip lasts at most"
            check_lines(shot.lines, limit, most=_words(limit, words_per_minute), place=place, what=what)


def check_lines(lines: list[LineBrief], limit_s: float, *, most: int, place: str, what: str) -> None:
    """Hold lines that are said one after another against their seconds.

    Raises:
        TooLong: names the first line that goes over, its words and the limit.
    """
    said = 0
    for number, line in enumerate(lines):
        count = len(line.text.split())
        said += count
        if said > most:
            so_far = f"; with the lines before it {said}" if said > count else ""
            raise TooLong(
                f"{place}.lines.{number}",
                f"{count} words{so_far}, but {what} {limit_s:g} s, which is {most} words",
                "Shorten the line, or give it more seconds.",
            )


def _words(seconds: float, rate: int) -> int:
    """A hair more, so that whole frames do not lose a word to rounding."""
    return int(seconds * rate / 60 + 1e-6)


def _shot_need(shot: ShotBrief, rate: int) -> Need:
    if shot.seconds is not None:
        return Need(least=shot.seconds, wished=shot.seconds, given=shot.seconds)
    if not shot.lines:
        return Need(least=LEAST_SHOT_S, wished=SILENT_S)
    spoken = _spoken(shot.lines, rate)
    return Need(least=max(LEAST_SHOT_S, spoken.least), wished=max(SILENT_S, spoken.wished))


def _passage_need(passage: ShotBrief, rate: int) -> Need:
    """Time to see what is described before the words come."""
    spoken = [_spoken([line], rate) for line in passage.lines]
    looked = SILENT_S if passage.description else 0.0
    least = LEAST_SHOT_S if not spoken else 0.0
    return Need(
        least=max(least, sum(one.least for one in spoken)), wished=looked + sum(one.wished for one in spoken)
    )


def _spoken(lines: list[LineBrief], rate: int) -> Need:
    by_words = words_in(lines) * 60 / rate
    by_letters = sum(len(line.text) for line in lines) / LETTERS_PER_SECOND
    return Need(least=by_words, wished=max(by_words, by_letters) + BREATH_S)


def _stretched(own: dict[int, Need], room: float) -> dict[int, float]:
    """The episode's seconds over own scenes: never less than their words need, given lengths stay.

    Material for half a minute is not stretched over three: the episode is then shorter than asked.
    """
    least, wished = sum(one.least for one in own.values()), sum(one.wished for one in own.values())
    most = sum(one.most for one in own.values())
    if room >= wished:
        part = min(1.0, (room - wished) / max(most - wished, 1e-9))
        return {number: need.wished + (need.most - need.wished) * part for number, need in own.items()}
    part = max(0.0, (room - least) / max(wished - least, 1e-9))
    return {number: need.least + (need.wished - need.least) * part for number, need in own.items()}


def grown_seconds(need: Need, default_s: int, *, all_own: bool) -> int:
    """The seconds of an episode whose length nobody asked for."""
    wished = need.wished if all_own else max(need.wished, float(default_s))
    return min(LONGEST_EPISODE_S, max(SHORTEST_EPISODE_S, ceil(wished), ceil(need.least)))


def told_seconds(brief: NovelaBrief, words_per_minute: int = WORDS_PER_MINUTE) -> int:
    """The seconds in which an episode tells its part of the description without leaving sentences out."""
    words = len(brief.description.split()) / brief.target_episodes
    needed = ceil(words * 60 / words_per_minute * AT_EASE)
    return max(brief.episode_seconds, min(LONGEST_TOLD_S, needed))
