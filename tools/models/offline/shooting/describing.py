"""Descriptions: who does what with what in a shot, as its staging shows it, never twice the same way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from state.script import Blocking, Character, Expression, Language, Staging
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.deeds.agency import Agent, does_it
from tools.models.offline.deeds.antecedents import Context, Known, told_plainly
from tools.models.offline.deeds.doing import deed_in, deed_of, main_verb, predicate_at
from tools.models.offline.deeds.hands import hands_in
from tools.models.offline.ledger.book import Stand
from tools.models.offline.ledger.clause import verbs_in
from tools.models.offline.ledger.stage import Stage
from tools.models.offline.places.lights import is_unlit
from tools.models.offline.places.outdoors import IN_WEATHER
from tools.models.offline.places.sets import name_place
from tools.models.offline.shooting.setup import OPENING, Setup
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.things.things import Thing, name_thing
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.dice import Dice
from tools.models.offline.words.fact import Fact
from tools.models.offline.words.grammar import Filling, fill
from tools.models.offline.words.naming import in_sentence

SLOT = re.compile(r"(?:\b(?:de|em|en|a|por) )?\{[a-z_]+\}|\[[a-z]:[^\[\]]*\]|\b[yY] |\ba ")
"""What may look different each time: slots, agreements, and the words that melt into them."""
SHORTEST_RUN, LONGEST_GAP = 4, 90
SOMEBODY_ELSE = re.compile(r"\{(?:other|b|act_b)\}")
BOTH, FACES = ("establish", "again", "two"), ("turn", "react")
"""Frames that tell of two people, and those in which there is only a face."""
TWICE = 20
"""What it counts that a phrase names somebody twice: more than that it was told before."""
EPISODE_STEP = 5
"""How far on in every bank the next episode begins, so that it does not say the same again."""


@dataclass(kw_only=True)
class Phrases:
    """The banks of one scene's descriptions; remembers what was used so that it comes last."""

    language: Language
    dice: Dice
    """The series' dice: the order of a bank is the same in every episode, the start is not."""
    episode: int
    told: list[str] = field(default_factory=list)
    """Descriptions of the episode so far."""
    drafted: list[str] = field(default_factory=list)
    """What was chosen for the shot that is being described."""
    stage: Stage = field(default_factory=Stage)
    """Who does what, clause by clause."""
    women: Mapping[str, bool] = field(default_factory=dict)
    """Of everybody in the cast, whether she is a woman."""
    nouns: Mapping[str, str] = field(default_factory=dict)
    """By picture, the noun that the story has for it."""
    alone: bool = False
    """Whether nobody but the one in frame may be spoken of."""

    def choose(self, options: Sequence[str], filling: Filling, *purpose: object) -> str:
        """The filled phrase that the descriptions of the episode hold least often; of equals the first."""
        if self.alone:
            options = [one for one in options if not SOMEBODY_ELSE.search(one)] or options
        ordered = self.dice.order(options, *purpose)
        start = EPISODE_STEP * (self.episode - 1) % len(ordered)
        turned = ordered[start:] + ordered[:start]
        text = fill(min(turned, key=lambda one: self._uses(one, filling)), filling)
        self.drafted.append(text)
        return text

    def thing(self, picture: str) -> Thing:
        """The words for what is drawn, as the story calls it."""
        return name_thing(picture, self.language, self.nouns.get(picture, ""))

    def _uses(self, template: str, filling: Filling) -> int:
        """How often a phrase was told, and whether it would name somebody twice."""
        parts = _fixed(template)
        name = filling.slots.get("b", "\0")
        doubled = TWICE * (fill(template, filling).count(name) > 1)
        return 2 * sum(_holds(one.casefold(), parts) for one in [*self.told, *self.drafted]) + doubled

    def clause(self, options: Sequence[str], filling: Filling, *purpose: object) -> str:
        """A phrase as it stands inside a sentence."""
        text = self.choose(options, filling, *purpose)
        return text[:1].lower() + text[1:]

    def bank(self, file: str) -> Table:
        """One file of this language."""
        return bank(self.language)[file]


