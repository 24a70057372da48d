"""What somebody looks like, as their role and the sentences about them say: it goes before any guess."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from state.script import Accessory, Garment, HairStyle, Language, Presentation
from tools.models.offline.brief.casting_notes import gone_on_about, noted_of
from tools.models.offline.persons.hair_told import straight_hair, told_hair_colour
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank, structure
from tools.models.offline.words.names import short_name

Beard = Literal["none", "stubble", "moustache", "full", "goatee"]
Build = Literal["slim", "usual", "stout"]
Stature = Literal["short", "usual", "tall"]
Pattern = Literal["checks", "stripes", "flowers", "dots"]
APPOSITION = 48
"""Characters behind a name in which a text says how somebody is built."""
NEAR = 4
"""Words between what leads in something worn and its noun, and from the noun to its colour."""
NEW_TIMES = 1950
EARLY = 260
"""Characters of a brief in which its year is told."""
PAPERS = (
    "(?:photo|foto|letter|cart|postcard|map|coin|moneda|moeda|reloj|watch|record|disco|book|libro|livro|card"
    "|since|desde|until|hasta|até)"
)
"""What keeps an older year than the story's."""


@dataclass(frozen=True, kw_only=True)
class Described:
    """What a text says of somebody's look; None where it says nothing."""

    garment: Garment | None = None
    colour: str | None = None
    accessory: Accessory | None = None
    accessory_colour: str | None = None
    also: Accessory | None = None
    also_colour: str | None = None
    beard: Beard | None = None
    hair: HairStyle | None = None
    hair_colour: str | None = None
    fringe: bool = False
    straight: bool = False
    brows: Literal["thin", "thick"] | None = None
    freckles: bool = False
    pattern: Pattern | None = None
    buttons_colour: str | None = None
    shorts: bool = False
    barefoot: bool = False
    under: Garment | None = None
    under_colour: str | None = None
    under_pattern: Pattern | None = None
    glasses: bool = False
    glasses_colour: str | None = None
    glasses_dark: bool = False
    glasses_chain: bool = False
    glasses_up: bool = False
    eyepatch: bool = False
    build: Build | None = None
    stature: Stature | None = None
    skin: str | None = None

    @property
    def any_clothes(self) -> bool:
        """Whether the text dresses them: then nothing is added to it."""
        return bool(self.garment or self.accessory or self.colour)

    @property
    def any_head(self) -> bool:
        """Whether the text draws their head: then no beard, hat or glasses are added to it."""
        return bool(self.hair or self.hair_colour or self.fringe or self.brows or self.glasses)


def described(name: str, role: str, text: str, others: Sequence[str], language: Language) -> Described:
    """Everything that the role and then the text say of somebody."""
    own = _told_of(name, text, others, language)
    parts = own.split(" . ")
    behind = [f", {one}" for part in parts for one in _listed_behind(part)]
    beside = " . ".join([*filter(BESIDE.match, parts), *behind, *_before(name, text)])
    told = _read(role, language, listed=True)
    for further in (_read(beside, language, listed=True, prose=True), _read(own, language, listed=False)):
        told = completed(told, further)
    return told


BESIDE = re.compile(r"\s*(?:[,(:]|(?:who |que )?(?:is|tiene|tem|es|é) (?!(?:the|el|la|o|a) ))")
"""How words begin that go on about a name: `, 44, tall`, `tem 44 anos, é baixinha`."""


def _listed_behind(part: str) -> list[str]:
    """`comes in: a widower of fifty, grey beard`: what a colon lists of whoever did it."""
    found = re.match(r"[^:]+: (?P<list>(?:(?:an?|una?|uma?|um) )?.*)", part, re.DOTALL)
    listed = found["list"] if found else ""
    return [listed] if listed.count(",") > 1 or re.match(r"(?:an?|una?|uma?|um) [^,]*,", listed) else []


def completed(told: Described, further: Described) -> Described:
    """What is told first counts; a garment keeps its own colour, and what is worn its own companions."""
    values = {key: value or getattr(further, key) for key, value in vars(told).items()}
    kept: tuple[str, ...] = ()
    kept += ("colour", "pattern", "under", "under_colour", "under_pattern") if told.garment else ()
    kept += ("accessory_colour", "also", "also_colour") if told.accessory else ()
    return Described(**{**values, **{key: getattr(told, key) for key in kept}})


