"""Casting on paper: who is in the series, and looks that nobody confuses."""

import re
from dataclasses import dataclass

from state.brief import CharacterBrief, NovelaBrief
from state.script import Age, Character, Garment, Language, Look, Presentation
from tools.models.offline.bank import bank, structure
from tools.models.offline.clauses.people import Person
from tools.models.offline.fact import Fact
from tools.models.offline.facts import read_facts
from tools.models.offline.names import given_names
from tools.models.offline.people import WORD
from tools.models.offline.reading import text_of
from tools.models.offline.story import Story
from tools.models.offline.wardrobe import Outfit, fresh_colour, outfit_of

SMALL_EPISODE_S = 20
ROLE_WORDS = 4
MAX_CAST = 12
TOLD_WORDS = 28
"""Words in which a description tells a story that needs nobody else."""
MOST_UNASKED = 5
"""So many people at most when the brief gives some of them no name."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A person who must be in the cast, as far as the brief says."""

    name: str
    brief: CharacterBrief | None = None
    role: str = ""
    title: str = ""
    pronoun: str = ""


def make_cast(brief: NovelaBrief, story: Story) -> list[Character]:
    """The brief's people first, then those its description names, then invented ones.

    A story told of one person is theirs alone; a few words about somebody need somebody else.
    """
    wanted = [Wanted(name=one.name, brief=one, role=one.role) for one in _unique(brief.characters)]
    named = {one.name for one in wanted}
    wanted += [
        Wanted(name=one.name, role=one.role, title=one.title, pronoun=one.pronoun)
        for one in story.reading.people
        if one.name not in named
    ]
    wanted = wanted[:MAX_CAST]
    room = MOST_UNASKED if brief.episode_seconds >= SMALL_EPISODE_S else 2
    wanted += _named_at_last(story, brief, wanted, room - len(wanted))
    # A series lives on a third one; one film is told with the people it has.
    least = 2 if room == 2 or (wanted and brief.target_episodes == 1) else 3
    alone = len(wanted) == 1 and brief.target_episodes == 1 and len(brief.description.split()) >= TOLD_WORDS
    wanted += _invented(story, wanted, 0 if alone else least - len(wanted))
    wanted = _hider_second(wanted, brief)
    dressed = _dressed(story, brief, wanted)
    told = _told_of(brief, dressed)
    names = [one.wanted.name for one in dressed]
    return [_character(story, one, names, told) for one in dressed]


def presentation_of(name: str, role: str, brief: NovelaBrief) -> Presentation | None:
    """Woman or man, as role, given name or ending tell; None when nothing does."""
    said = [word.lower() for word in WORD.findall(role)][:ROLE_WORDS]
    for at, word in enumerate(said):
        # An article or pronoun further on belongs to somebody else.
        found = _told_by(word, brief, article=at == 0 and len(said) > 1)
        if found:
            return found
    first = name.split()[0].lower() if name.split() else ""
    given = given_names()
    own = bank(brief.language)["words"]["names"]
    sexes: tuple[Presentation, ...] = ("woman", "man")
    for presentation in sexes:
        if first in given[presentation] or first in [one.lower() for one in own[presentation]]:
            return presentation
    endings = structure()["name_endings"]
    plain = first.replace("ñ", "n")
    for presentation in sexes:
        if (plain.isascii() or brief.language != "en") and plain.endswith(tuple(endings[presentation])):
            return presentation
    return None


def _hider_second(wanted: list[Wanted], brief: NovelaBrief) -> list[Wanted]:
    """Who hides something in the brief is the one who is asked: the lead is somebody else."""
    hiding = "|".join(bank(brief.language)["reading"]["hiding"]["words"])
    lead = re.escape(wanted[0].name)
    hides = re.search(rf"{lead}(?:[^.!?;\n]{{0,40}}\W)?(?:{hiding})(?!\w)", brief.description, re.IGNORECASE)
    return [wanted[1], wanted[0], *wanted[2:]] if hides and len(wanted) > 1 else wanted


def _told_by(word: str, brief: NovelaBrief, *, article: bool) -> Presentation | None:
    words = bank(brief.language)["reading"]
    if word in words["pronouns"] and not article and word not in words["subject_pronouns"]:
        return None
    if word in ("her", "his") or (word in words["women"]["words"]) == (word in words["men"]["words"]):
        return None
    return "woman" if word in words["women"]["words"] else "man"


def _by_pronoun(pronoun: str, brief: NovelaBrief) -> Presentation | None:
    words = bank(brief.language)["reading"]
    if not pronoun:
        return None
    return "woman" if pronoun in words["women"]["words"] or pronoun == "herself" else "man"


def _unique(people: list[CharacterBrief]) -> list[CharacterBrief]:
    return list({one.name: one for one in reversed(people)}.values())[::-1]


