"""Looks: age, skin, hair and clothes that fit what somebody is and whose family they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from state.brief import CharacterBrief, NovelaBrief
from state.script import Accessory, Age, Garment, HairStyle, Look, Presentation
from tools.models.offline.brief.epochs import era_of, in_its_time, is_cold, is_hot
from tools.models.offline.brief.reading import text_of
from tools.models.offline.brief.story import Story
from tools.models.offline.persons.ages import GREYING, OLD, stage_of, told_years
from tools.models.offline.persons.described import (
    HEADWEAR,
    Beard,
    Described,
    completed,
    described,
    is_fair,
    is_past,
)
from tools.models.offline.persons.kin import Relative, families, fitted_years, links_between
from tools.models.offline.persons.likeness import Likeness
from tools.models.offline.persons.listed import called_in, said_of, years_as_called
from tools.models.offline.persons.people import WORD
from tools.models.offline.persons.same_clothes import with_same
from tools.models.offline.persons.trades import is_former, trade_beside, trade_by_deed, trade_in, uniform_of
from tools.models.offline.persons.wardrobe import Outfit, fresh_colour, outfit_for, usual_colours
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank, structure
from tools.models.offline.words.homeland import local_hair, local_skins, named_skins

DARK = ("deep", "brown")
DARK_HAIR = ("black", "brown", "grey", "white")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A person who must be in the cast, as far as the brief says."""

    name: str
    brief: CharacterBrief | None = None
    role: str = ""
    title: str = ""
    pronoun: str = ""
    sex: Presentation | None = None
    """Woman or man, where that is settled."""
    unnamed: bool = False
    """The brief speaks of them by `called` alone."""
    called: str = ""


@dataclass(frozen=True, kw_only=True)
class Dressed:
    """A wanted person with a look."""

    wanted: Wanted
    look: Look


@dataclass(frozen=True, kw_only=True)
class Life:
    """What is settled about somebody before they are dressed."""

    sex: Presentation
    age: Age
    grey: bool
    trade: str
    years: int | None = None
    family: str
    """The first of the family by blood."""


def dress(
    story: Story, brief: NovelaBrief, wanted: Sequence[Wanted], sexes: Sequence[Presentation]
) -> list[Dressed]:
    """Everybody with a look: a given one stays, families look alike, and nobody can be mixed up."""
    given = [one.brief.look for one in wanted if one.brief and one.brief.look]
    given_colours = {look.garment_colour for look in given}
    hexes: dict[str, str] = structure()["colours"]
    order = story.dice.order(structure()["wardrobe"]["order"], "wardrobe")
    colours = [hexes[name] for name in order if hexes[name] not in given_colours]
    lives = _lives(story, brief, wanted, sexes)
    whole = f"{brief.title}. {text_of(brief)}"
    era, hot = era_of(whole, brief.language), is_hot(whole, brief.language)
    cold = is_cold(whole, brief.language)
    at_home = local_skins(whole, brief.language, past=is_past(whole, brief.language, until=MOVED))
    northern = 2 * at_home.count("light") > len(at_home) > 0
    tellings = [
        fitting(_told_of(story, one, wanted, brief), life.sex)
        for one, life in zip(wanted, lives, strict=True)
    ]
    inherited = {
        life.family: told.skin
        for told, life in reversed(list(zip(tellings, lives, strict=True)))
        if told.skin
    }
    dressed: list[Dressed] = []
    for one, life, told in zip(wanted, lives, tellings, strict=True):
        look = one.brief.look if one.brief else None
        kin = next(
            (other.look for other, of in zip(dressed, lives, strict=False) if of.family == life.family), None
        )
        before = [other.look for other in dressed] + given
        if look is None:
            skin = (
                told.skin
                or inherited.get(life.family)
                or (kin.skin if kin else _skin(story, one, before, told=told, at_home=at_home))
            )
            curls = "deep" in (named_skins(one.name) or at_home)
            rest = frozenset(other.hair for other in tellings if other is not told and other.hair)
            look = _look(
                story, one, life, told=told, skin=skin, kin=kin, before=before, colours=colours, curls=curls,
                rest=rest,
            )  # fmt: skip
            worn = [other.garment for other in before]
            look = in_its_time(look, told, era=era, hot=hot, cold=cold, worn=worn, northern=northern)
        dressed.append(Dressed(wanted=one, look=look))
    return dressed


