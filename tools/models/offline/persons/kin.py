"""Who is of whose family, and what that makes of age and looks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from state.script import Language, Presentation
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

Bond = Literal[
    "child", "parent", "grandchild", "grandparent", "sibling", "elder", "younger", "cousin", "spouse"
]
ACROSS: dict[Bond, Bond] = {
    "child": "parent", "parent": "child", "grandchild": "grandparent", "grandparent": "grandchild",
    "sibling": "sibling", "elder": "younger", "younger": "elder", "cousin": "cousin", "spouse": "spouse",
}  # fmt: skip
YEARS: dict[Bond, int] = {
    "child": -28, "parent": 28, "grandchild": -52, "grandparent": 52, "sibling": 0, "elder": 25,
    "younger": -25, "cousin": 0, "spouse": 0,
}  # fmt: skip
"""How much older than the other the person is."""
REACH = 40
OF_ANOTHER = "(?:of|and|de|del|do|da|y|e|with|con|com|to|for|a|para)"
"""Between a word for kin and a name: then it is another one's name."""


@dataclass(frozen=True, kw_only=True)
class Relative:
    """A person as far as families need to know."""

    name: str
    role: str
    sex: Presentation | None


@dataclass(frozen=True, kw_only=True)
class Link:
    """`one` is the `bond` of `other`."""

    one: str
    other: str
    bond: Bond
    blood: bool


def links_between(
    people: Sequence[Relative], text: str, language: Language, years: Mapping[str, int | None] | None = None
) -> tuple[Link, ...]:
    """The families of a cast, as roles, text and told ages tell."""
    words = bank(language)["people"]["kin"]
    bonds: dict[str, Bond] = {word: bond for bond in ACROSS for word in words[bond].split()}
    not_blood = set(words["not_blood"].split())
    found: list[Link] = []
    for person in people:
        word = _kin_word(person, text, bonds)
        able = [one for one in people if not word or _can_be(person, one, bonds[word], years or {})]
        other = _other(person, word, able, text, bonds) if word else None
        if other:
            bond = bonds[word]
            found.append(
                Link(
                    one=person.name,
                    other=other.name,
                    bond=bond,
                    blood=bond != "spouse" and word not in not_blood,
                )
            )
    return tuple(found)


def _can_be(person: Relative, other: Relative, bond: Bond, years: Mapping[str, int | None]) -> bool:
    """Whether told ages allow the bond: nobody is the grandchild of a man of twenty-six."""
    one, two, gap = years.get(person.name), years.get(other.name), YEARS[bond]
    if one is None or two is None or abs(gap) < YEARS["parent"]:
        return True
    return (one - two) * (1 if gap > 0 else -1) >= abs(gap) // 2


def _kin_word(person: Relative, text: str, bonds: dict[str, Bond]) -> str:
    for said in re.findall(r"[\w-]+", person.role.lower()):
        if said in bonds:
            return str(said)
    words = "|".join(sorted(bonds, key=len, reverse=True))
    name = re.escape(person.name.split()[0])
    # `el hijo de Elvira`, `her son and Elvira`: that is not said of her.
    before = re.search(rf"(?<![\w-])({words})(?: (?!{OF_ANOTHER} )[a-zà-ÿ]+)?,? {name}(?!\w)", text)
    after = re.search(rf"(?<!\w){name}, (?:[a-zà-ÿ]+ ){{1,2}}?({words})(?![\w-])", text)
    titled = re.search(
        rf"(?<![\w-])({words})(?: [a-zà-ÿ]+)?, (?:the|el|la|o|a) [a-zà-ÿ ]{{3,24}} {name}(?!\w)", text
    )
    found = before or after or titled
    return str(found.group(1)) if found else ""


def _other(
    person: Relative, word: str, people: Sequence[Relative], text: str, bonds: dict[str, Bond]
) -> Relative | None:
    others = [one for one in people if one.name != person.name]
    told = [one for one in others if _is_owner(one, word, f"{person.role}\n{text}")]
    if told:
        return told[0]
    wanted = ACROSS[bonds[word]]
    mirrored = [one for one in others if any(bonds.get(said) == wanted for said in _words(one.role))]
    if mirrored:
        return mirrored[0]
    place = text.find(person.name.split()[0])
    place = place if place >= 0 else text.lower().find(word)
    before = [(text.rfind(one.name.split()[0], 0, max(place, 0)), one) for one in others]
    near = [(at, one) for at, one in before if at >= 0]
    sex = _owner_sex(word, text[: place + 1] + person.role, person)
    fitting = [pair for pair in near if sex is None or pair[1].sex in (sex, None)]
    family = [pair for pair in fitting or near if any(said in bonds for said in _words(pair[1].role))]
    if fitting or near:
        return max(family or fitting or near, key=lambda pair: pair[0])[1]
    return others[0] if others else None