def describe(setup: Setup, staging: Staging, phrases: Phrases) -> str:
    """What the shot shows, in one or two sentences, as no other shot of the episode says it."""
    phrases.alone = setup.on.name == setup.other.name
    scenery = _scenery(setup, staging, phrases)
    acts = {} if setup.nobody else _acting(setup, staging, scenery, phrases)
    slots = {"act_a": "", "act_b": "", "face": "", **scenery, **acts}
    genders: dict[str, str] = {"s": setup.on.look.presentation, "y": setup.other.look.presentation}
    frame = _frame(setup, staging)
    if frame in BOTH and slots["act_b"] and not slots["act_a"]:
        slots |= {"a": slots["b"], "b": slots["a"], "act_a": slots["act_b"], "act_b": ""}
        genders = {"s": genders["y"], "y": genders["s"]}
    if frame == "insert" and staging.people and not staging.things:
        frame, slots["a"] = "in_hand", in_sentence(staging.people[0].character, phrases.language)
    if frame in FACES and slots["act_a"] and not setup.talk:
        # What is told is what is seen, however near the camera is.
        frame = "medium"
    frame = _by_acts(frame, slots)
    if frame.endswith("_one") and slots["b"] in slots["act_a"]:
        # `Beside Ana, Ben sees Ana`: whom the deed names is told of.
        frame = "medium"
    filling = Filling(language=phrases.language, slots=slots, genders=genders)
    frames = phrases.bank("shots")["frames"][frame]
    if scenery["loc"].casefold() in f"{slots['act_a']} {slots['act_b']}".casefold():
        # The deed says where already.
        frames = [one for one in frames if "{loc" not in one] or frames
    text = phrases.choose(frames, filling, "frame", frame)
    text = _with_others(text, setup, staging, scenery, phrases)
    for more in (scenery["loc"], scenery["sky"]):
        # What was told so already is told with where or in which light it is.
        again = text in phrases.told and more.casefold() not in text.casefold()
        text = f"{text.rstrip('.')}, {more}." if again else text
    phrases.told.append(text)
    phrases.drafted.clear()
    return text


def _by_acts(frame: str, slots: Mapping[str, str]) -> str:
    """The frames for what there is to tell: of both, of one, or only who is seen."""
    if frame in ("insert", "in_hand", "empty"):
        return frame
    if frame in BOTH and slots["act_a"]:
        return frame if slots["act_b"] else f"{frame}_one"
    acts = slots["face"] if frame in FACES else slots["act_a"]
    return frame if acts else f"{frame}_plain"


def _with_others(text: str, setup: Setup, staging: Staging, scenery: dict[str, str], phrases: Phrases) -> str:
    """Whoever else is in the picture is told of too."""
    others = [one for one in staging.people if one.character not in (setup.on.name, setup.other.name)]
    for block in others:
        filling = Filling(
            language=phrases.language,
            slots={**scenery, "other": in_sentence(setup.on.name, phrases.language)},
            genders={"s": block.look.presentation, "y": setup.on.look.presentation},
        )
        deed = _deed(block, setup, staging, phrases)
        act = deed or _done(block, staging, filling, phrases)
        third = "third" if act else "third_plain"
        name = in_sentence(block.character, phrases.language)
        if not act and name in text:
            continue
        filling = Filling(language=phrases.language, slots={"c": name, "act_c": act})
        text = f"{text} {phrases.choose(phrases.bank('shots')['frames'][third], filling, 'third')}"
    return text


def _frame(setup: Setup, staging: Staging) -> str:
    """The frames to choose from: by size, where the reason does not say more."""
    if setup.nobody and staging.size != "insert":
        return "empty"
    if staging.size == "wide" and len(staging.people) == 1:
        return "alone"
    if setup.kind in OPENING and staging.size == "wide":
        return setup.kind
    speaks = any(said.speaker.name == setup.on.name for said in setup.talk)
    by_size = {"two_shot": "two", "over_shoulder": "single", "medium": "medium", "insert": "insert"}
    if staging.size == "wide":
        return "again"
    return by_size.get(staging.size, "react" if setup.heard and not speaks else "turn")


