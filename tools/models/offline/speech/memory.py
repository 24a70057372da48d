"""What a scene may use of the plan: its facts, all that was said before, and what to come back to."""

from dataclasses import replace

from state.script import Language, Line
from state.writing import WriteSceneInput
from tools.models.offline.persons.whom import centred
from tools.models.offline.speech import english, portuguese_verbs, spanish_verbs
from tools.models.offline.speech.nouns import anchored
from tools.models.offline.speech.told import stems
from tools.models.offline.telling.facts import facts_of, scene_facts
from tools.models.offline.telling.rewording import is_stock
from tools.models.offline.words import patterns as re
from tools.models.offline.words.fact import Fact

MOST_TITLE_WORDS = 2
LEAST_ABOUT = 2
"""Words of the story in a line that is worth quoting."""
VERB_ENDINGS = {
    "en": re.compile(r"^[a-z]{2,}[^s'\u2019]s$"),
    "es": re.compile(r"^[a-zñ]{2,}(?:a|e|ó)$"),
    "pt-BR": re.compile(r"^[a-zç]{2,}(?:a|e|ou|eu|iu)$"),
}
ADVERBS = ("still", "once", "never", "todavía", "ya", "nunca", "aún", "ainda", "já", "secretly", "already")


def facts_for(input: WriteSceneInput) -> tuple[Fact, ...]:
    """The facts this scene tells, in the order they should come out."""
    facts = scene_facts(
        input.plan,
        input.brief,
        episode_number=input.brief.episode_number,
        scene_number=input.outline.number,
    )
    known = {fact.order: fact for fact in facts_of(input.brief, input.plan.cast)}
    told = []
    for fact in facts:
        before = known.get(fact.order - 1)
        clear = _readable(fact, input)
        earlier = [_readable(one, input) for order, one in sorted(known.items()) if order < fact.order]
        told.append(centred(anchored(clear, before), earlier, input.plan.cast))
    return tuple(told)


def _readable(fact: Fact, input: WriteSceneInput) -> Fact:
    """`Ana's secret: pawned the ring`, `Father Cormac mixes the names`: read after all where it is plain."""
    if fact.subject or not fact.about:
        return fact
    label, colon, clause = fact.text.rstrip(".").partition(": ")
    name = min(fact.about, key=lambda one: (one not in fact.text, fact.text.find(one)))
    before, found, after = fact.text.rstrip(".").partition(name)
    plain = found and len(before.split()) <= MOST_TITLE_WORDS and not re.search(r"[,;:]", before)
    words = clause.split() if colon and name in label else after.split() if plain else []
    at = 1 if words and words[0].lower() in ADVERBS else 0
    if len(words) < at + 2 or not _is_verb(words[at], input.brief.language, sure=not plain):
        return fact
    verb, rest = " ".join(words[: at + 1]), " ".join(words[at + 1 :])
    return replace(
        fact, subject=name, verb=verb, rest=rest, about=tuple(one for one in fact.about if one != name)
    )


def _is_verb(word: str, language: Language, *, sure: bool) -> bool:
    """Whether a word is a verb; right after its subject's name the ending is enough."""
    if not sure and VERB_ENDINGS[language].search(word):
        return True
    if language == "en":
        verbs = english.known_verbs() | frozenset(english.pasts().values())
        return word in verbs or (word.endswith("ed") and len(word) > 4)
    return spanish_verbs.is_verb(word) if language == "es" else portuguese_verbs.is_verb(word)


def said_before(input: WriteSceneInput) -> frozenset[str]:
    """Every line of the earlier scenes and of the earlier episodes."""
    here = (line.text for scene in input.previous_scenes for shot in scene.shots for line in shot.lines)
    there = (line.text for episode in input.plan.told for line in episode.said)
    return frozenset((*here, *there))


def remembered(input: WriteSceneInput) -> tuple[Line, ...]:
    """What was said in the episode before, for the first scene of the next one."""
    if input.previous_scenes or not input.plan.told:
        return ()
    earlier = [one for one in input.plan.told if one.number < input.brief.episode_number]
    if not earlier:
        return ()
    # What anybody might say anywhere is not worth coming back to.
    called = {stem for one in input.plan.cast for stem in stems(one.name)}
    happened = stems(f"{input.brief.description} {earlier[-1].summary}") - called
    return tuple(
        line for line in earlier[-1].said
        if _tells(stems(line.text) - called, happened) and not is_stock(line.text, input.brief.language)
    )  # fmt: skip


def _tells(said: set[str], happened: set[str]) -> bool:
    """Whether most of a line's words of content are about what happened."""
    about = said & happened
    return len(about) >= LEAST_ABOUT and 2 * len(about) >= len(said)