def _told_of(story: Story, one: Wanted, wanted: Sequence[Wanted], brief: NovelaBrief) -> Described:
    others = [other.called or other.name for other in wanted if other is not one]
    roles = [_role_of(other) for other in wanted if other is not one]
    role = with_same(_role_of(one), roles, story.language)
    told = described(one.called or one.name, role, text_of(brief), others, story.language)
    return completed(told, described("", said_of(_phrases(one, wanted, brief)), "", (), story.language))


def _phrases(one: Wanted, wanted: Sequence[Wanted], brief: NovelaBrief) -> tuple[Likeness, ...]:
    """The phrases that mean somebody; one is enough who is called by nothing else."""
    people = tuple((other.name, other.role) for other in wanted)
    return () if one.unnamed else called_in(text_of(brief), people, brief.language)[one.name]


def _lives(
    story: Story, brief: NovelaBrief, wanted: Sequence[Wanted], sexes: Sequence[Presentation]
) -> list[Life]:
    text, language = text_of(brief), brief.language
    trades = [
        trade_in(one.role, language)
        or trade_beside(one.called or one.name, text, language)
        or trade_by_deed(one.called or one.name, text, language)
        for one in wanted
    ]
    # `Grandma` says by itself who that is.
    told = {
        one.name: told_years(one.called or one.name, one.role or one.name, text, language)
        or years_as_called(_phrases(one, wanted, brief))
        for one in wanted
    }
    relatives = [
        Relative(name=one.name, role=one.role or one.name, sex=sex)
        for one, sex in zip(wanted, sexes, strict=True)
    ]
    links = links_between(relatives, text, language, told)
    working = frozenset(one.name for one, trade in zip(wanted, trades, strict=True) if trade not in YOUTHFUL)
    years = fitted_years(told, links, working)
    heads = families(links, [one.name for one in wanted])
    elders = {
        link.other if link.bond == "child" else link.one for link in links if link.bond in ("child", "parent")
    }
    lives: list[Life] = []
    for one, sex, trade in zip(wanted, sexes, trades, strict=True):
        age = years[one.name]
        usual: Age = story.dice.child("look", one.name).pick(["adult", "adult", "young"], "age")
        if _is_grown(one):
            usual = "adult"
        if age is not None and told[one.name] is None and age >= GREYING and one.name in elders:
            # Mother and grown child must not look alike in years.
            age = max(age, OLD)
        stage = (
            stage_of(age)
            if age is not None
            else _usual(story, one.role, usual if trade in YOUTHFUL else "adult")
        )
        lives.append(
            Life(
                sex=sex,
                age=stage,
                grey=(age or 0) >= GREYING and stage == "adult",
                trade=trade,
                years=age,
                family=heads[one.name],
            )
        )
    return lives


YOUTHFUL = ("", "teenager", "bride", "groom", "traveller", "delivery", "band", "patient", "thief")
"""Trades that tell no age, or a young one."""


GROWN_TITLES = re.compile(
    r"(?:mrs?|sra?|dra?|chief|señora?|don|doña|dona|seu|doctora?|doutora?|t[íi][oa]|uncle|aunt|father|padre|sir|lady|alhaji|mama)\.?",
    re.IGNORECASE,
)
"""Whoever is addressed so is no youth."""


def _is_grown(one: Wanted) -> bool:
    said = (one.title, one.name.split()[0])
    return any(GROWN_TITLES.fullmatch(word) is not None for word in said)


def _usual(story: Story, role: str, otherwise: Age) -> Age:
    groups: list[tuple[str, Age]] = [("children", "child"), ("elders", "elder"), ("youths", "young")]
    listed = bank(story.language)["reading"]
    said = [word.lower() for word in WORD.findall(role.partition(",")[0])]
    return next((age for group, age in groups if set(said) & set(listed[group]["words"])), otherwise)


FAIR = ("light", "olive")