def _scenery(setup: Setup, staging: Staging, phrases: Phrases) -> dict[str, str]:
    loc = name_place(staging.place, phrases.language).loc
    sky = phrases.clause(_skies(staging, phrases), Filling(language=phrases.language, slots={}), "sky")
    thing = phrases.thing(staging.subject)
    return {
        "loc": loc, "loc_cap": loc[:1].upper() + loc[1:], "sky": sky, "sky_cap": sky[:1].upper() + sky[1:],
        "a": in_sentence(setup.on.name, phrases.language),
        "b": in_sentence(setup.other.name, phrases.language), **thing.slots,
    }  # fmt: skip


def _skies(staging: Staging, phrases: Phrases) -> list[str]:
    shots, outside = phrases.bank("shots"), staging.place.kind in IN_WEATHER
    skies: dict[str, list[str]] = shots["skies"]
    if is_unlit(staging.place) and staging.time != "day" and (staging.weather == "clear" or not outside):
        return skies["unlit"]
    if staging.weather == "clear":
        return skies[staging.time]
    return skies[staging.weather] if outside else list(shots["panes"][staging.weather])


def _acting(setup: Setup, staging: Staging, scenery: dict[str, str], phrases: Phrases) -> dict[str, str]:
    if staging.size == "insert":
        return {}
    return {
        "act_a": _act(setup.on, setup.other, setup, staging, scenery, phrases),
        "act_b": _act(setup.other, setup.on, setup, staging, scenery, phrases),
        "face": _face(setup, staging, scenery, phrases),
    }


def _act(
    who: Character,
    other: Character,
    setup: Setup,
    staging: Staging,
    scenery: dict[str, str],
    phrases: Phrases,
) -> str:
    """What one person does, in the brief's words or with hands and face; empty when that is nothing."""
    block = _block(who, staging)
    deed = _deed(block, setup, staging, phrases) if block else ""
    if deed:
        return deed
    filling = Filling(
        language=phrases.language,
        slots={**scenery, "other": in_sentence(other.name, phrases.language)},
        genders={"s": who.look.presentation, "y": other.look.presentation},
    )
    return _done(block, staging, filling, phrases) if block else ""


def _deed(block: Blocking, setup: Setup, staging: Staging, phrases: Phrases) -> str:
    """What the words over the shot tell that this person does, once in an episode.

    The clause that the pose is taken from comes first; of the others the last. A deed that is not surely
    theirs, or whose pronoun stands for nothing, is not told.
    """
    name, language = block.character, phrases.language
    told = [said for said in setup.seen if said.told]
    clauses = [(said, one) for said in told for one in phrases.stage.clauses(said) if name in one.doers]
    clauses.sort(
        key=lambda pair: block.gesture != "none" and hands_in(pair[1].text, language) == block.gesture
    )
    words = " ".join(said.text for said in told)
    deeds = [_sound(said, one, block, staging, phrases, words) for said, one in reversed(clauses)]
    facts = [said.fact for said in told if said.fact is not None and said.fact.agent == name]
    whole = [one for one in facts if (deed := deed_of(one, language)) and deed in words]
    deeds += [_deed_of_fact(one, block, staging, phrases) for one in whole]
    for deed in deeds:
        fresh = not any(deed.casefold() in one.casefold() for one in [*phrases.told, *phrases.drafted])
        if deed and fresh:
            return deed
    return ""


def _deed_of_fact(fact: Fact, block: Blocking, staging: Staging, phrases: Phrases) -> str:
    """What a fact tells as a whole, `is building a boat`, where no clause of it gives that to another."""
    language, name = phrases.language, block.character
    doers = [doer for text, doer in phrases.stage.doers(fact) if fact.verb in text]
    deed, text = deed_of(fact, language), fact.text
    verbs = verbs_in(text, grammar_of(language))
    verb = next((one for one in verbs if text[one.start :].startswith(deed.split()[0])), None)
    if verb is None and f"{name} {deed}" in text:
        # A verb that no bank has, right behind who does it.
        return deed
    if verb is None or (doers and name not in doers):
        return ""
    present = [one for one in staging.people if one.character != name]
    woman = block.look.presentation == "woman"
    agent = Agent(name=name, woman=woman, others=[one.character for one in present])
    if not does_it(text, verb, predicate_at(text, verb.start, language), agent, language):
        return ""
    people = [Known(name=one.character, woman=one.look.presentation == "woman") for one in present]
    return told_plainly(
        deed, verb.lemma, Context(before=text.partition(deed)[0], people=people, language=language)
    )


