"""Casting on paper: who is in the series, and looks that nobody confuses."""

from dataclasses import replace

from state.brief import CharacterBrief, NovelaBrief
from state.script import Character, Language, Presentation
from tools.models.offline.brief.aside import unquoted
from tools.models.offline.brief.reading import text_of
from tools.models.offline.brief.story import Story
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.ages import told_years
from tools.models.offline.persons.animals import given_animals
from tools.models.offline.persons.by_calling import by_calling
from tools.models.offline.persons.callings import persons_of
from tools.models.offline.persons.dressing import Dressed, Wanted, dress
from tools.models.offline.persons.kin import Relative, family_roles
from tools.models.offline.persons.people import WORD
from tools.models.offline.persons.sexes import (
    SEXES,
    as_sex,
    by_pronoun,
    either,
    other,
    presentation_of,
    pronoun_of,
    sexes_of,
    unlike_the_lead,
)
from tools.models.offline.persons.teller import is_teller
from tools.models.offline.persons.teller_named import Teller
from tools.models.offline.persons.trades import noun_of_trade, trade_by_deed
from tools.models.offline.persons.voices import alone_by_role
from tools.models.offline.telling.facts import read_facts
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.fact import Fact
from tools.models.offline.words.homeland import local_names

SMALL_EPISODE_S = 20
MAX_CAST = 12
TOLD_WORDS = 28
"""Words in which a description tells a story that needs nobody else."""
MOST_SAID = 7
"""So many words at most of a deed that says who somebody is."""
JOINED = (
    r" (?:and|but|or|y|pero|o|e|mas|ou|who|that|que|because|porque|when|while|cuando|quando|after|before) "
)
NEARER = r" (?:the|her|his|el|la|su|o|a|seu|sua|del|al|do|da|ao|pelo|pela) [\w-]+"
"""Somebody else who stands beside a name: `a boy climbs up to the bell-tuner, Pieter`."""
MOST_UNASKED = 6
"""So many people at most when the brief gives some of them no name."""


def make_cast(brief: NovelaBrief, story: Story, teller: Teller | None = None) -> list[Character]:
    """The brief's people first, then those its description names, then invented ones.

    A story told of one person is theirs alone; a few words about somebody need somebody else.
    """
    animals = {one.name for one in given_animals(brief)}
    people = [one for one in _unique(brief.characters) if one.name not in animals]
    wanted = [Wanted(name=one.name, brief=one, role=one.role) for one in people]
    named = {one.name for one in wanted}
    wanted += [
        Wanted(name=one.name, role=one.role, title=one.title, pronoun=one.pronoun, sex=as_sex(one.sex))
        for one in story.reading.people
        if one.name not in named
    ]
    wanted = [_as_teller(one, teller) for one in wanted[:MAX_CAST]]
    room = MOST_UNASKED if brief.episode_seconds >= SMALL_EPISODE_S else 2
    wanted += _named_at_last(story, brief, wanted, room - len(wanted))
    # A series lives on a third one; one film is told with the people it has.
    least = 2 if room == 2 or (wanted and brief.target_episodes == 1) else 3
    alone = len(wanted) == 1 and brief.target_episodes == 1 and len(brief.description.split()) >= TOLD_WORDS
    alone = alone or bool(alone_by_role([(one.name, one.role) for one in people], brief.language))
    wanted += _invented(story, brief, wanted, 0 if alone else least - len(wanted))
    wanted = _hider_second(wanted, brief)
    wanted = [_in_orders(one, brief) for one in wanted]
    wanted = _with_kin(wanted, sexes_of(wanted, brief, story), brief)
    dressed = dress(story, brief, wanted, sexes_of(wanted, brief, story))
    told = _told_of(brief, dressed)
    names = [one.wanted.name for one in dressed]
    return [_character(story, brief, one, names, told) for one in dressed]


def _as_teller(one: Wanted, teller: Teller | None) -> Wanted:
    """Whoever says I, with what their letter says that they are."""
    if teller is None or not is_teller(one.name):
        return one
    return replace(one, role=one.role or teller.role, sex=teller.sex or one.sex)


def _in_orders(one: Wanted, brief: NovelaBrief) -> Wanted:
    """`Sister Agnes` is nobody's sister: what stands before the name is a nun's title."""
    role = bank(brief.language)["looks"]["orders"].get(one.role.lower(), "")
    if not role:
        return one
    title = re.escape(one.role.capitalize())
    called = re.search(rf"(?<![.!?])(?<!^) {title} {re.escape(one.name)}(?!\w)", text_of(brief))
    return replace(one, role=role) if called or one.title == one.role.capitalize() else one


def _hider_second(wanted: list[Wanted], brief: NovelaBrief) -> list[Wanted]:
    """Who hides something in the brief is the one who is asked: the lead is somebody else."""
    hiding = "|".join(bank(brief.language)["reading"]["hiding"]["words"])
    lead = re.escape(wanted[0].name)
    hides = re.search(
        rf"{lead}(?:[^.!?;\n]{{0,40}}\W)?(?:{hiding})(?!\w)([^.!?;\n]*)", brief.description, re.IGNORECASE
    )
    if hides and any(re.search(rf"(?<!\w){re.escape(one.name)}(?!\w)", hides[1]) for one in wanted[1:]):
        # Who hides somebody else is the one we follow.
        return wanted
    return [wanted[1], wanted[0], *wanted[2:]] if hides and len(wanted) > 1 else wanted