def told_sex(role: str, language: Language) -> Presentation | None:
    """A man by his beard, a woman by her dress; None where a role tells of neither."""
    told = _read(role, language, listed=True)
    if told.beard:
        # Of a woman nobody says that she has shaved.
        return "man"
    own = _possessed(role) if language == "en" else None
    if own:
        return own
    if language != "en" and (ending := BUILT.search(role)):
        return "woman" if ending.group(1).lower() == "a" else "man"
    womanly = told.garment in ("dress", "blouse", "sari") or told.also == "mantilla"
    return "woman" if womanly or told.accessory in ("mantilla", "flower") else None


BUILT = re.compile(
    r"(?:^|[,;:]|(?<!\w)(?:y|e|muy|algo|bem|meio))\s*"
    r"(?:corpulent|robust|fornid|gord|gordit|delgad|flac|flaquit|magr|menud|miúd|alt|baj|baix|encorvad)([oa])(?!\w)",
    re.IGNORECASE,
)
"""What ends as the person is, where it stands for itself: `guardia, corpulento`, no `voz baja`."""
OWN = "neck|ear|hair|forehead|head|nose|chin|chest|lap|shoulders?|hip|belt|lapel|beard|throat|wrist|hands"


def _possessed(role: str) -> Presentation | None:
    """`A tape measure round his neck` is a man's."""
    found = re.search(rf"(?<!\w)(his|her) (?:[\w-]+ ){{0,2}}?(?:{OWN})(?!\w)", role, re.IGNORECASE)
    return None if found is None else "man" if found.group(1).lower() == "his" else "woman"


def without_figures(text: str, language: Language) -> str:
    """The text without its figures of speech: `with the authority of a general` names no soldier."""
    return re.sub(rf"(?<!\w)(?:{bank(language)['looks']['figures']})", "", text, flags=re.IGNORECASE)


def is_fair(role: str, language: Language) -> bool:
    """Whether a role comes from a country where skins are light: `soprano italiana`."""
    fair = bank(language)["looks"]["more"]["fair"]
    return (
        re.search(rf"(?<![\w-])(?:{fair})(?![\w-])(?! (?:teacher|lesson))", role, re.IGNORECASE) is not None
    )


def is_past(text: str, language: Language, *, until: int = NEW_TIMES) -> bool:
    """Whether a brief plays before the clothes of today."""
    years = [
        int(found.group(1))
        for found in re.finditer(r"(?<![\w.,$€£])(1[0-9]{3}|20\d\d)(?![\w%]|[.,]\d)", text)
        if not re.search(rf"{PAPERS}[^.,;]{{0,16}}$", text[: found.start()], re.IGNORECASE)
        and found.start() < EARLY
    ]
    if years:
        return max(years) < until
    past = bank(language)["looks"]["times"]["past"]
    return re.search(rf"(?<!\w)(?:{past})(?!\w)", text, re.IGNORECASE) is not None


STRANGER = r"(?<=\w )[A-ZÀ-Ý]\w+(?=, (?:\d|an? |una? |um |uma |viej|velh|old |young |joven |jovem ))"
"""A name with an apposition of its own, whether they are in the cast or not."""


def _before(name: str, text: str) -> list[str]:
    """`A woman in a camel coat, forty, Mercedes Ugarte, walks in`: what stands before the name."""
    opening = rf"(?:^|[.!?\n] ?)(?:An?|Una?|Um|Uma) ([a-zà-ÿ][^.!?;\n]{{0,120}}), {re.escape(name)}(?!\w)"
    found = re.search(opening, text)
    return [f", {found.group(1)}"] if found and not re.search(r"[A-ZÀ-Ý]", found.group(1)) else []


def _told_of(name: str, text: str, others: Sequence[str], language: Language) -> str:
    """What follows a name, up to the next person or the end of the sentence; what brackets hold is theirs."""
    first = re.escape(short_name(name))
    if not first:
        return ""
    ends = [re.escape(short_name(one)) for one in others if one and short_name(one) != short_name(name)]
    somebody = rf"{bank(language)['looks']['somebody']}|{STRANGER}"
    stop = "|".join([r"[.!?;\n]", rf"(?<!\w)(?:{somebody})(?!\w)", *(rf"(?<!\w){one}(?!\w)" for one in ends)])
    name_ = rf"(?<!\w)(?:{re.escape(name)}|{first})(?!\w)"
    noted = noted_of(name, text) + gone_on_about(name, text, others)
    found = re.finditer(rf"{name_}(.*?)(?:{stop}|$)", text, re.DOTALL)
    return " . ".join([*(f", {one}" for one in noted), *(one.group(1) for one in found)])


