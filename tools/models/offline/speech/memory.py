"""What a scene may use of the plan: its facts, all that was said before, and what to come back to."""

from dataclasses import replace

from state.script import Language, Line
from state.writing import WriteSceneInput
from tools.models.offline.fact import Fact
from tools.models.offline.facts import facts_of, scene_facts
from tools.models.offline.speech import english, portuguese_verbs, spanish_verbs
from tools.models.offline.speech.nouns import anchored

ADVERBS = ("still", "once", "never", "todavía", "ya", "nunca", "aún", "ainda", "já", "secretly", "already")


def facts_for(input: WriteSceneInput) -> tuple[Fact, ...]:
    """The facts this scene tells, in the order they should come out."""
    return _facts(input, input.outline.number)


def background_for(input: WriteSceneInput) -> tuple[Fact, ...]:
    """The facts that the earlier scenes of the episode told."""
    told = (fact for scene in input.previous_scenes for fact in _facts(input, scene.number))
    return tuple(told)


def _facts(input: WriteSceneInput, scene_number: int) -> tuple[Fact, ...]:
    facts = scene_facts(
        input.plan,
        input.brief,
        episode_number=input.brief.episode_number,
        scene_number=scene_number,
    )
    known = {fact.order: fact for fact in facts_of(input.brief, input.plan.cast)}
    return tuple(anchored(_readable(fact, input), known.get(fact.order - 1)) for fact in facts)


def _readable(fact: Fact, input: WriteSceneInput) -> Fact:
    """`Ana's secret: pawned the ring`: the one it is about is who did it."""
    label, colon, clause = fact.text.rstrip(".").partition(": ")
    if fact.subject or len(fact.about) != 1 or not colon or fact.about[0] not in label:
        return fact
    words = clause.split()
    at = 1 if words[0].lower() in ADVERBS else 0
    if len(words) < at + 2 or not _is_verb(words[at], input.brief.language):
        return fact
    subject, verb, rest = fact.about[0], " ".join(words[: at + 1]), " ".join(words[at + 1 :])
    return replace(fact, subject=subject, verb=verb, rest=rest, about=())


def _is_verb(word: str, language: Language) -> bool:
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
    return tuple(earlier[-1].said) if earlier else ()
