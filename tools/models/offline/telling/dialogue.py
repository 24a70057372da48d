"""A scene in words: the story told over the picture, and what its people say about it.

Every fact of the scene is heard. What somebody wants, asks for or hides they say themselves, when that
can be put into their mouth with certainty; everything else the narrator tells in the brief's own words.
Around it people talk about what happens, as long as there are words left.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from state.script import Character, Gesture, Language
from tools.models.offline.brief.letter import is_caption, is_heading, only_says_when
from tools.models.offline.brief.silence import is_silent, keeps_first_words
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.clauses.tokens import sentences_of, tokenise
from tools.models.offline.deeds.happening import Happening, happening_of
from tools.models.offline.speech.manner import relaxed
from tools.models.offline.speech.steps import Step
from tools.models.offline.speech.told import TELLING, quotable, stems
from tools.models.offline.speech.voice import Voice
from tools.models.offline.telling.address import addressed
from tools.models.offline.telling.answering import answer_requests
from tools.models.offline.telling.breath import in_breaths
from tools.models.offline.telling.exchange import Draft, Exchange
from tools.models.offline.telling.leaner import leaner_together, leanest
from tools.models.offline.telling.looks_last import (
    brings_on,
    gives_a_reason,
    unbracketed,
    within,
    without_description,
    without_looks,
)
from tools.models.offline.telling.owning import owner_named
from tools.models.offline.telling.quoting import acting_last, parts_of
from tools.models.offline.telling.small_talk import fill_thin, plain_line, talk_of, talk_of_the_premise
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.telling.telling import tell_together
from tools.models.offline.telling.wholeness import is_broken, loses_another
from tools.models.offline.things.things import can_be_held, is_in_hand, thing_of
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.fact import Fact
from tools.models.offline.words.hearing import Hearing, Part
from tools.models.offline.words.timing import words_in

LONGEST_QUOTE = 11
LONGEST_OWN = 16
"""Words in which somebody says what they want; what is longer is told."""
EXCHANGE_WORDS = 9
"""What a short exchange needs: so much is kept free of telling where two people are."""
MISSING = 1
"""Longer words of a fact that somebody may leave out when they say it themselves."""
ROUNDS = 2
QUIET = 0.5
"""The part of a scene's words that is left when it is too quiet."""
ANNOUNCED = 4
"""Words of a sentence that only says that somebody speaks now."""
LIGHT = ("backstory", "situation")
"""Kinds of facts that a scene can best do without when there are too many words."""


def write_exchange(exchange: Exchange, *, budget: int, longest: int, most: int = 0) -> list[Spoken]:
    """Lines of a scene with at most `budget` words in all, and `longest` in what one person says at once.

    A narrator who could not tell the whole story in `budget` words may use up to `most`.
    """
    if exchange.narrator is not None and _words_to_tell(exchange) > budget:
        budget = max(budget, most)
    lines = _drafted(exchange, budget=budget, longest=longest)
    return [one if one.told or one.quoted else _in_address(one, exchange) for one in lines]


def _words_to_tell(exchange: Exchange) -> int:
    return sum(words_in(fact.text) for fact in exchange.facts if not _is_spare(fact))


def _in_address(line: Spoken, exchange: Exchange) -> Spoken:
    return replace(line, text=addressed(line.text, exchange.address))


def _drafted(exchange: Exchange, *, budget: int, longest: int) -> list[Spoken]:
    draft = Draft(budget=budget)
    _recall(exchange, draft, longest)
    seen = [_seen(exchange, fact, at) for at, fact in enumerate(exchange.facts)]
    said = {at: own for at, one in enumerate(seen) if (own := _own_words(exchange, one, longest))}
    kept = _fitting(exchange, seen, said, draft.left)
    kept = [at for at in kept if at in said or not _only_heads(exchange, seen[at].fact)]
    draft.telling = {at: [said[at]] for at in kept if at in said}
    _narrate(exchange, draft, seen, [at for at in kept if at not in said], longest)
    if exchange.narrator is not None:
        _converse(exchange, draft, seen)
        return draft.lines
    for _ in range(ROUNDS):
        for at, happening in enumerate(seen):
            talk_of(exchange, draft, at, happening)
    for _ in range(ROUNDS):
        for at, happening in enumerate(seen):
            # Long silences are worse than what anybody would say.
            if draft.left > QUIET * budget:
                talk_of(exchange, draft, at, happening, plain=True)
    return draft.lines