def _invented(story: Story, wanted: list[Wanted], count: int) -> list[Wanted]:
    used = {part.lower() for one in wanted for part in one.name.split()}
    names = story.words["names"]
    women = [name for name in story.dice.order(names["woman"], "women") if name.lower() not in used]
    men = [name for name in story.dice.order(names["man"], "men") if name.lower() not in used]
    start = story.dice.number("first") % 2
    both = [women, men] if start else [men, women]
    return [Wanted(name=both[turn % 2][turn]) for turn in range(max(0, count))]


def _named_at_last(story: Story, brief: NovelaBrief, wanted: list[Wanted], room: int) -> list[Wanted]:
    """People the description leaves unnamed get a name that fits them and sounds like nobody else's."""
    named: list[Wanted] = []
    for one in story.reading.unnamed[: max(0, room)]:
        others = [*wanted, *named]
        used = {part.lower() for other in others for part in other.name.split()}
        initials = {part[:1] for part in used}
        sex = (
            presentation_of("", f"{one.title} {one.role}".strip(), brief)
            or _by_pronoun(one.pronoun, brief)
            or _unlike_the_lead(story, brief, others)
        )
        names = [name for name in story.words["names"][sex] if name.lower() not in used]
        fresh = [name for name in names if name[:1].lower() not in initials] or names
        named.append(
            Wanted(
                name=story.dice.pick(fresh, "named", one.role), role=one.role, title=one.title,
                pronoun=one.pronoun or _pronoun_of(sex, brief),
            )
        )  # fmt: skip
    return named


def _unlike_the_lead(story: Story, brief: NovelaBrief, others: list[Wanted]) -> Presentation:
    """A woman where the lead is a man, and the other way round: pronouns then mean one person only."""
    if not others:
        return _lead_sex(brief) or _either(story)
    lead = others[0]
    sex = presentation_of(lead.name, f"{lead.title} {lead.role}".strip(), brief) or _by_pronoun(
        lead.pronoun, brief
    )
    return "man" if sex == "woman" else "woman"


def _lead_sex(brief: NovelaBrief) -> Presentation | None:
    """Woman or man, as the first pronoun of the description says."""
    words = bank(brief.language)["reading"]
    found = re.search(
        rf"(?<!\w)({'|'.join(words['subject_pronouns'])})(?!\w)", brief.description, re.IGNORECASE
    )
    return _by_pronoun(found.group(1).lower(), brief) if found else None


def _pronoun_of(sex: Presentation, brief: NovelaBrief) -> str:
    words = bank(brief.language)["reading"]
    return next((one for one in words["subject_pronouns"] if _by_pronoun(one, brief) == sex), "")


@dataclass(frozen=True, kw_only=True)
class Dressed:
    """A wanted person with a look."""

    wanted: Wanted
    look: Look


def _dressed(story: Story, brief: NovelaBrief, wanted: list[Wanted]) -> list[Dressed]:
    given = [one.brief.look for one in wanted if one.brief and one.brief.look]
    worn = {look.garment_colour for look in given}
    hexes: dict[str, str] = structure()["colours"]
    order = story.dice.order(structure()["wardrobe"]["order"], "wardrobe")
    colours = [hexes[name] for name in order if hexes[name] not in worn]
    dressed: list[Dressed] = []
    for place, one in enumerate(wanted):
        look = one.brief.look if one.brief else None
        before = [other.look for other in dressed] + given
        dressed.append(Dressed(wanted=one, look=look or _look(story, brief, one, place, colours, before)))
    return dressed


def _look(
    story: Story, brief: NovelaBrief, one: Wanted, place: int, colours: list[str], before: list[Look]
) -> Look:
    tables, dice = structure()["looks"], story.dice.child("look", one.name)
    role = f"{one.title} {one.role}".strip()
    presentation = (
        presentation_of(one.name, role, brief)
        or _by_pronoun(one.pronoun, brief)
        or _other_sex(before, place, story)
    )
    age = _age(story, one.role, dice.pick(["adult", "adult", "young"], "age"))
    hair = [name for name in dice.order(tables[f"{presentation}_hair"], "hair")]
    hair_names = tables["old_hair"] if age == "elder" else tables["young_hair"]
    shades = [tables["hair"][name] for name in dice.order(hair_names, "colour")]
    style, shade = _head(hair, shades, before, age)
    outfit = None if age == "child" else _outfit(story, one, place, presentation)
    worn = [look.garment_colour for look in before]
    skins = list(tables["skins"].values())
    garment = outfit.garment if outfit else _garment(story, one.role, presentation, age, before)
    grown_man = presentation == "man" and age != "child"
    return Look(
        presentation=presentation,
        age=age,
        skin=skins[(story.dice.number("skin") + 2 * place) % len(skins)],
        hair_style=style,
        hair_colour=shade,
        beard=dice.pick(tables["beards"], "beard") if grown_man else "none",
        glasses=dice.number("glasses") % 4 == 0,
        garment=garment,
        garment_colour=fresh_colour(outfit.colours if outfit else (), colours, worn),
        accessory=(outfit and outfit.accessory) or _accessory(story, one, presentation, age, garment),
    )