def _with_kin(wanted: list[Wanted], sexes: list[Presentation], brief: NovelaBrief) -> list[Wanted]:
    """The couple whose daughter marries are her parents, and the boy of twelve beside them is their son."""
    text, words = text_of(brief), bank(brief.language)["people"]["kin"]
    people = [Relative(name=one.name, role=one.role, sex=sex) for one, sex in zip(wanted, sexes, strict=True)]
    years = {one.name: told_years(one.name, one.role, text, brief.language) for one in wanted}
    bonds = family_roles(people, years, text, brief.language)
    nouns = {
        (bond, sex): next(
            (word for word in words[bond].split() if presentation_of("", word, brief) == sex), ""
        )
        for bond in set(bonds.values())
        for sex in SEXES
    }
    return [
        replace(one, role=nouns[bonds[one.name], sex] or one.role, sex=sex) if one.name in bonds else one
        for one, sex in zip(wanted, sexes, strict=True)
    ]


def _unique(people: list[CharacterBrief]) -> list[CharacterBrief]:
    return list({one.name: one for one in reversed(people)}.values())[::-1]


def _invented(story: Story, brief: NovelaBrief, wanted: list[Wanted], count: int) -> list[Wanted]:
    """Whom the story needs besides: somebody whom its place or its work brings along."""
    made: list[Wanted] = []
    for turn in range(max(0, count)):
        others = [*wanted, *made]
        sex = other(sexes_of(others, brief, story)[-1]) if others else either(story)
        role = _needed(brief, sex, {one.role for one in others})
        name = _fresh_name(story, brief, sex, others, f"needed {turn}")
        made.append(Wanted(name=name, role=role, sex=sex, unnamed=True, called=role))
    return made


def _needed(brief: NovelaBrief, sex: Presentation, taken: set[str]) -> str:
    """`neighbour`, `compañera de trabajo`: the role that fits where and how the brief plays."""
    text = text_of(brief)
    fitting: list[str] = []
    for roles, marks in bank(brief.language)["people"]["seconds"].items():
        woman, _, man = roles.partition("|")
        role = man if man and sex == "man" else woman
        if role not in taken and re.search(rf"(?<![\w-])(?:{marks})(?![\w-])", text, re.IGNORECASE):
            fitting.append(role)
    return fitting[0] if fitting else ""


def _fresh_name(
    story: Story, brief: NovelaBrief, sex: Presentation, others: list[Wanted], purpose: str
) -> str:
    """A name of the country, which sounds like nobody else's."""
    used = {part.lower() for other in others for part in other.name.split()}
    initials = {part[:1] for part in used}
    # A name of the brief is somebody there, be it only somebody who is dead.
    told = {word.lower() for word in WORD.findall(text_of(brief))}
    local = [name for name in local_names(text_of(brief), sex) if name.lower() not in used | told]
    names = local or [name for name in story.words["names"][sex] if name.lower() not in used | told]
    names = names or list(story.words["names"][sex])
    fresh = [name for name in names if name[:1].lower() not in initials] or names
    return story.dice.pick(fresh, "named", purpose)


def _is_one_of(role: str, names: list[str], text: str) -> bool:
    """Whether a role stands in apposition to a name: `Sade, 57, a big woman in green` is one person."""
    noun, some = re.escape(role), "(?i:an?|una?|um|uma)"
    if not role:
        return False
    return any(
        re.search(rf"(?<!\w){name}(?:, \d+(?: \w+)?)?, {some} {noun}(?!\w)", text)
        or re.search(
            rf"(?<!\w){noun} (?:who|that|que) [^.!?;\n]{{0,60}} (?:is|was|es|era|é) {name}(?!\w)", text
        )
        or re.search(
            rf"(?<!\w){some} {noun}(?![^.!?;]{{0,120}}{NEARER}, {name})"
            rf"[^.!?;A-ZÀ-Ý\n]{{0,120}}, (?:(?:the|el|la|o|a) )?{name}(?!\w)",
            text,
        )
        for name in map(re.escape, names)
    )


def _named_at_last(story: Story, brief: NovelaBrief, wanted: list[Wanted], room: int) -> list[Wanted]:
    """People the description leaves unnamed go by what they are; who has a family's name gets a first one."""
    named: list[Wanted] = []
    names = [one.name for one in wanted]
    unnamed = [one for one in story.reading.unnamed if not _is_one_of(one.role, names, text_of(brief))]
    for one in unnamed[: max(0, room)]:
        others = [*wanted, *named]
        sex: Presentation = (
            as_sex(one.sex)
            or presentation_of("", f"{one.title} {one.role}".strip(), brief)
            or by_pronoun(one.pronoun, brief)
            or unlike_the_lead(story, brief, others)
        )
        label = by_calling(one.role, [other.name for other in others], brief.language)
        first = label if not one.surname else ""
        first = first or _fresh_name(story, brief, sex, others, f"{one.role} {len(named)}")
        named.append(
            Wanted(
                name=f"{first} {one.surname}".strip(), role=one.role, title=one.title,
                pronoun=one.pronoun or pronoun_of(sex, brief), sex=sex, unnamed=True, called=one.role,
            )
        )  # fmt: skip
    return named


