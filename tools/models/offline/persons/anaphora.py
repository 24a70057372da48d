"""Whom `the colonel`, `su abuelo` or `o guri` means, where it can be somebody who has a name."""

from collections.abc import Sequence
from dataclasses import dataclass

from state.script import Language, Presentation
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.kin import ACROSS, Bond
from tools.models.offline.persons.trades import trade_in
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.names import is_given_name, sex_of_name

WORD = re.compile(r"[^\W\d_]+(?:[\u2019'-][^\W\d_]+)*")
YOUNG_AT_MOST, GROWN_AT_LEAST = 25, 16
HEIR_AT_MOST = 35
"""Until then somebody's grandson is `o rapaz`."""
YOUNGER = frozenset(("younger", "youngest", "menor", "caçula"))
HONOURED = ("don ", "dom ", "padre ", "father ", "fray ", "frei ")
"""How a priest is called whose calling the name does not say."""
ARTICLES = frozenset(("the", "el", "la", "o", "a", "los", "las", "os", "as"))
BY_ARTICLE: dict[str, Presentation] = {"el": "man", "la": "woman", "o": "man", "a": "woman"}
"""What an article says of whom the brief calls by a noun alone."""
OF = re.compile(r" (?:who|that|which|of|with|in|from|at|de|del|do|da|que|com|con|quien|quem)(?!\w)")


@dataclass(frozen=True, kw_only=True)
class Known:
    """Somebody of the brief, as far as it matters who is meant."""

    name: str
    role: str = ""
    sex: Presentation | None = None
    years: int | None = None


def known_person(
    name: str, role: str, language: Language, *, sex: Presentation | None = None, years: int | None = None
) -> Known:
    """A person with the sex that role or name tells, unless it is known."""
    told = sex or _sex_of_role(role, language) or (sex_of_name(name.split()[0]) if name else None)
    told = told or sex_of_words(called_by(name), language) or sex_of_article(name)
    return Known(name=name, role=role, sex=told, years=years)


def _sex_of_role(role: str, language: Language) -> Presentation | None:
    """`la fiscal`, `24, hija del dueño`; an article counts at the head alone: no man has `un pendiente`."""
    heads = role_heads(role)
    small = grammar_of(language).determiners
    plain = [word for word in heads if word not in small]
    begins = role.lower().split()[:1]
    return sex_of_words(plain, language) or sex_of_words([one for one in begins if one in small], language)


def sex_of_article(name: str) -> Presentation | None:
    """`El escolta`, `La jueza`: whom the brief calls by a noun alone, as its article says."""
    first, _, noun = name.partition(" ")
    return BY_ARTICLE.get(first.lower()) if noun and noun[0].islower() else None


def called_by(name: str) -> list[str]:
    """What somebody is called that is no name: `taxista` for `El taxista`, `coronel` for `Coronel Falcão`."""
    parts = [part.lower() for part in WORD.findall(name)]
    if parts and parts[0] in ARTICLES:
        return parts[1:]
    return parts[:1] if len(parts) > 1 and not is_given_name(parts[0]) else []


def may_mean(noun: str, known: Sequence[Known], language: Language, *, plain: bool = True) -> list[Known]:
    """Everybody whom a definite phrase with this noun can mean: by role, trade, family, sex and age.

    Without `plain` the phrase says which one, `the man at the next table`: sex and age say nothing then.
    """
    word = noun.lower()
    exact = [
        one
        for one in known
        if word in {*role_heads(one.role), *called_by(one.name), *_honours(one, language)}
    ]
    told = exact or _by_family(word, known, language) or _by_trade(word, known, language)
    told = told or _priest(word, known, language)
    return told or (_by_figure(word, known, language) if plain else [])


def role_heads(role: str) -> list[str]:
    """What a role says somebody is, part by part: `sobrino y ayudante`, `harbour pilot, 40`."""
    parts = re.split(r"[,;]| (?:y|e|and|&) ", role.lower())
    return [word for part in parts for word in WORD.findall(OF.split(part)[0])]


def _honours(one: Known, language: Language) -> list[str]:
    honours: dict[str, str] = bank(language)["reading"].get("honours", {})
    first = one.name.split()[0].rstrip(".") if one.name else ""
    return [honours[first]] if first in honours else []