def _other_sex(before: list[Look], place: int, story: Story) -> Presentation:
    """Nobody says what somebody is: not what the lead is."""
    if place and before:
        return "man" if before[0].presentation == "woman" else "woman"
    return _either(story)


def _either(story: Story) -> Presentation:
    choice: list[Presentation] = ["woman", "man"]
    return story.dice.pick(choice, "lead")


def _outfit(story: Story, one: Wanted, place: int, presentation: Presentation) -> Outfit | None:
    """What the role asks for, be it the brief's or the plot's."""
    given = f"{one.title} {one.role}".strip()
    plot = story.fill(
        story.plot_words["roles"][place % 4],
        {"me": one.name, "topic": story.plot_topic},
        {"s": presentation},
    )
    return outfit_of(given or plot, story.language, woman=presentation == "woman")


def _head(styles: list[str], shades: list[str], before: list[Look], age: Age) -> tuple[str, str]:
    """Hair that nobody else in the cast has: another style if there is one left, else another colour."""
    taken = {look.hair_style for look in before}
    heads = {(look.hair_style, look.hair_colour) for look in before}
    grown = [style for style in styles if style != "bald" or age not in ("child", "young")]
    ordered = sorted(grown, key=lambda style: style in taken)
    free = [(style, shade) for style in ordered for shade in shades if (style, shade) not in heads]
    return free[0] if free else (ordered[0], shades[0])


def _says(story: Story, role: str, group: str) -> bool:
    listed = bank(story.language)["reading"][group]["words"]
    return any(word.lower() in listed for word in WORD.findall(role))


def _age(story: Story, role: str, otherwise: Age) -> Age:
    groups: list[tuple[str, Age]] = [("children", "child"), ("elders", "elder"), ("youths", "young")]
    return next((age for group, age in groups if _says(story, role, group)), otherwise)


def _garment(story: Story, role: str, presentation: str, age: Age, before: list[Look]) -> Garment:
    if _says(story, role, "uniforms"):
        return "uniform"
    if _says(story, role, "suits"):
        return "suit"
    tables = structure()["looks"]
    choice: list[Garment] = tables["child_garments" if age == "child" else f"{presentation}_garments"]
    taken = {look.garment for look in before}
    ordered = story.dice.order(choice, "garment", len(before))
    return next((garment for garment in ordered if garment not in taken), ordered[0])


def _accessory(story: Story, one: Wanted, presentation: str, age: Age, garment: Garment) -> str:
    if age == "child" or _says(story, one.role, "uniforms"):
        return "none"
    if presentation == "man" and _says(story, one.role, "suits"):
        return "tie"
    choice: list[str] = structure()["looks"][f"{presentation}_accessories"]
    chosen = story.dice.pick(choice, "accessory", one.name)
    return "none" if chosen == "tie" and garment not in ("shirt", "suit") else chosen


def _told_of(brief: NovelaBrief, dressed: list[Dressed]) -> tuple[Fact, ...]:
    """What the brief says of everybody, once it is known who they are."""
    given = {one.name for one in brief.characters}
    people = tuple(
        Person(
            name=one.wanted.name,
            woman=one.look.presentation == "woman",
            role=one.wanted.role,
            unnamed=one.wanted.name not in given and one.wanted.name not in text_of(brief),
        )
        for one in dressed
    )
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


def _character(story: Story, dressed: Dressed, names: list[str], facts: tuple[Fact, ...]) -> Character:
    wanted, plot, place = dressed.wanted, story.plot_words, names.index(dressed.wanted.name)
    told = wanted.brief
    other = names[0] if place else names[min(1, len(names) - 1)]
    slots = {"me": wanted.name, "topic": story.plot_topic, "a": other, "b": other}
    genders = {"s": dressed.look.presentation}

    def of_plot(table: str) -> str:
        text = story.fill(plot[table][place % 4], slots, genders)
        return text[:1].lower() + text[1:] if not text.startswith(wanted.name) else text

    manners = story.dice.order(story.words["manners"]["list"], "manners")
    return Character(
        name=wanted.name,
        role=wanted.role or of_plot("roles"),
        wants=(told.wants if told else "") or _wish(wanted.name, facts, story.language) or of_plot("wants"),
        secret=(told.secret if told else "") or _secret(wanted.name, facts) or of_plot("secrets"),
        manner=manners[place % len(manners)],
        look=dressed.look,
    )