def _only_heads(exchange: Exchange, fact: Fact) -> bool:
    """`Tarde.` stands over what follows, which is lit so: nobody reads it aloud."""
    text, language = fact.text, exchange.story.language
    heads = only_says_when(text, language) or is_heading(text, language) or is_caption(text, language)
    return len(exchange.facts) > 1 and heads


def _converse(exchange: Exchange, draft: Draft, seen: Sequence[Happening]) -> None:
    """Talk around what is told: out of the brief's own words first, of any two people's last."""
    if keeps_first_words(exchange.story.told, exchange.story.language):
        return
    if not is_silent(" ".join(one.fact.text.lower() for one in seen), exchange.story.language):
        answer_requests(exchange, draft, seen)
    # Of two people one who speaks is answered where the brief says little.
    enough = 2 if exchange.premise else 1
    if sum(not line.told for line in draft.lines) >= enough:
        return
    talk_of_the_premise(exchange, draft, seen) if exchange.premise else fill_thin(exchange, draft, seen)


def _seen(exchange: Exchange, fact: Fact, at: int) -> Happening:
    return happening_of(fact, exchange.here(at), exchange.cast, exchange.story.language)


def _recall(exchange: Exchange, draft: Draft, longest: int) -> None:
    """The first scene of a later episode begins with words of the one before."""
    if not exchange.remembered or len(exchange.people) < 2:
        return
    lead, opponent = exchange.people[:2]
    room = min(longest, draft.left // 2)
    step = Step(speaker=lead, listener=opponent, move="open", source="quote", frame="recall")
    dice = exchange.story.dice.child("quote")
    found = quotable(exchange.remembered, exchange.cast, longest=LONGEST_QUOTE, dice=dice)
    # What the listener said is the best to come back to.
    worth = [line for line in found if len(stems(line.text)) >= TELLING] or found
    for line in sorted(worth, key=lambda one: one.speaker != opponent.name):
        text = _voice(exchange).quote(line, step, longest=room)
        if text is not None:
            draft.opening.append(plain_line(step, text, None))
            return


def _own_words(exchange: Exchange, happening: Happening, longest: int) -> Spoken | None:
    """A wish, a request or a confession in the words of whose it is; None when it is better told."""
    fact, doer = happening.fact, happening.doer
    frame = _frame(exchange, happening)
    if exchange.narrator and keeps_first_words(exchange.story.told, exchange.story.language):
        return None
    if doer is None or not frame or len(exchange.people) < 2:
        return None
    longest = min(longest, LONGEST_OWN)
    others = [one for one in exchange.here(exchange.facts.index(fact)) if one is not doer]
    if not others:
        return None
    listener = next((one for one in others if one.name in fact.about), others[0])
    now = replace(fact, now=frame == "word")
    step = Step(speaker=doer, listener=listener, move="stake", source="fact", frame=frame, fact=now)
    used = exchange.said
    ways = _voice(exchange).variants(step, longest=longest, used=used)
    # Where a story is told nobody needs to lead up to what they say.
    text = min(ways, key=len, default=None) if exchange.narrator else next(ways, None)
    whole = text is not None and _is_whole(text, happening, exchange)
    return plain_line(step, text, happening, tone=exchange.story.tone) if text is not None and whole else None


def _is_whole(text: str, happening: Happening, exchange: Exchange) -> bool:
    """Whether nothing of the fact is missing, and no `him` stands for somebody nobody has named."""
    fact, grammar = happening.fact, grammar_of(exchange.story.language)
    named = stems(" ".join((fact.subject, *fact.about, *(one.name for one in exchange.cast))))
    words = {one.lower for one in tokenise(text)} - set(grammar.words["articles"])
    others = {one for name in ("pronouns_she", "pronouns_he") for one in grammar.words[name]}
    others |= {*bank(exchange.story.language)["talk"]["who"].get("absent", ())}
    verb = stems(fact.verb)
    language = exchange.story.language
    if loses_another(fact.text, text, language) or not _keeps_who(fact.rest, text, language):
        return False
    return (
        len(stems(f"{fact.rest} {fact.text}") - stems(text) - named - verb) <= MISSING and not words & others
    )


def _keeps_who(clause: str, text: str, language: Language) -> bool:
    """`quién miente` is nobody's own verb: it is the same in every mouth."""
    asked = {"en": "who", "es": "quién|quiénes", "pt-BR": "quem"}[language]
    return all(one in text.lower() for one in re.findall(rf"(?<!\w)(?:{asked}) \w+", clause.lower()))


def _frame(exchange: Exchange, happening: Happening) -> str:
    """How somebody says it of themselves; empty when nobody would."""
    fact, language = happening.fact, exchange.story.language
    if fact.again or (fact.tense == "past" and fact.kind != "secret"):
        return ""
    wanting = "wishing" if exchange.narrator else "wanting"
    if fact.kind == "desire" and fact.verb.lower() in bank(language)["clauses"]["told"][wanting]:
        # Nobody says to anybody that they want to deceive or to catch them.
        hoping = bank(language)["clauses"]["told"].get("hoping", ())
        if fact.verb.lower() in hoping and not _is_hoped(fact, exchange):
            # `Espera a su espalda` only waits.
            return ""
        wicked = set(re.findall(r"\w+", fact.rest.lower())) & {*bank(language)["reported"]["wicked"].split()}
        return "" if exchange.narrator and wicked else "own"
    if fact.kind == "secret" and fact.source == "secret":
        return "confess"
    spoken = set(bank(language)["verbs"]["spoken"].split())
    if exchange.narrator:
        # What is asked is heard as such where it is certain.
        return ""
    # What the writer made up says that somebody asks, not what.
    here = fact.source != "plot" and any(one.name in fact.about for one in exchange.people)
    return "word" if here and spoken & {*fact.verb.lower().split()} else ""


def _is_hoped(fact: Fact, exchange: Exchange) -> bool:
    first = fact.rest.split(" ")[0].lower()
    return first == "que" or first in grammar_of(exchange.story.language).verbs.bases


def _fitting(
    exchange: Exchange, seen: Sequence[Happening], said: Mapping[int, Spoken], left: int
) -> list[int]:
    """The facts there are words for, in order.

    What nobody would miss goes first, then the room kept for talk, and last what has to be told.
    """
    words = [words_in(said[at].text if at in said else one.fact.text) for at, one in enumerate(seen)]
    ranked = sorted(range(len(seen)), key=lambda at: _weight(seen, at, exchange))
    spare = [at for at in ranked if _is_spare(seen[at].fact) and at > 0]
    kept = set(range(len(seen))) if exchange.narrator else set(said)
    talk = EXCHANGE_WORDS if len(exchange.people) > 1 else EXCHANGE_WORDS // 2
    talk = 0 if exchange.narrator else talk
    least = {at: _words_at_least(exchange, seen[at].fact, words[at]) for at in kept - set(said)}
    # A narrator leaves out what is least worth telling once looks are gone.
    others = ranked if exchange.narrator is None else []
    for at in (*spare, None, *others):
        if len(kept) < 2 or sum(words[one] for one in kept) <= left - talk:
            break
        if at is not None and at not in spare and sum(least.get(one, words[one]) for one in kept) <= left:
            # Without what only adds to it, everything can still be told.
            break
        talk = 0 if at is None else talk
        kept.discard(at if at is not None else -1)
    return sorted(kept)


def _words_at_least(exchange: Exchange, fact: Fact, whole: int) -> int:
    """Words of a fact without what follows its first joint that can be left out."""
    short = within(fact.text, whole - 1, exchange.story.language) if exchange.narrator else ""
    return words_in(short) or whole


def _is_spare(fact: Fact) -> bool:
    """What a person's line in the brief says of them, beside the story itself."""
    return fact.source in ("want", "role", "plot") and not fact.decisive


def _weight(seen: Sequence[Happening], at: int, exchange: Exchange) -> tuple[bool, bool, bool, bool, int]:
    """How much a listener would miss a fact."""
    fact = seen[at].fact
    last = exchange.ends and at == len(seen) - 1
    return fact.decisive or last, not _is_spare(fact), at == 0, fact.kind not in LIGHT, -at


def _narrate(
    exchange: Exchange, draft: Draft, seen: Sequence[Happening], kept: Sequence[int], longest: int
) -> None:
    """Tell what nobody says, in parts that a shot can hold; what comes before it makes room for the end."""
    if exchange.narrator is None:
        return
    language = exchange.story.language
    texts = tell_together([seen[at].fact for at in kept], exchange.cast, language)
    texts = [without_description(_uncaptioned(one, language), language) for one in texts]
    kept, texts = _worth_telling(exchange, seen, kept, texts, draft.left)
    texts = _leaner(exchange, seen, kept, texts, draft.left)
    for at, text in zip(kept, texts, strict=True):
        ends = words_in(texts[-1]) if exchange.ends and at != kept[-1] == len(seen) - 1 else 0
        text = within(text, draft.left - ends, language)
        if text:
            draft.telling[at] = _heard(exchange, seen, at, text, longest)
            _without_announcing(exchange, draft, at)


def _leaner(
    exchange: Exchange, seen: Sequence[Happening], kept: Sequence[int], texts: Sequence[str], left: int
) -> list[str]:
    """The texts with as much of what only describes as there is time for."""
    language, found = exchange.story.language, list(texts)
    for at, whole in enumerate(found):
        over = sum(map(words_in, found)) - left
        found[at] = without_looks(whole, language) if over > 0 else whole
    ends = exchange.ends and bool(kept) and kept[-1] == len(seen) - 1
    return leaner_together(found, left, language, ends=ends)


def _uncaptioned(text: str, language: Language) -> str:
    """A text without what stands over its scene, if it tells anything else."""
    sentences = sentences_of(text)
    kept = [one for one in sentences if not is_caption(one, language)]
    return " ".join(kept) if 0 < len(kept) < len(sentences) else text


def _worth_telling(
    exchange: Exchange, seen: Sequence[Happening], kept: Sequence[int], texts: Sequence[str], left: int
) -> tuple[list[int], list[str]]:
    """What there is time for: causes, what is said and the end stay; what nobody does goes first."""
    language = exchange.story.language
    told = dict(zip(kept, texts, strict=True))
    least = {at: leanest(without_looks(text, language), language) for at, text in told.items()}

    def loss(at: int) -> tuple[bool, bool, bool, bool, int]:
        fact, enough = seen[at].fact, least[at] >= sum(least[one] for one in told) - left
        ends = fact.decisive or (exchange.ends and at == len(seen) - 1)
        reason = gives_a_reason(told[at], language) or brings_on(told[at], language)
        # Of two that matter alike, the shorter one that makes room enough.
        return ends, reason, bool(fact.verb) and fact.kind not in LIGHT, not enough, least[at]

    while len(told) > 1 and sum(least[at] for at in told) > left:
        del told[min(told, key=loss)]
    return list(told), list(told.values())


def _without_announcing(exchange: Exchange, draft: Draft, at: int) -> None:
    """`El viejo lo reta.` is heard when he does it: nobody tells it right before."""
    before, here = draft.telling.get(at - 1, []), draft.telling[at]
    if len(before) != 1 or not here or here[0].told or here[0].quoted or not before[0].told:
        return
    words = {*re.findall(r"\w+", before[0].text.lower())}
    retorts = {*bank(exchange.story.language)["reported"]["retorts"].split()}
    if words & retorts and words_in(before[0].text) <= ANNOUNCED and before[0].speaker is here[0].speaker:
        draft.telling[at - 1] = []


def _heard(exchange: Exchange, seen: Sequence[Happening], at: int, text: str, longest: int) -> list[Spoken]:
    """A fact as it is told, with the words that the brief gives somebody said by them."""
    language, happening = exchange.story.language, seen[at]
    earlier = (*exchange.earlier, *(one for fact in seen[:at] for one in sentences_of(fact.fact.text)))
    hearing = Hearing(
        people=exchange.here(at), cast=exchange.cast, language=language, earlier=earlier, longest=longest,
        address=exchange.address, goes_on=_goes_on_from(exchange, earlier, happening.fact),
        doers=exchange.stage.doers(happening.fact),
    )  # fmt: skip
    hearing = replace(hearing, before=acting_last(earlier, hearing))
    text = owner_named(text, hearing)
    found: list[Spoken] = []
    parts = parts_of(text, hearing)
    if any(part.speaker and not part.quoted and part.text in exchange.said for part in parts):
        # What was heard before is only told of now.
        parts = [Part(text=text)]
    if any(part.speaker and not part.quoted and is_broken(part.text, language) for part in parts):
        # Half a clause is nobody's: the narrator has the sentence whole.
        parts = [Part(text=text)]
    if any(part.speaker and not part.quoted for part in parts) and keeps_first_words(
        exchange.story.told, language
    ):
        # `First words of the film: ...`: until then nobody is heard.
        parts = [Part(text=text)]
    for part in parts:
        if part.speaker is not None:
            text = part.text if part.quoted else relaxed(part.text, part.speaker, language)
            found.append(replace(_quoted(exchange, happening, text, part.speaker), quoted=part.quoted))
        else:
            told = in_breaths(part.text, longest, language, limit=exchange.longest_shot)
            found += [_narration(exchange, happening, one) for one in told]
    return found


def _goes_on_from(exchange: Exchange, earlier: Sequence[str], fact: Fact) -> bool:
    """Whether the brief joins a sentence to the one before by a colon."""
    end = " ".join(earlier[-1].rstrip(" .").split()[-3:]) if earlier else ""
    return bool(end) and fact.order > 0 and f"{end}: " in exchange.story.told


def _quoted(exchange: Exchange, happening: Happening, text: str, speaker: Character) -> Spoken:
    here = exchange.here(exchange.facts.index(happening.fact))
    listener = next((one for one in here if one is not speaker), speaker)
    tone = exchange.story.tone
    return Spoken(
        move="reveal", speaker=speaker, listener=listener, text=text,
        expression=happening.face(doer=True, tone=tone), reaction=happening.face(doer=False, tone=tone),
        gesture="none", essential=True, fact=happening.fact,
    )  # fmt: skip


def _narration(exchange: Exchange, happening: Happening, text: str) -> Spoken:
    language = exchange.story.language
    people = exchange.here(exchange.facts.index(happening.fact))
    on = happening.doer or next((one for one in people if one.name in happening.fact.about), people[0])
    other = next((one for one in people if one is not on), on)
    narrator = exchange.narrator.name if exchange.narrator else ""
    thing = thing_of(happening.fact, language, outside=exchange.outside)
    return Spoken(
        move="tell", speaker=on, listener=other, text=unbracketed(text, language),
        expression=happening.face(doer=on is happening.doer, tone=exchange.story.tone),
        reaction=happening.face(doer=False, tone=exchange.story.tone),
        gesture=_hands(happening, thing, language), essential=True, narrator=narrator,
        fact=happening.fact, thing=thing,
    )  # fmt: skip


def _hands(happening: Happening, thing: str, language: Language) -> Gesture:
    """Whoever does something with a thing that a hand can carry has it in hand."""
    fact = happening.fact
    if happening.doer is not None and thing and can_be_held(thing) and is_in_hand(fact, thing, language):
        return "holding"
    return happening.gesture if happening.doer is not None and happening.gesture != "holding" else "none"


def _voice(exchange: Exchange) -> Voice:
    story = exchange.story
    return Voice(language=story.language, tone=story.tone, cast=exchange.cast, dice=exchange.dice)