def _sound(
    said: Spoken, clause: Stand, block: Blocking, staging: Staging, phrases: Phrases, words: str
) -> str:
    """The deed of a clause as it can be read alone; empty where its agent or a pronoun has nobody."""
    language = phrases.language
    behind = (said.fact.written or said.fact.text)[clause.end :] if said.fact is not None else ""
    deed = deed_in(clause.text, language, name=block.character, behind=behind)
    verb = main_verb(clause.text, language, name=block.character)
    if not deed or deed not in words or verb is None:
        return ""
    known = phrases.stage.known(said, clause)
    woman = block.look.presentation == "woman"
    agent = Agent(name=block.character, woman=woman, others=[one for one in known if one != block.character])
    if not does_it(clause.text, verb, predicate_at(clause.text, verb.start, language), agent, language):
        return ""
    seen = {one.character: one.look.presentation == "woman" for one in staging.people}
    sexes = {**phrases.women, **seen}
    people = [
        Known(name=in_sentence(one, language), woman=sexes[one], seen=one in seen)
        for one in known if one != block.character and one in sexes
    ]  # fmt: skip
    context = Context(before=phrases.stage.told_before(said, clause), people=people, language=language)
    return told_plainly(deed, verb.lemma, context)


def _done(block: Blocking, staging: Staging, filling: Filling, phrases: Phrases) -> str:
    shots = phrases.bank("shots")
    thing = block.holds or staging.subject
    if block.gesture == "holding" and thing:
        held = {**filling.slots, **phrases.thing(thing).slots}
        own = shots["hold"].get(thing, [])
        return phrases.clause([*own, *shots["hold"]["any"]], replace(filling, slots=held), "hold", thing)
    if block.gesture in ("giving", "playing") and thing:
        given = {**filling.slots, **phrases.thing(thing).slots}
        acts, with_it = shots["gesture_acts"][block.gesture], replace(filling, slots=given)
        return phrases.clause(acts, with_it, block.gesture, thing)
    if block.gesture in shots["gesture_acts"]:
        return phrases.clause(shots["gesture_acts"][block.gesture], filling, "gesture", block.gesture)
    return _look(block.expression, filling, phrases)


def _look(expression: Expression, filling: Filling, phrases: Phrases) -> str:
    if expression == "neutral":
        return ""
    return phrases.clause(phrases.bank("shots")["faces"][expression], filling, "face", expression)


def _face(setup: Setup, staging: Staging, scenery: dict[str, str], phrases: Phrases) -> str:
    block = _block(setup.on, staging)
    filling = Filling(
        language=phrases.language,
        slots={**scenery, "other": in_sentence(setup.other.name, phrases.language)},
        genders={"s": setup.on.look.presentation, "y": setup.other.look.presentation},
    )
    if block is None or block.expression == "neutral":
        return ""
    # The frame that takes it in often names the other one already.
    table = phrases.bank("shots")["faces"][block.expression]
    return phrases.clause([one for one in table if "{other}" not in one], filling, "face")


def _block(who: Character, staging: Staging) -> Blocking | None:
    return next((one for one in staging.people if one.character == who.name), None)


@lru_cache(maxsize=8192)
def _fixed(template: str) -> tuple[str, ...]:
    """The words of a phrase that are the same in every filling, longest run of them by run."""
    parts = (part.strip(" .:;,").casefold() for part in SLOT.split(template))
    return tuple(part for part in parts if len(part) >= SHORTEST_RUN)


def _holds(text: str, parts: tuple[str, ...]) -> bool:
    """Whether a description has these words in this order, close together."""
    at, end = 0, len(text)
    for number, part in enumerate(parts):
        at = text.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
        end = min(len(text), at + len(parts[min(number + 1, len(parts) - 1)]) + LONGEST_GAP)
    return bool(parts)
