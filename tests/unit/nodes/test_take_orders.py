"""What a take is told about the lines that are heard in it."""

from typing import Any

from nodes.camera.take_orders import speech_in_shot
from state.media import MediaRef
from state.order import Delivery
from state.script import Line, Slate
from state.take import VoiceTrack

TRACK = VoiceTrack(
    slate=Slate(scene=1, shot="A"), line=1, speaker="Ana", call_key="k", start_s=0.5, duration_s=2.0
)
WORDS = [{"word": "Why?", "start_s": 0.1, "end_s": 0.6}]
MOUTHS = [{"start_s": 0.0, "end_s": 2.0, "mouth": "open"}]


WHY = Line(speaker="Ana", text="Why, mum?", expression="angry")


def a_delivery(**extra: Any) -> Delivery:
    media = MediaRef(key="voice/local/a.wav", mime="audio/wav", sha256="0" * 64, size_bytes=1, duration_s=2.0)
    return Delivery(call_key="k", take_number=1, provider="p", model="m", media=media, extra=extra)


def test_a_speech_knows_its_words_and_mouths():
    speech = speech_in_shot(TRACK, a_delivery(words=WORDS, visemes=MOUTHS), WHY)
    assert (speech.start_s, speech.end_s, speech.expression) == (0.5, 2.5, "angry")
    assert [word.word for word in speech.words] == ["Why?"]
    assert [viseme.mouth for viseme in speech.visemes] == ["open"]


def test_a_voice_that_tells_no_times_has_likely_ones():
    """Captions and drawn mouths need some; the last word ends with the file."""
    speech = speech_in_shot(TRACK, a_delivery(), WHY)
    assert [word.word for word in speech.words] == ["Why,", "mum?"]
    assert speech.words[0].end_s < speech.words[1].start_s, "a comma is a rest"
    assert speech.words[-1].end_s == 2.0
    assert [shape.mouth for shape in speech.visemes].count("closed") == 2, "both lips of mum"
    ends = [shape.end_s for shape in speech.visemes]
    assert [shape.start_s for shape in speech.visemes] == [0.0, *ends[:-1]], "no gaps"
