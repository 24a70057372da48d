"""Who is heard how often and where: of too few voices those share one who are heard least together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from state.script import Script


class Nearness(NamedTuple):
    """How much it is heard that somebody has the voice of others; less is better."""

    scenes: int
    """In which both speak."""
    lines: int
    """Of the others."""


@dataclass(frozen=True)
class Heard:
    """How many lines everybody has in each scene, by name and number of the scene."""

    lines: Mapping[str, Mapping[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, script: Script) -> Self:
        """As it is written."""
        lines = dict[str, dict[int, int]]()
        for scene in script.scenes:
            for line in (line for shot in scene.shots for line in shot.lines):
                told = lines.setdefault(line.speaker, {})
                told[scene.number] = told.get(scene.number, 0) + 1
        return cls(lines)

    def nearness(self, name: str, voice: str, owners: Mapping[str, str]) -> Nearness:
        """For somebody who would get this voice; `owners` are the voices that there are already, by name."""
        others = [self.lines.get(one, {}) for one, theirs in owners.items() if theirs == voice]
        own = self.lines.get(name, {})
        return Nearness(
            scenes=sum(len(own.keys() & other.keys()) for other in others),
            lines=sum(sum(other.values()) for other in others),
        )


UNHEARD = Heard()
"""Of whom nobody knows where they speak."""


def fittest(
    name: str,
    offered: Sequence[str],
    *,
    owners: Mapping[str, str],
    unfit: Callable[[str], tuple[int, str]],
    heard: Heard,
    kept: str,
) -> str:
    """Of these voices one that nobody has; where there is none, that of others.

    Of others with whom the fewest scenes are shared, then the one that was `kept` from an earlier episode,
    then of those who say least. `unfit` tells voices apart that are equally free.
    """

    def unfit_to_share(voice: str) -> tuple[int, bool, int, tuple[int, str]]:
        near = heard.nearness(name, voice, owners)
        return near.scenes, voice != kept, near.lines, unfit(voice)

    free = [voice for voice in offered if voice not in owners.values()]
    return min(free, key=unfit) if free else min(offered, key=unfit_to_share)