MOVED = 1975
"""Before it a country's towns had fewer newcomers."""


def _skin(
    story: Story, one: Wanted, before: Sequence[Look], *, told: Described, at_home: Sequence[str]
) -> str:
    table: dict[str, str] = structure()["looks"]["skins"]
    light_hair = (structure()["looks"]["hair"][name] for name in ("blond", "auburn", "red"))
    fair = is_fair(one.role, story.language) or told.hair_colour in light_hair
    local = FAIR if fair else named_skins(one.name) or at_home
    skins = [table[name] for name in local] if local else list(table.values())
    ordered = story.dice.child("look", one.name).order(skins, "skin")
    seen = [look.skin for look in before]
    # A land of many is shown with many: what the film has least of, against how frequent it is.
    return min(ordered, key=lambda skin: seen.count(skin) / skins.count(skin))


def _look(
    story: Story,
    one: Wanted,
    life: Life,
    *,
    told: Described,
    skin: str,
    kin: Look | None,
    before: list[Look],
    colours: list[str],
    curls: bool,
    rest: frozenset[HairStyle] = frozenset(),
) -> Look:
    tables, dice = structure()["looks"], story.dice.child("look", one.name)
    boy = life.age == "child" and life.sex == "man"
    old = life.sex == "woman" and (life.age == "elder" or (life.years or 0) >= BALDING)
    choice = tables["boy_hair" if boy else "old_woman_hair" if old else f"{life.sex}_hair"]
    styles = [name for name in dice.order(choice, "hair") if _grows(name, skin, life, curls=curls)]
    # `Grey-haired` is nobody who is bald.
    styles = [name for name in styles if name != "bald"] if told.hair_colour else styles
    styles = [told.hair] if told.hair else _fitting_styles(told, styles, woman=life.sex == "woman")
    shades = [told.hair_colour] if told.hair_colour else _shades(story, one, life, skin, kin)
    style, shade = _head(styles, shades, before, rest)
    outfit = None if life.age == "child" else _outfit(story, one, life)
    # Braces are seen on a shirt.
    bracing: Garment | None = "shirt" if "braces" in (told.accessory, told.also) else None
    garment = told.garment or bracing or (outfit.garment if outfit else _garment(story, life, before))
    fitting_colours = outfit.colours if outfit and garment == outfit.garment else usual_colours(garment)
    uniform = outfit is not None and outfit.fixed and garment == outfit.garment
    worn = [look.garment_colour for look in before]
    cloth = fitting_colours[0] if uniform else fresh_colour(fitting_colours, colours, worn)
    own = _own_accessory(story, one, life, told, outfit)
    if outfit is None and any(own == look.accessory for look in before):
        own = "none"
    second = told.also or _second(told, outfit, own)
    if style == "short" and _shows_ears(life, garment):
        own, second = _with_earrings(own, second)
    plain = not told.any_clothes and not told.any_head
    usual_glasses = life.trade in BOOKISH and plain and dice.number("glasses") % 3 == 0
    return Look(
        presentation=life.sex, age=life.age, skin=skin, hair_style=style, hair_colour=shade,
        hair_told=told.hair_colour is not None, fringe=told.fringe, brows=told.brows,
        freckles=told.freckles or None,
        beard=_beard(told, life, dice.pick(tables["beards"], "beard")),
        glasses=told.glasses or (usual_glasses and not told.eyepatch),
        glasses_colour=told.glasses_colour, glasses_dark=told.glasses_dark,
        glasses_chain=told.glasses_chain, glasses_up=told.glasses_up, eyepatch=told.eyepatch,
        garment=garment,
        garment_colour=told.colour or cloth,
        pattern=told.pattern,
        buttons_colour=told.buttons_colour,
        shorts=told.shorts, barefoot=told.barefoot,
        under=told.under, under_colour=_lining(told, [*worn, told.colour or cloth], colours),
        under_pattern=told.under_pattern,
        accessory=told.accessory or own,
        accessory_colour=told.accessory_colour,
        also_colour=told.also_colour,
        also=second,
        years=life.years, build=told.build, stature=told.stature,
    )  # fmt: skip


