"""The table of what each format carries is true: an independent reader sees what it promises."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from state.timeline import Timeline
from tests.unit.tools.interchange.checks import EDL, OTIO, Check
from tests.unit.tools.interchange.checks_fcpxml import FCPXML
from tests.unit.tools.interchange.cuts import WITHOUT, full_cut
from tests.unit.tools.interchange.seen import texts
from tools.interchange.carries import FORMATS, Format, as_markdown, left_out, table
from tools.interchange.features import FEATURES, counted

CHECKS: Mapping[Format, Mapping[str, Check]] = {"otio": OTIO, "fcpxml": FCPXML, "edl": EDL}
PROMISES = [
    (feature.name, form) for feature in table() for form in FORMATS
    if feature.formats[form].status == "carried"
]  # fmt: skip


def the_cut(feature: str) -> Timeline:
    """Nothing but its rate is unusual about a cut at 48 frames a second."""
    return full_cut().model_copy(update={"fps": 48}) if feature == "unusual_rate" else full_cut()


@pytest.mark.parametrize(("feature", "form"), PROMISES)
def test_what_the_table_calls_carried_an_independent_reader_sees(feature: str, form: Format) -> None:
    cut = the_cut(feature)
    CHECKS[form][feature](cut, texts(cut, form))


@pytest.mark.parametrize(("feature", "form"), PROMISES)
def test_the_same_check_fails_on_a_file_without_it(feature: str, form: Format) -> None:
    cut = the_cut(feature)
    without = WITHOUT[feature](cut)
    assert counted(without).get(feature, 0) < counted(cut)[feature] or feature in (
        "clip_name", "source_range", "media", "sound_kind", "size",
    )  # fmt: skip
    with pytest.raises((AssertionError, KeyError, StopIteration, ValueError)):
        CHECKS[form][feature](cut, texts(without, form))


def test_every_promise_has_a_check_and_every_check_a_promise() -> None:
    assert sorted(PROMISES) == sorted((name, form) for form in FORMATS for name in CHECKS[form])


def test_the_table_has_a_row_for_everything_that_is_counted() -> None:
    names = [feature.name for feature in table()]
    assert sorted(names) == sorted(FEATURES)
    assert len(names) == len(set(names))


def test_the_cut_of_these_tests_has_everything() -> None:
    assert set(counted(full_cut())) | {"unusual_rate"} == set(FEATURES)


@pytest.mark.parametrize("form", FORMATS)
def test_what_an_export_loses_is_said_in_a_sentence_each(form: Format) -> None:
    said = left_out(full_cut(), form)
    lost = [one for one in table() if one.formats[form].status != "carried" and one.name != "unusual_rate"]
    assert len(said) == len(lost)
    assert all(sentence.endswith(".") and sentence[0].isdigit() for sentence in said)


def test_a_sentence_counts_and_names_the_format() -> None:
    assert "1 clip: EDL does not carry a crop." in left_out(full_cut(), "edl")
    cut = full_cut().model_copy(update={"fps": 12})
    assert (
        "1 film: FCPXML approximates a rate that Final Cut has none for: it takes another rate for it."
        in (left_out(cut, "fcpxml"))
    )


def test_a_cut_that_loses_nothing_is_told_nothing() -> None:
    plain = full_cut().model_copy(
        update={"markers": [], "captions": [], "titles": [], "overlays": [], "effects": [], "gain_db": 0.0,
                "caption_style": None, "tracks": full_cut().tracks[1:2]}
    )  # fmt: skip
    assert left_out(plain, "fcpxml") == []


def test_the_guide_shows_this_table() -> None:
    guide = Path(__file__).parents[4] / "docs" / "interchange.md"
    assert as_markdown() in guide.read_text(encoding="utf-8")
