"""What a brief says of voices and music, checked against what their models have, before anything is paid."""

from collections.abc import Iterator

from state.brief import NovelaBrief, VoiceBrief
from state.errors import BriefIncomplete
from state.script import Presentation
from tools.engines.catalog import model_card
from tools.engines.previz.casting import voices_for
from tools.engines.provider_voices import voice_book

SINGS = "lyrics"
"""The ability of a model that makes no music without words to sing."""
OFFLINE_TOLD = ("rate",)


def voices_there(brief: NovelaBrief, presentation: Presentation) -> int:
    """How many women, or men, can have a voice of their own, of the chosen model and of the offline one."""
    offline, book = voices_for(brief.language, presentation), voice_book(brief.voice_model)
    return min(len(offline), len(book.of(presentation))) if book else len(offline)


def check_sound(brief: NovelaBrief) -> None:
    """See whether the models can do what is asked of voices and music.

    Raises:
        BriefIncomplete: they cannot; each field is named with what can be chosen.
    """
    wrong = [*_wrong_music(brief), *_wrong_voices(brief)]
    if wrong:
        raise BriefIncomplete(
            f"{wrong[0]['field']}: {wrong[0]['problem']}",
            user_action=wrong[0]["fix"],
            details={"fields": wrong},
        )


def _wrong_music(brief: NovelaBrief) -> Iterator[dict[str, str]]:
    if SINGS in model_card(brief.music_model).features:
        yield {
            "field": "brief.music_model",
            "problem": f"{brief.music_model} only sings, and an episode has no lyrics",
            "fix": "Use a model that plays without a voice.",
        }


def _wrong_voices(brief: NovelaBrief) -> Iterator[dict[str, str]]:
    owners = dict[str, str]()
    for number, person in enumerate(brief.characters):
        if (wish := person.voice) is None:
            continue
        place = f"brief.characters.{number}.voice"
        yield from _untold(brief, wish, place)
        if not wish.id:
            continue
        voice, known = _voice(brief, wish.id)
        choices = f"Use one of {', '.join(known)}, or leave it out."
        if voice is None:
            problem = f"{brief.voice_model} has no voice {wish.id!r}"
            yield {"field": f"{place}.id", "problem": problem, "fix": choices}
        elif voice in owners:
            problem = f"{owners[voice]} has the voice {voice} already"
            yield {"field": f"{place}.id", "problem": problem, "fix": choices}
        else:
            owners[voice] = person.name


def _voice(brief: NovelaBrief, name: str) -> tuple[str | None, tuple[str, ...]]:
    """The voice that a name means, and all that there are."""
    if (book := voice_book(brief.voice_model)) is not None:
        return book.voice(name), book.names
    known = tuple(voices_for(brief.language))
    return (name if name in known else None), known


def _untold(brief: NovelaBrief, wish: VoiceBrief, place: str) -> Iterator[dict[str, str]]:
    book = voice_book(brief.voice_model)
    told = book.told if book else OFFLINE_TOLD
    said = {"rate": wish.rate != 1.0, "pitch": wish.pitch != "usual", "style": bool(wish.style)}
    for name, is_said in said.items():
        if is_said and name not in told:
            yield {
                "field": f"{place}.{name}",
                "problem": f"{brief.voice_model} cannot be told a {name}; it can be told {', '.join(told)}",
                "fix": "Leave it out, or choose a voice model that can.",
            }