def _shows_ears(life: Life, garment: Garment) -> bool:
    return life.sex == "woman" and life.age != "child" and garment not in ("habit", "cassock")


def _with_earrings(own: Accessory, second: Accessory) -> tuple[Accessory, Accessory]:
    """Cropped hair shows the ears, and what is in them."""
    if own == "none":
        return "earrings", second
    return own, "earrings" if second == "none" else second


def _lining(told: Described, worn: list[str], colours: list[str]) -> str | None:
    """The colour of what is worn below: as told, or one that stands apart where its print is told."""
    if told.under_colour or not (told.under_pattern or told.under == "dress"):
        return told.under_colour
    return fresh_colour(usual_colours(told.under or "dress"), colours, worn)


def _own_accessory(
    story: Story, one: Wanted, life: Life, told: Described, outfit: Outfit | None
) -> Accessory:
    """What somebody wears that no text gives them; what is told is not spoilt by it."""
    if outfit is None:
        return "none" if told.any_clothes else _accessory(story, one, life)
    # The trade's whole uniform goes with its cap; beside other clothes nothing of it is worn.
    whole = not told.any_clothes or (told.garment == outfit.garment and not told.accessory)
    # Whose hair is told shows it.
    hidden = bool(told.hair or told.hair_colour or told.fringe) and outfit.accessory in HEADWEAR
    return outfit.accessory if whole and not hidden else "none"


def _second(told: Described, outfit: Outfit | None, own: Accessory) -> Accessory:
    """The outfit's second thing, or its first one where the text adds another: gloves to a cap."""
    return "none" if outfit is None or told.any_clothes else outfit.also


WOMENS: dict[Garment, Garment] = {"dress": "gown", "blouse": "shirt", "sari": "gown"}
"""What a man wears where the words name a woman's garment."""


def fitting(told: Described, sex: Presentation) -> Described:
    """What is told, without what could only be somebody else's: no frock and no flower on a man."""
    if sex == "woman":
        return told if told.beard in (None, "none") else replace(told, beard=None)
    bride = told.accessory in ("flower", "mantilla")
    garment = ("suit" if bride else WOMENS[told.garment]) if told.garment in WOMENS else told.garment
    return replace(
        told, garment=garment,
        accessory=None if bride or told.accessory == "necklace" else told.accessory,
        also=None if told.also in ("flower", "mantilla", "necklace") else told.also,
    )  # fmt: skip


FRINGED = ("bob", "long", "ponytail")
WAVED = ("curly", "afro", "wavy", "locs")


def _fitting_styles(told: Described, styles: list[str], *, woman: bool) -> list[str]:
    """Without curls where hair is told to be straight; such that a fringe is seen."""
    if told.fringe or told.straight:
        straight = [style for style in styles if not told.fringe or style in FRINGED]
        straight = [style for style in straight if style not in WAVED]
        # Over short hair a woman's fringe looks like a cap.
        return straight or (["bob"] if woman else ["short"])
    return styles


BOOKISH = ("library", "scholar", "teacher", "clerk", "science", "writer", "law")
"""Who may wear glasses that no text gives them."""
GROWN_UP = 18
"""Who is younger wears no jewellery unless the text gives it."""
SHAVES = 20
"""Who is younger has no beard unless the text gives them one."""


def _beard(told: Described, life: Life, usual: Beard) -> Beard:
    if life.sex == "woman" or life.age == "child":
        return "none"
    if told.beard or told.any_head:
        # Of whom the hair is told and no beard has none.
        return told.beard or ("stubble" if usual == "stubble" else "none")
    if life.age == "young":
        return "stubble" if usual == "full" and (life.years or 0) >= SHAVES else "none"
    return usual


def _role_of(one: Wanted) -> str:
    return f"{one.title} {one.role}".strip()


def _tone(skin: str) -> str:
    table: dict[str, str] = structure()["looks"]["skins"]
    return next((name for name, colour in table.items() if colour == skin), "olive")


