"""Who made each file of a cut, as the manifest says it."""

from typing import Any

import pytest

from nodes.delivery.sources_of_cut import claim_of, label_words, sources_of
from state.context import RunContext
from state.film import FinishingState
from state.media import MediaRef
from state.script import Script, Slate
from state.take import FrameAnchor, Panel, Take, VoiceTrack
from state.timeline import Clip, Timeline, TimeRange, Title, Track

SLATE = Slate(scene=1, shot="A", take=2)


def media(letter: str, mime: str = "video/mp4") -> MediaRef:
    return MediaRef(key=letter, mime=mime, sha256=letter * 64, size_bytes=1)


def cut(*files: tuple[str, str, MediaRef]) -> Timeline:
    """One track for each file: its role, its name."""
    spans = [
        (role, Clip(name=name, media=one, source=TimeRange(start=0, length=9))) for role, name, one in files
    ]
    return Timeline(
        name="t",
        tracks=[Track(name=role, role=role, items=[clip]) for role, clip in spans],  # type: ignore[arg-type]
    )


def a_state(**changes: Any) -> FinishingState:
    return FinishingState(script=Script(title="t", logline="l", language="es", scenes=[]), **changes)


def a_take(**changes: Any) -> Take:
    facts = {"slate": SLATE, "call_key": "k", "provider": "fal", "model": "kling", "media": media("a")}
    return Take(**{**facts, **changes})


def told(state: FinishingState, *files: tuple[str, str, MediaRef], history: Any = ()) -> list[Any]:
    return [
        (one.name, one.role, one.origin, one.model, one.prompt_digest)
        for one in sources_of(state, cut(*files), history)
    ]


def test_a_take_is_told_by_its_maker_and_the_digest_of_its_prompt():
    state = a_state(takes={"1A": a_take(prompt_digest="f" * 64)})
    assert told(state, ("picture", "1A-2", media("a"))) == [("1A-2", "picture", "model", "kling", "f" * 64)]


def test_a_stand_in_is_told_and_not_the_wanted_model():
    take = a_take(provider="previz", model="kling", engine_used="previz-animatic", fallback_triggered=True)
    [one] = told(a_state(takes={"1A": take}), ("picture", "1A-2", media("a")))
    assert one[2:4] == ("algorithm", "previz-animatic")


def test_the_larger_copy_and_the_frame_before_it_are_the_same_takes():
    take = a_take(upscaled=media("b"), upscaled_by="topaz", tail=media("c", "image/png"))
    found = told(
        a_state(takes={"1A": take}),
        ("picture", "1A-2", media("b")), ("picture", "1B-1 first", media("c", "image/png")),
    )  # fmt: skip
    assert [one[2:4] for one in found] == [("model", "kling, made larger by topaz"), ("model", "kling")]


def test_what_a_person_brought_claims_nothing():
    given = Panel(slate=SLATE, call_key="k", number=1, media=media("d", "image/png"), given=True)
    take = a_take(anchors=[FrameAnchor(edge="first", media=media("d", "image/png"))])
    state = a_state(panels={"1A": given}, takes={"1A": take})
    [panel, stranger] = sources_of(
        state,
        cut(("picture", "1A-2 first", media("d", "image/png")), ("music", "music", media("e", "audio/wav"))),
        [],
    )
    assert (panel.origin, panel.source_type, panel.model) == ("given", None, "")
    assert (stranger.origin, stranger.source_type) == ("given", None), "nobody here knows who played it"


def test_voices_music_sounds_and_cards_have_their_own_makers():
    voice = VoiceTrack(
        slate=SLATE, line=1, speaker="Ana", call_key="v", provider="previz", model="kokoro-82m",
        media=media("1", "audio/wav"),
    )  # fmt: skip
    state = a_state(
        voices={"1A/1": voice}, music=media("2", "audio/flac"), sounds={"room/1": media("3", "audio/wav")},
        title_card=media("4", "image/png"),
    )  # fmt: skip
    played = {
        "media": media("2").model_dump(), "provider": "replicate", "model": "musicgen", "prompt_digest": None,
        "kind": "engine",
    }  # fmt: skip
    found = told(
        state,
        ("picture", "title", media("4", "image/png")), ("voice", "1A/line1", media("1", "audio/wav")),
        ("music", "music", media("2", "audio/flac")), ("ambience", "room", media("3", "audio/wav")),
        history=[played],
    )  # fmt: skip
    assert [one[1:4] for one in found] == [
        ("card", "algorithm", ""), ("voice", "model", "kokoro-82m"), ("music", "model", "musicgen"),
        ("sound", "algorithm", ""),
    ]  # fmt: skip


def test_a_take_from_before_its_maker_was_kept_asks_the_ledger():
    row = {"media": media("a").model_dump(), "provider": "fal", "model": "wan", "prompt_digest": "e" * 64}
    take = a_take(provider="", model="")
    [one] = told(a_state(takes={"1A": take}), ("picture", "1A-2", media("a")), history=[row])
    assert one[2:] == ("model", "wan", "e" * 64)


def test_a_file_that_is_seen_twice_is_one_source():
    state = a_state(takes={"1A": a_take()})
    assert len(told(state, ("picture", "1A-2", media("a")), ("picture", "1A-2", media("a")))) == 1


@pytest.mark.parametrize(("provider", "words"), [("fal", "Hecho con IA"), ("previz", "")])
def test_the_label_is_in_the_films_language_and_never_untrue(provider: str, words: str):
    state = a_state(takes={"1A": a_take(provider=provider, model="m")})
    timeline = cut(("picture", "1A-2", media("a")))
    assert label_words(state, timeline, []) == words
    claims = [
        claim_of(state, timeline, [], RunContext(ai_label=asked), training="unsaid").label
        for asked in ("", "start", "whole")
    ]
    assert claims == ["", words, words]


def test_words_that_were_burned_in_are_claimed():
    plain, state = cut(("picture", "1A-2", media("a"))), a_state()
    titled = plain.model_copy(update={"titles": [Title(start_s=0, end_s=1, text="Quay")]})
    said = [claim_of(state, one, [], RunContext(), training="unsaid").captions for one in (plain, titled)]
    assert said == [False, True]