def _told_of(brief: NovelaBrief, dressed: list[Dressed]) -> tuple[Fact, ...]:
    """What the brief says of everybody, once it is known who they are."""
    people = persons_of(brief, [(one.wanted.name, one.wanted.role, one.look.presentation) for one in dressed])
    return read_facts(brief.model_dump_json(), people)


def _wish(name: str, facts: tuple[Fact, ...], language: Language) -> str:
    """What somebody wants, in the brief's words: `to sell the house before the week is over`."""
    told = bank(language)["clauses"]["told"]
    for fact in facts:
        if fact.subject != name or fact.kind != "desire" or fact.source != "description":
            continue
        first, _, others = fact.verb.partition(" ")
        if first.lower() == "must" and others:
            return f"to {others} {fact.rest}"
        if fact.verb.lower() in told["wanting"] and fact.rest:
            return fact.rest.removeprefix("que ") if fact.verb.lower() in ("tiene", "tem") else fact.rest
    return ""


def _secret(name: str, facts: tuple[Fact, ...]) -> str:
    """What somebody hides, in the brief's words."""
    for fact in facts:
        if fact.subject == name and fact.kind == "secret" and fact.source == "description":
            return f"{fact.verb} {fact.rest}".strip()
    return ""


def _said_role(name: str, sex: Presentation, brief: NovelaBrief) -> str:
    """Who has no role is known by their trade, or by what they do day in, day out, in the brief's words."""
    text, language = unquoted(text_of(brief)), brief.language
    trade = trade_by_deed(name, text, language)
    nouns = [one for one in noun_of_trade(trade, language) if presentation_of("", one, brief) in (sex, None)]
    # `barquero, barquera`: the ending tells where no table does.
    other = ("o", "or", "ão", "ês") if sex == "woman" else ("ra", "ona", "esa")
    own = [one for one in nouns if language == "en" or not one.endswith(other)] or nouns
    habit = _habit(name, text, language)
    # Behind a counter stands more than a cashier.
    return habit if habit and trade in ("counter", "") else (own[0] if own else "")


def _habit(name: str, text: str, language: Language) -> str:
    """`works nights in a tower crane`, and no deed of the story: `finds a ring`."""
    habits = bank(language)["people"]["roles"]["habits"]
    nouns = bank(language)["people"]["generic"]
    generic = "|".join(" ".join(nouns[one] for one in ("man", "woman", "boy", "girl")).split())
    apposed = rf"(?:(?:an?|the|el|la|un|una|o|um|uma) (?:{generic}) )?(?:who|que|quien|quem)"
    pattern = rf"(?<!\w){re.escape(name)}(?:, {apposed})? ((?:{habits})(?!\w)[^.,;:!?()\n]*)"
    for found in re.finditer(pattern, text):
        if re.search(r"(?<!\w)(?:de|del|do|da|of|and|y|e) $", text[: found.start()], re.IGNORECASE):
            # `El taxi de Rubén huele`: it is not Rubén who smells.
            continue
        told = re.split(JOINED, found.group(1))[0].split()
        return " ".join(_short(told, language)) if len(told) > 1 else ""
    return ""


def _short(told: list[str], language: Language) -> list[str]:
    """So many whole phrases as make a role: cut before the last preposition that fits."""
    if len(told) <= MOST_SAID:
        return told
    prepositions = grammar_of(language).words["prepositions"]
    cuts = [at for at in range(2, MOST_SAID + 1) if told[at].lower() in prepositions]
    return told[: cuts[-1]] if cuts else []


def _character(
    story: Story, brief: NovelaBrief, dressed: Dressed, names: list[str], facts: tuple[Fact, ...]
) -> Character:
    wanted, plot, place = dressed.wanted, story.plot_words, names.index(dressed.wanted.name)
    told = wanted.brief
    other = names[0] if place else names[min(1, len(names) - 1)]
    slots = {"me": wanted.name, "topic": story.plot_topic, "a": other, "b": other}
    genders = {"s": dressed.look.presentation}

    def of_plot(table: str) -> str:
        text = story.fill(plot[table][place % 4], slots, genders)
        return text[:1].lower() + text[1:] if not text.startswith(wanted.name) else text

    said = "" if wanted.role else _said_role(wanted.name, dressed.look.presentation, brief)
    manners = story.dice.order(story.words["manners"]["list"], "manners")
    return Character(
        name=wanted.name,
        role=wanted.role or said,
        wants=(told.wants if told else "") or _wish(wanted.name, facts, story.language) or of_plot("wants"),
        secret=(told.secret if told else "") or _secret(wanted.name, facts) or of_plot("secrets"),
        manner=manners[place % len(manners)],
        look=dressed.look,
    )