def sex_of_words(said: Sequence[str], language: Language) -> Presentation | None:
    """Woman or man, as the first of some words tells that only one of them is called."""
    tables, reading = bank(language)["people"], bank(language)["reading"]
    women = {
        *tables["sexes"]["women"].split(),
        *reading["women"]["words"],
        *tables["generic"]["woman"].split(),
    }
    men = {*tables["sexes"]["men"].split(), *reading["men"]["words"], *tables["generic"]["man"].split()}
    for word in said:
        if word not in ("her", "his", "she", "he", "ella", "él", "ela", "ele") and (word in women) != (
            word in men
        ):
            return "woman" if word in women else "man"
    return None


def _bonds(language: Language) -> dict[str, Bond]:
    words = bank(language)["people"]["kin"]
    return {word: bond for bond in ACROSS for word in words[bond].split()}


def _by_family(word: str, known: Sequence[Known], language: Language) -> list[Known]:
    """`su abuelo` where a granddaughter is there: the man beside her."""
    bonds = _bonds(language)
    if word not in bonds:
        return []
    sex = sex_of_words([word], language)
    bearers = [
        one for one in known if any(bonds.get(said) == ACROSS[bonds[word]] for said in role_heads(one.role))
    ]
    if not bearers:
        return []
    free = [one for one in known if one.sex in (sex, None) and [one] != bearers]
    return [one for one in free if _can_be(bonds[word], one, bonds) and _fits(bonds[word], one, bearers)]


def _can_be(bond: Bond, one: Known, bonds: dict[str, Bond]) -> bool:
    """Nobody is two generations at once, as far as the brief says."""
    own = {bonds[said] for said in role_heads(one.role) if said in bonds}
    return not own or bond in own or bool(own & {"spouse", "sibling", "cousin", "elder", "younger"})


def _fits(bond: Bond, one: Known, bearers: Sequence[Known]) -> bool:
    years = [other.years for other in bearers if other is not one and other.years]
    if one.years is None or not years:
        return True
    if bond in ("parent", "grandparent", "elder"):
        return one.years > min(years)
    return bond in ("spouse", "sibling", "cousin") or one.years < max(years)


LOOSE = ("sport", "craft", "clerk", "agent")
"""Trades of many callings: the referee is no goalkeeper."""


def _by_trade(word: str, known: Sequence[Known], language: Language) -> list[Known]:
    """`the cabbie` where somebody is a taxi driver."""
    group = trade_in(word, language)
    if group in LOOSE:
        return []
    return [one for one in known if group and trade_in(_first(one.role), language) == group]


def _priest(word: str, known: Sequence[Known], language: Language) -> list[Known]:
    """`el cura` where a don Leoncio has no calling yet, `el padre` where nobody is a father."""
    if trade_in(word, language) != "priest" and word not in ("padre", "father"):
        return []
    ordained = [one for one in known if trade_in(_first(one.role), language) == "priest"]
    family = any(
        _bonds(language).get(said) in ("child", "parent") for one in known for said in role_heads(one.role)
    )
    if word in ("padre", "father"):
        return [] if family else ordained
    honoured = [one for one in known if one.name.lower().startswith(HONOURED) and not one.role]
    return ordained or (honoured if len(honoured) == 1 else [])


def _first(role: str) -> str:
    return role.partition(",")[0]


def _by_figure(word: str, known: Sequence[Known], language: Language) -> list[Known]:
    """`the man`, `la niña`: anybody of that sex and age."""
    generic = bank(language)["people"]["generic"]
    fits = {key for key in ("man", "woman", "boy", "girl") if word in generic[key].split()}
    return [one for one in known if fits & _figures(one, language)]


def _figures(one: Known, language: Language) -> set[str]:
    """As which of man, woman, boy and girl somebody can pass; as both where the sex is not told."""
    young = _is_youth(one.role, language)
    small = one.years <= (HEIR_AT_MOST if young else YOUNG_AT_MOST) if one.years is not None else young
    grown = one.years >= GROWN_AT_LEAST if one.years is not None else not young
    figures = {
        "man": ("man", grown),
        "boy": ("man", small),
        "woman": ("woman", grown),
        "girl": ("woman", small),
    }
    return {figure for figure, (sex, fits) in figures.items() if fits and one.sex in (sex, None)}


def _is_youth(role: str, language: Language) -> bool:
    """`younger sister`, `hijo`, `estudiante`: somebody's child, or young by what they are."""
    bonds, ages = _bonds(language), bank(language)["people"]["ages"]
    youths = {word for stage in ("child", "teen", "young") for word in ages[stage].split()} | YOUNGER
    return any(
        bonds.get(said) in ("child", "grandchild", "younger") or said in youths for said in role_heads(role)
    )