def _read(text: str, language: Language, *, listed: bool, prose: bool = False) -> Described:
    text = without_figures(text, language)
    looks, names = bank(language)["looks"], structure()
    garments = list(_worn(text, looks["garments"], looks, listed=listed, prose=prose))
    garments = garments if listed else [one for one in garments if one[0] not in FOR_THE_NIGHT]
    garment, place = _main(garments, text, looks)
    under, beneath = _beneath(text, garments, place)
    things = _two(list(_worn(text, looks["accessories"], looks, listed=listed, prose=prose)))
    colour = _colour(text, place, looks) if garment else _all_over(text, looks)
    shades = [_colour(text, at, looks) for _, at in things]
    worn = [key for key, _ in things] + ["", ""]
    if garment == "coat" and not colour and WHITE_COATS.search(text[max(place, 0) :]):
        colour = "white"
    if garment == "bridal":
        garment, worn, colour = "dress", ["flower", ""], colour or "white"
    lining = _colour(text, beneath, looks) if under else ""
    glass = _place_of(looks["more"]["glasses"], text)
    frame = _colour(text, glass, looks) if glass >= 0 else ""
    more = looks["more"]
    buttons = next((key for key in ("brass", "silver") if _pattern(more[key]).search(text)), "")
    build = text if listed else " . ".join(part[:APPOSITION] for part in text.split(" . "))
    skin = _first(build, looks["skins"], looks) or _first(build, looks["origins"], looks)
    return Described(
        garment=garment or None,  # type: ignore[arg-type]  # a key of the table is one of its words
        colour=names["colours"][colour] if colour else None,
        accessory=worn[0] or None,  # type: ignore[arg-type]  # as above
        accessory_colour=names["colours"][shades[0]] if worn[0] and shades and shades[0] else None,
        also=worn[1] or None,  # type: ignore[arg-type]  # as above
        also_colour=names["colours"][shades[1]] if worn[1] and len(shades) > 1 and shades[1] else None,
        pattern=_print(text, place, looks) if garment else None,
        shorts=bool(_first(text, {"shorts": more["shorts"]}, looks)),
        barefoot=bool(_first(text, {"barefoot": more["barefoot"]}, looks)),
        buttons_colour=BUTTONS.get(buttons),
        under=under or None,  # type: ignore[arg-type]  # as above
        under_colour=names["colours"][lining] if lining else None,
        under_pattern=_print(text, beneath, looks) if under else None,
        beard=_first(text, looks["beards"], looks) or None,  # type: ignore[arg-type]  # as above
        hair=_first(text, looks["hair"], looks) or None,  # type: ignore[arg-type]  # as above
        hair_colour=told_hair_colour(text, looks),
        fringe=bool(_first(text, {"fringe": more["fringe"]}, looks)),
        straight=straight_hair(text, looks),
        brows=_first(text, {"thick": more["thick_brows"], "thin": more["thin_brows"]}, looks) or None,  # type: ignore[arg-type]  # as above
        freckles=bool(_first(text, {"freckles": more["freckles"]}, looks)),
        glasses=_own_glasses(text, looks, listed=listed),
        glasses_colour=names["colours"][frame] if frame else None,
        glasses_dark=bool(_first(text, {"dark": more["dark_glasses"]}, looks)),
        glasses_chain=bool(_first(text, {"chain": looks["more"]["chain"]}, looks)),
        glasses_up=bool(_first(text, {"up": looks["more"]["in_hair"]}, looks)),
        eyepatch=bool(_first(text, {"eyepatch": looks["more"]["eyepatch"]}, looks)),
        build=_first(build, looks["builds"], looks) or None,  # type: ignore[arg-type]  # as above
        stature=_first(build, looks["statures"], looks) or None,  # type: ignore[arg-type]  # as above
        skin=names["looks"]["skins"][skin] if skin else None,
    )