def _words(role: str) -> list[str]:
    return re.findall(r"[\w-]+", role.lower())


def _is_owner(one: Relative, word: str, text: str) -> bool:
    name = re.escape(one.name.split()[0])
    pattern = (
        rf"(?<!\w){name}['\u2019]s (?:\w+ ){{0,2}}{word}(?!\w)|(?<!\w){word} (?:of|de|del|do|da) {name}(?!\w)"
    )
    return re.search(pattern, text) is not None


def _owner_sex(word: str, before: str, person: Relative) -> Presentation | None:
    """`her estranged son`: the family of a woman; other tongues do not say."""
    found = re.findall(
        rf"(?<!\w)(her|his) (?:[\w-]+ ){{0,2}}{word}(?!\w)", f"{before} {person.role}", re.IGNORECASE
    )
    if not found:
        return None
    return "woman" if found[-1].lower() == "her" else "man"


def families(links: Sequence[Link], names: Sequence[str]) -> dict[str, str]:
    """For everybody the first of the blood family they belong to."""
    head = {name: name for name in names}
    for link in links:
        if link.blood:
            one, other = head[link.one], head[link.other]
            first = min((one, other), key=list(names).index)
            head = {name: first if of in (one, other) else of for name, of in head.items()}
    return head


def fitted_years(
    told: dict[str, int | None], links: Sequence[Link], grown: frozenset[str]
) -> dict[str, int | None]:
    """Years that fit the family: a mother is older than her child; `grown` have a trade."""
    years = dict(told)
    for link in [*links, *links]:
        one, other = years[link.one], years[link.other]
        gap = YEARS[link.bond]
        if one is None and other is not None:
            least = 25 if link.bond == "grandchild" else 30
            years[link.one] = _believed(_kept(max(other + gap, 8), link.one in grown, least))
        elif other is None and one is not None:
            years[link.other] = _believed(_kept(max(one - gap, 8), link.other in grown))
        elif one is None and other is None:
            younger, elder = (link.one, link.other) if gap < 0 else (link.other, link.one)
            married = link.bond == "spouse"
            if not gap:
                years[link.one] = years[link.other] = 36 if married or {link.one, link.other} & grown else 27
            if gap:
                years[younger] = 34 if younger in grown else 24
                years[elder] = (years[younger] or 24) + abs(gap)
    return years


OLDEST, A_PARENT = 90, 60
"""Nobody is older for a family's sake: then the family was read wrong, and a parent is as old as most."""


def _believed(years: int) -> int:
    return years if years <= OLDEST else A_PARENT


def _kept(years: int, grown: bool, least: int = 30) -> int:
    return max(years, least) if grown else years


def family_roles(
    people: Sequence[Relative], years: dict[str, int | None], text: str, language: Language
) -> dict[str, Bond]:
    """Who is parent and who child where a text tells it of a whole family: `the Okafors`, `Dad`."""
    words = bank(language)["people"]["kin"]
    theirs = {"en": "their", "es": "su|sus", "pt-BR": "seu|sua|seus|suas"}[language]
    children = "|".join(words["child"].split())
    raised = re.search(rf"(?<!\w)(?:{theirs}) (?:[\w-]+ )?(?:{children})(?!\w)", text, re.IGNORECASE)
    wed = [one for one in people if raised and set(_words(one.role)) & set(words["spouse"].split())]
    called = [one for one in people if one.name.lower() in words["parent"].split()]
    roles: dict[str, Bond] = {one.name: "parent" for one in wed} if len(wed) > 1 else {}
    if not roles and not called:
        return {}
    for one in people:
        age = years.get(one.name)
        if not one.role and one.name not in roles and age is not None and age < OF_AGE:
            roles[one.name] = "child"
    return roles


OF_AGE = 18
