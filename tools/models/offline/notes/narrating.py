"""What a note does to the words that are told over the picture."""

from collections.abc import Sequence

from state.script import Line, Scene


def narrator_of(scene: Scene, cast: Sequence[str], known: str) -> str:
    """Who tells the scene: `known` by the script, or who tells in it already; empty when nobody does."""
    told = (line.speaker for shot in scene.shots for line in shot.lines if line.voice_over)
    return known or next((name for name in told if name not in cast), "")


def untold(lines: Sequence[Line], narrator: str) -> list[Line]:
    """The lines without what the narrator tells."""
    return [line for line in lines if line.speaker != narrator]


def told_instead(lines: Sequence[Line], narrator: str, text: str) -> list[Line]:
    """The narrator's words replaced; at the head of the shot when there were none."""
    new = Line(speaker=narrator, text=text, voice_over=True)
    first = next((at for at, line in enumerate(lines) if line.speaker == narrator), 0)
    kept = untold(lines, narrator)
    return [*kept[:first], new, *kept[first:]]