WHITE_COATS = re.compile(
    r"(?:bata|jaleco|avental|gabacha) (?:de |d[ao] )?(?:médic|doctor|doutor|dentist|odont|enferm|veterin"
    r"|farmac|boticar|laborat|químic)|lab coat|jaleco"
    r"|(?:doctor|dentist|vet|chemist|nurse|judge|scientist)['\u2019]s (?:\w+ )?coat",
    re.IGNORECASE,
)
"""Coats that are white unless a colour is told."""
BUTTONS = {"brass": "#d8b04a", "silver": "#c9ccd2"}
FOR_THE_NIGHT = ("pyjamas",)
"""What a sentence of the story puts on somebody for one night, and nobody wears by day."""
INNER = ("sweater", "hoodie", "t_shirt", "blouse", "dress", "shirt", "polo")
"""What may be worn under something else."""


def _main(garments: list[tuple[str, int]], text: str, looks: Table) -> tuple[str, int]:
    """What is worn over the rest, or what is told first: `a grey dress and a cardigan`."""
    told = sorted(garments, key=lambda one: one[1])
    for (first, at), (second, then) in pairwise(told):
        between = text[at:then]
        if _pattern(looks["over"]).search(between):
            return first, at
        if _pattern(looks["under"]).search(between):
            return second, then
    if garments and garments[0][0] in INNER:
        return min(garments, key=lambda one: one[1])
    return garments[0] if garments else ("", -1)


def _apart(text: str, one: int, other: int) -> bool:
    """Whether two nouns are two garments: `football shirt` is one."""
    between = text[min(one, other) : max(one, other)]
    return len(between) > len("football ") or bool(re.search(r"[,;.]", between))


def _beneath(text: str, garments: list[tuple[str, int]], place: int) -> tuple[str, int]:
    """What is seen under the main garment, and where it stands."""
    others = [(key, at) for key, at in garments if _apart(text, at, place) and key not in OUTER]
    return others[0] if others and place >= 0 else ("", -1)


OUTER = ("coat", "jacket", "poncho", "robe", "cassock", "hi_vis", "suit")
"""What is under nothing."""


def _print(text: str, place: int, looks: Table) -> Pattern | None:
    """What is printed on the cloth whose noun stands there."""
    near = _beside(text, place, looks)
    return next((key for key, words in looks["patterns"].items() if _pattern(words).search(near)), None)


def _place_of(words: str, text: str) -> int:
    found = _pattern(words).search(text)
    return found.start() if found else -1


HEADWEAR = (
    "hat", "cap", "headscarf", "straw_hat", "helmet", "head_wrap", "beret", "peaked_cap", "chef_hat",
    "mantilla", "knit_cap", "flat_cap", "skullcap", "cloche",
)  # fmt: skip


