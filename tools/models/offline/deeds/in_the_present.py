"""Deeds told in the past, as they begin or as they go on, in the present: what they make of a body is one."""

from functools import lru_cache

from state.script import Language
from tools.models.offline.clauses.forms import Form
from tools.models.offline.clauses.grammar import Grammar, grammar_of
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.plain_words import WORD


@lru_cache(maxsize=4096)
def in_the_present(text: str, language: Language) -> str:
    """`she began to cry` cries, `he drove` drives, `sai, arrastando o baú` arrasta."""
    begun = _begun(language).sub(
        lambda found: present_of(found["verb"].lower(), language) or found[0], _going_on(text, language)
    )
    words = [word[0].lower() for word in WORD.finditer(begun)]
    now = any(_ispresent_of(word, at, words, language) for at, word in enumerate(words))
    return begun if now else _out_of_the_past(begun, language)


def _going_on(text: str, language: Language) -> str:
    """What is done along with what is told: `, dragging the trunk`, `is mending`."""

    def told(found: re.Match[str]) -> str:
        word = found["verb"].lower()
        now = present_of(word, language) if word.endswith(GOING_ON) else None
        return f"{found['led']}{now}" if now else found[0]

    return _led(language).sub(told, text)


GOING_ON = ("ing", "ndo")


def present_of(verb: str, language: Language) -> str | None:
    """The form for one person told of, of a verb in any other."""
    presents, bases = _presents(language), [grammar_of(language).verbs.lemmas.get(verb, verb)]
    stem = verb.removesuffix("ing")
    if language == "en" and stem != verb:
        # `dragging`: of a verb that no list of doubled letters has.
        bases += [stem, f"{stem}e", stem[:-1]]
    return next((presents[one] for one in bases if one in presents), None)


def _ispresent_of(word: str, at: int, words: list[str], language: Language) -> bool:
    """Whether a word is surely a verb in the present; `the boxes` are none."""
    grammar = grammar_of(language)
    form = grammar.verbs.finite.get(word)
    led = at > 0 and words[at - 1] in grammar.determiners
    return form is not None and form.tense == "present" and not led and not (language == "en" and form.bare)


def _out_of_the_past(text: str, language: Language) -> str:
    """A text without any present, with its pasts as presents; a participle behind a noun is none."""
    grammar = grammar_of(language)
    done, end, before, verb = "", 0, "", False
    for found in WORD.finditer(text):
        word = found[0].lower()
        form = grammar.verbs.finite.get(word)
        verb = verb and not set(text[end : found.start()]) & set(BREAKS)
        now = _past_of(form, word, before, grammar, told=verb)
        done += text[end : found.start()] + (now or found[0])
        verb = verb or form is not None
        end, before = found.end(), word
    return done + text[end:]


def _past_of(form: Form | None, word: str, before: str, grammar: Grammar, *, told: bool) -> str | None:
    if form is None or form.tense != "past" or before in grammar.determiners:
        return None
    joined = before in JOINTS
    if told and not joined and word in grammar.verbs.participles:
        return None
    return _presents(grammar.language).get(form.base)


BREAKS = ".,;:!?"
JOINTS = ("and", "then", "but", "y", "e", "pero", "mas", "luego", "depois")


@lru_cache(maxsize=4)
def _presents(language: Language) -> dict[str, str]:
    """Every verb's form for one person told of."""
    found: dict[str, str] = {}
    for word, form in grammar_of(language).verbs.finite.items():
        if form.tense == "present" and not form.plural and not form.bare:
            found.setdefault(form.base, word)
    return found


@lru_cache(maxsize=4)
def _begun(language: Language) -> re.Pattern[str]:
    forms: list[str] = bank(language)["pictures"]["acts"]["begun"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)}) (?P<verb>\w+)", re.IGNORECASE)


@lru_cache(maxsize=4)
def _led(language: Language) -> re.Pattern[str]:
    forms: list[str] = bank(language)["pictures"]["acts"]["going_on"]
    return re.compile(rf"(?P<led>(?:, |(?<!\w)(?:{'|'.join(forms)}) ))(?P<verb>\w+)", re.IGNORECASE)
