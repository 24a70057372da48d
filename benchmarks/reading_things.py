"""Whether the pictures of a sentence show a thing that the truth wants seen.

The truth names things by bare nouns, and the writer reads nouns where they stand: so each is looked for in
its own sentence first, then behind an article. What a set always has (`tools/pictures/furnished.toml`) is
seen in every picture that is far enough away for it: no close-up shows a room's table.
"""

from state.brief import NovelaBrief
from state.script import Language, Shot
from tools.models.offline.things.implied import kinds_told
from tools.models.offline.things.picturing import found_in
from tools.models.offline.things.shown import OLD, parted, words_of
from tools.models.offline.things.their_time import BEFORE
from tools.models.offline.things.titled import shown_in
from tools.models.offline.words.plain_words import WORD, plain_word
from tools.pictures.furnished import furnished

ARTICLES: dict[Language, tuple[str, ...]] = {"en": ("a", "an"), "es": ("un", "una"), "pt-BR": ("um", "uma")}
"""Behind one of these a word is a noun: `an orange`, `una vela`."""


def pictures_wanted(noun: str, text: str, brief: NovelaBrief) -> set[str]:
    """The drawings that would show a thing: as its sentence means it, else as the noun alone does."""
    words, language = {plain_word(one) for one in WORD.findall(noun)}, brief.language
    story = words_of(brief)
    told = {
        one.picture
        for one, _ in parted(text, story)
        if _is_same({plain_word(word) for word in WORD.findall(one.noun)}, words)
    }
    plain = [noun, *(f"{article} {noun}" for article in ARTICLES[language])]
    alone = {found.picture for one in plain for found in found_in(one, language)}
    kinds = kinds_told(story.story, language)
    named = told or alone
    return named | {other.get(one, one) for one in named for other in (kinds, OLD, BEFORE)}


def _is_same(told: set[str], wanted: set[str]) -> bool:
    """Whether a sentence's noun is the truth's, one of them told more fully: `fio` and `fio do telefone`."""
    return told <= wanted or wanted <= told


def pictures_seen(shots: list[Shot]) -> set[str]:
    """Everything that these shots show, with what their sets always have."""
    shown = {name for shot in shots for name in shown_in(shot.staging)}
    sets = [furnished(shot.staging.place.kind, shot.staging.size) for shot in shots]
    return (shown | {one for names in sets for one in names}) - {""}