def _two(things: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The two things that are worn together: one head carries one hat, one noun is one thing."""
    kept: list[tuple[str, int]] = []
    for key, place in things:
        hat = key in HEADWEAR and any(other in HEADWEAR for other, _ in kept)
        if not hat and all(abs(place - at) > len("hat ") for _, at in kept):
            kept.append((key, place))
    return kept[:2]


@lru_cache(maxsize=512)
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


def _worn(
    text: str, table: dict[str, str], looks: Table, *, listed: bool, prose: bool
) -> Iterator[tuple[str, int]]:
    """What of the table is worn, and where its noun stands."""
    leads = _pattern(looks["worn"])
    for key, words in table.items():
        for found in _pattern(words).finditer(text):
            before = re.split(r"[,;:.()\u2014]", text[: found.start()])[-1]
            near = " ".join(before.split()[-NEAR:])
            plain = [word for word in before.split() if not _is_shade(word, looks)]
            item = listed and re.search(r"[,;:.(]", text[: found.start()]) and len(plain) <= 2
            item = item or (listed and not prose and _opens(text, found))
            # In a sentence a list goes on with nouns: `buys a coat` is no part of it.
            item = item and not (prose and _pattern(looks["article"]).search(" ".join(before.split()[1:])))
            # `Vestido de luto` is dressed in it, `un vestido azul` is a dress.
            led = leads.search(near) or (key != "dress" and leads.fullmatch(found.group().split()[0]))
            carried = (prose or not listed) and key in CARRIED and not _is_round(text, found)
            if (item or (led and not carried)) and not _pattern(looks["negated"]).search(near):
                yield key, found.start()
                break


CARRIED = ("tape_measure",)
"""What a sentence may put into a hand: round the neck it is worn."""
NECK = re.compile(
    r"(?:(?:his|her|the) neck|al cuello|(?:en|del) (?:el )?cuello|no pescoço|ao pescoço)", re.IGNORECASE
)


def _is_round(text: str, found: re.Match[str]) -> bool:
    """Whether the words that follow put it round a neck."""
    return NECK.search(re.split(r"[.;]", text[found.end() :])[0][:REACH]) is not None


REACH = 40


def _is_shade(word: str, looks: Table) -> bool:
    """A word for a colour says only what the noun behind it is like: `long black concert coat`."""
    return any(_pattern(words).fullmatch(word) for words in looks["colours"].values())


def _opens(text: str, found: re.Match[str]) -> bool:
    """Whether a card begins with it: `Blue polo, shorts`; a `hat seller` wears none."""
    alone = re.match(r"\s*(?:$|[,;.(]|(?:and|with|y|con|e|com)\b)", text[found.end() :])
    whole = " " in found.group() or "-" in found.group()
    before = text[: found.start()]
    return (alone is not None or whole) and len(before.split()) <= 2 and not re.search(r"[,;:.(]", before)


def _first(text: str, table: dict[str, str], looks: Table) -> str:
    for key, words in table.items():
        for found in _pattern(words).finditer(text):
            near = " ".join(re.split(r"[,;:.]", text[: found.start()])[-1].split()[-2:])
            if not _pattern(looks["negated"]).search(near):
                return str(key)
    return ""


ANOTHERS = re.compile(
    r"(?:(?<!\w)(?:les?|lhes?) [\w-]+(?: \w+){0,2}|['\u2019]s|(?<!\w)(?:finds?|picks? up|hands?|gives?"
    r"|offers?|encuentra|recoge|entrega|encontra|acha|recolhe|limpia|mends?|repairs?)(?: \w+){0,2})\s$",
    re.IGNORECASE,
)
"""Before glasses that are somebody else's, or lie about: `le quita las gafas a Álvaro`."""


def _own_glasses(text: str, looks: Table, *, listed: bool) -> bool:
    """Whether they wear glasses; a sentence may tell of another's."""
    words = looks["more"]["glasses"]
    if listed:
        return bool(_first(text, {"glasses": words}, looks))
    clear = [one for one in _pattern(words).finditer(text) if not ANOTHERS.search(text[: one.start()])]
    return bool(clear) and bool(_first(text, {"glasses": words}, looks))


STUFFS = ("denim", "pale", "dark", "leather", "linen")
"""A cloth's own colour counts where no other one is told: `blue linen` is blue."""


def _colour(text: str, place: int, looks: Table) -> str:
    """The colour beside a garment: `white linen suit`, `terno de linho branco`."""
    near = _beside(text, place, looks)
    names = sorted(looks["colours"], key=lambda one: (one in STUFFS, "|" not in looks["colours"][one]))
    for key in names:
        found = _pattern(looks["colours"][key]).search(near)
        if found and not _longer(found.group(), near, looks):
            return str(key)
    return ""


def _beside(text: str, place: int, looks: Table) -> str:
    """The words around a thing's noun that are its own."""
    # Its own words end where the next thing begins: `a blue coat with a red scarf`.
    before = re.split(rf"[,;:.]|(?<!\w)(?:{looks['next']})(?!\w)", text[:place])[-1].split()[-NEAR + 1 :]
    after = re.split(rf"[,;:.]|(?<!\w)(?:{looks['next']})(?!\w)", text[place:])[0].split()[: NEAR + 1]
    return " ".join([*before, *after])


def _longer(said: str, near: str, looks: Table) -> bool:
    """Whether the word is part of a longer colour: `blue` in `navy blue`."""
    for words in looks["colours"].values():
        longer = _pattern(words).search(near)
        if longer and len(longer.group()) > len(said) and said in longer.group():
            return True
    return False


def _all_over(text: str, looks: Table) -> str:
    """`dressed in white`, `viste de negro`, `toda de blanco`: a colour without a garment."""
    dressed = looks["dressed"]
    for key, words in looks["colours"].items():
        if re.search(rf"(?<!\w)(?:{dressed}) (?:{words})(?!\w)", text, re.IGNORECASE):
            return str(key)
    return ""