def _grows(style: str, skin: str, life: Life, *, curls: bool) -> bool:
    """Whether somebody has such hair unless the text says otherwise."""
    if style == "curly" and life.sex == "man" and life.age == "elder":
        return _tone(skin) in DARK
    if style == "bald":
        return life.age == "elder" or (life.years or 0) >= BALDING
    if style in GIRLISH and life.sex == "woman":
        return life.age != "elder" and (life.years or 0) < GROWN_HAIR
    african = _tone(skin) == "deep" or (_tone(skin) in DARK and curls)
    return style != "afro" or (african and life.age != "elder")


DYES = ("copper", "pink", "blue", "green", "purple")
"""Colours of hair that nobody is born with: no child has them of a mother."""
BALDING, GROWN_HAIR, GIRLISH = 46, 40, ("long", "ponytail", "wavy")
"""From when on men lose their hair, from when on women seldom wear it like girls, and how girls do."""


def _shades(story: Story, one: Wanted, life: Life, skin: str, kin: Look | None) -> list[str]:
    """Grey with the years, dark with dark skin, and the family's own where there is one."""
    tables = structure()["looks"]
    dice = story.dice.child("look", one.name)
    at_home = local_hair(story.told, one.name, story.language)
    young = at_home or tables["young_hair"]
    names = dice.order(tables["old_hair"] if life.age == "elder" else young, "colour")
    if _tone(skin) != "light":
        names = [name for name in names if name in DARK_HAIR]
    names = [name for name in names if name != "blond" or _tone(skin) == "light"]
    if life.grey:
        names = ["grey", *names]
    shades = [tables["hair"][name] for name in names]
    old = [tables["hair"][name] for name in tables["old_hair"]]
    dyed = kin is not None and kin.hair_told and kin.hair_colour in [tables["hair"][one] for one in DYES]
    if kin and not dyed and kin.hair_colour not in old and life.age != "elder" and not life.grey:
        return [kin.hair_colour]
    return shades


def _head(
    styles: list[str], shades: list[str], before: list[Look], rest: frozenset[HairStyle]
) -> tuple[str, str]:
    """Hair that nobody else in the cast has, nor will have: another style, else another colour."""
    taken = {look.hair_style for look in before} | rest
    heads = {(look.hair_style, look.hair_colour) for look in before}
    ordered = sorted(styles, key=lambda style: style in taken)
    free = [(style, shade) for style in ordered for shade in shades if (style, shade) not in heads]
    return free[0] if free else (ordered[0], shades[0])


def _outfit(story: Story, one: Wanted, life: Life) -> Outfit | None:
    """What role or deeds ask for; nobody wears the clothes of a trade they gave up."""
    called = re.search(rf"([a-zà-ÿ-]+(?: d[aeo]l? [a-zà-ÿ]+)?) {re.escape(one.name)}(?!\w)", story.told)
    text = f"{one.title} {one.role} {called.group(1) if called else ''}".strip()
    language, woman = story.language, life.sex == "woman"
    if is_former(one.role, language):
        return outfit_for("retired", woman=woman)
    trade = uniform_of(text, life.trade, language) or life.trade
    if trade == "judge" and re.search(
        bank(language)["people"]["contests"]["marks"], story.told, re.IGNORECASE
    ):
        court = re.search(
            bank(language)["people"]["contests"]["court"], f"{story.told} {text}", re.IGNORECASE
        )
        trade = trade if court else "show_judge"
    if trade:
        return outfit_for(trade, woman=woman)
    return outfit_for("retired", woman=woman) if life.age == "elder" and not one.role else None


def _garment(story: Story, life: Life, before: list[Look]) -> Garment:
    tables = structure()["looks"]
    choice: list[Garment] = tables["child_garments" if life.age == "child" else f"{life.sex}_garments"]
    taken = {look.garment for look in before}
    ordered = story.dice.order(choice, "garment", len(before))
    if life.age == "elder":
        ordered = [garment for garment in ordered if garment != "t_shirt"]
    return next((garment for garment in ordered if garment not in taken), ordered[0])


def _accessory(story: Story, one: Wanted, life: Life) -> Accessory:
    if life.age == "child" or (life.years or OLD) < GROWN_UP:
        return "none"
    choice: list[Accessory] = structure()["looks"][f"{life.sex}_accessories"]
    return story.dice.pick(choice, "accessory", one.name)
