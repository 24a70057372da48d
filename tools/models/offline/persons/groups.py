"""Pairs and couples: `two brothers`, `los Bianchi`, `mãe e filha` are two people, named or not."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import permutations

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.ages import told_years
from tools.models.offline.persons.anaphora import Known, known_person
from tools.models.offline.persons.people import FoundPerson, person_words
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.names import sex_of_name

NAME = r"[A-ZÁÉÍÓÚÂÊÔÃÕÑ][\w'-]+"
SURNAME = rf"({NAME})"
AGED = re.compile(r"(?:eld|old|young)(?:er|est)?$|mayor$|menor$|caçula$|mais (?:velh|nov)[oa]$")
PAIR = 2
NEAR = 260
GROWN, HEIR_AT_MOST = 18, 34
NOT_THERE = (
    r"(?:of|de|del|dos|das|has|have|had|with|con|com|para|for|between|entre|tiene|tienen|tem|têm|by|after)"
)
"""Before a pair: it is spoken of and does nothing."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """Two people whom the text speaks of as one."""

    roles: tuple[str, str]
    start: int
    end: int
    surname: str = ""
    sexes: tuple[str, str] = ("", "")
    absent: bool = False
    couple: bool = True
    """Not of a whole family: those of the name are no pair."""


def with_groups(
    text: str, words: Table, people: tuple[FoundPerson, ...], *, known: tuple[str, ...] = ()
) -> tuple[tuple[FoundPerson, ...], tuple[FoundPerson, ...]]:
    """The named people with the roles their group gives them, and who of it has no name."""
    named: tuple[FoundPerson, ...] = people
    unnamed: list[FoundPerson] = []
    for group in _groups(text, words):
        named, missing = _fill(group, named, text, known, words)
        # Of a cast that the brief lists nobody is missing.
        unnamed += missing if len(known) < PAIR else []
    return named, tuple(unnamed)


def _groups(text: str, words: Table) -> Iterator[Group]:
    table = bank(words["language"])["people"]
    yield from _counted(text, words, table["groups"]["two"])
    yield from _married(text, words, table)
    yield from _sisters(text, words)
    for found in re.finditer(rf"{SURNAME} (?:and|y|e) {SURNAME}, ((?:[a-zà-ÿ-]+ )?[a-zà-ÿ-]+s)(?!\w)", text):
        role = next((one for one in (singular(word, words) for word in found.group(3).split()) if one), "")
        if role:
            yield Group(roles=(role, role), start=found.start(), end=found.end())
    for found in re.finditer(rf"(?<!\w)(?i:{table['groups']['newlyweds']})(?!\w)", text):
        if not _is_absent(text, found.start()):
            one, two = re.split(r" (?:and|e|y) ", found.group().lower())
            yield Group(roles=(one, two), start=found.start(), end=found.end())


def _counted(text: str, words: Table, two: str) -> Iterator[Group]:
    for found in re.finditer(rf"(?<!\w)(?i:{two}) ((?:[a-zà-ÿ-]+[ .,:;]?){{1,3}})", text):
        if _is_absent(text, found.start()):
            continue
        told = re.findall(r"[a-zà-ÿ-]+", re.split(r"[.,:;]", found.group(1))[0])
        for at, word in enumerate(told):
            role = singular(word, words)
            if role:
                full = " ".join([*told[:at], role]) if words["language"] == "en" else role
                if role not in words["never_cast"]:
                    yield Group(roles=(full, full), start=found.start(), end=found.end())
                break


def _married(text: str, words: Table, table: Table) -> Iterator[Group]:
    """`el matrimonio Bianchi`, `los Bianchi`, `the Hendersons`, `o casal Nakamura`, `Ana y Luis, casados`."""
    roles = (table["roles"]["spouse_woman"], table["roles"]["spouse_man"])
    couple = rf"(?:{table['groups']['couple']}) {SURNAME}"
    family = (
        rf"(?<!\w)[Tt]he ({NAME}?)s (?=[a-z]+)"
        if words["language"] == "en"
        else rf"(?<!\w)(?:[Ll]os|[Oo]s) {SURNAME} (?=[a-zà-ÿ]+)"
    )
    verbs = grammar_of(words["language"]).verbs.finite
    for found in (*re.finditer(couple, text), *re.finditer(family, text)):
        after = re.match(r" ?([a-zà-ÿ]+)", text[found.end() :])
        form = verbs.get(after.group(1)) if after else None
        certain = found.re.pattern == couple
        does = form is not None and (form.plural or form.bare or words["language"] == "en")
        absent = _is_absent(text, found.start()) or not (certain or does)
        if not (certain and absent):
            yield Group(
                roles=roles, start=found.start(), end=found.end(), surname=found.group(1),
                sexes=("woman", "man"), couple=certain, absent=absent,
            )  # fmt: skip
    wed = rf"{SURNAME} (?:and|y|e) {SURNAME}[^.]{{0,24}}(?:{table['groups']['wed']})"
    for found in re.finditer(wed, text):
        yield Group(roles=roles, start=found.start(), end=found.end(), sexes=("woman", "man"), couple=True)


def _sisters(text: str, words: Table) -> Iterator[Group]:
    """`the Kowalski sisters`, `las hermanas Altamirano`."""
    kin = r"([a-zà-ÿ]+s)"
    pattern = (
        rf"[Tt]he {SURNAME} {kin}(?!\w)"
        if words["language"] == "en"
        else rf"(?:[Ll][oa]s|[OoAa]s) {kin} {SURNAME}"
    )
    for found in re.finditer(rf"(?<!\w){pattern}", text):
        noun = next(one for one in found.groups() if one[0].islower())
        name = next(one for one in found.groups() if one[0].isupper())
        role = singular(noun, words)
        if role:
            yield Group(roles=(role, role), start=found.start(), end=found.end(), surname=name)


def singular(noun: str, words: Table) -> str:
    """The word for one of several people; nothing when the word is for no people."""
    lower, known = noun.lower(), person_words(words)
    joined = re.sub(r"^(\w+)s(-in-law|-de-)", r"\1\2", lower)
    options = [joined] if joined != lower else []
    options += [lower.removesuffix("es"), lower.removesuffix("s")] if lower.endswith("s") else []
    options += [lower[:-3] + "ão"] if lower.endswith("ões") else []
    options += ["woman", "man"] if lower in ("women", "men") else []
    return next((one for one in reversed(options) if one in known), "")


def _is_absent(text: str, start: int) -> bool:
    return re.search(rf"(?<!\w){NOT_THERE} $", text[:start], re.IGNORECASE) is not None


def _fill(
    group: Group, people: tuple[FoundPerson, ...], text: str, known: tuple[str, ...], words: Table
) -> tuple[tuple[FoundPerson, ...], list[FoundPerson]]:
    bearers = [one for one in people if group.surname and group.surname in one.name.split()]
    if bearers and not group.couple:
        told = bank(words["language"])["people"]["roles"]["family"].format(name=group.surname)
        return tuple(replace(one, role=one.role or told) if one in bearers else one for one in people), []
    if group.absent:
        return people, []
    family = _of_family(group, people, text, words)
    if family:
        return tuple(
            replace(one, role=", ".join(dict.fromkeys(filter(None, (one.role, family[one.name])))))
            if one.name in family
            else one
            for one in people
        ), []
    if _points_back(group, people, text, words["language"]):
        return people, []
    members = _members(group, people, text, words["language"])
    filled = tuple(
        replace(one, role=_role_of(one, group, words["language"]), surname=group.surname)
        if one in members
        else one
        for one in people
    )
    listed = sum(group.start <= text.find(name) <= group.end + NEAR for name in known)
    kin = any(_has_kin_beside(one.name, text) for one in members if group.start < text.find(one.name))
    told_off = _told_off(group, people, text)
    if len(members) + listed + kin >= PAIR or told_off or (bearers and group.couple and group.sexes[0]):
        return filled, []
    if group.sexes[0]:
        taken = {known_person(one.name, one.role, words["language"]).sex for one in members}
        missing = [at for at in range(PAIR) if group.sexes[at] not in taken][: PAIR - len(members)]
    else:
        had = [one.role for one in filled if one.name in {member.name for member in members}]
        free = [at for at in range(PAIR) if group.roles[0] == group.roles[1] or group.roles[at] not in had]
        missing = free[: PAIR - len(members)]
    sexes, roles = _told_apart(group, len(missing), text, words)
    return filled, [
        FoundPerson(name="", role=roles[at], surname=group.surname, sex=sexes[at]) for at in missing
    ]


def _told_off(group: Group, people: tuple[FoundPerson, ...], text: str) -> bool:
    """`Two rivals, old Pell, a baker, and Mrs Voss, dispute`: named right behind, whatever they are."""
    sentence = re.split(r"[.!?;\n](?!\w)", text[group.end - 1 :])[0]
    opens = re.match(r"[^,:]{0,40}[,:(]", sentence)
    behind = sentence[opens.end() - 1 :] if opens else ""
    named = [one for one in people if re.search(rf"(?<!\w){re.escape(one.name.split()[-1])}(?!\w)", behind)]
    apposed = re.match(rf"[,:(] (?:(?:[a-zà-ÿ]+\.? ){{0,2}})(?-i:{NAME})", behind) is not None
    return apposed and len(named) == PAIR


def _has_kin_beside(name: str, text: str) -> bool:
    """`Two customers wait: Mrs. Akhtar (60) and her nephew`: the nephew is the second of them."""
    owned = r"(?: \([^()]*\))?,? (?:and|y|e) (?:her|his|su|seu|sua) [a-zà-ÿ-]+(?!\w)"
    return re.search(rf"(?<!\w){re.escape(name)}{owned}", text) is not None


def _points_back(group: Group, people: tuple[FoundPerson, ...], text: str, language: Language) -> bool:
    """`The brother and sister stare at it`, `las dos mujeres`: two whom the text has named before."""
    definite = re.match(r"(?:the|los|las|os|as|both|amb[oa]s) ", text[group.start :], re.IGNORECASE)
    definite = definite or re.search(r"(?<!\w)(?:the|los|las|os|as) $", text[: group.start], re.IGNORECASE)
    if not (definite or _is_told(group, people, text)) or group.surname:
        return False
    before = [one for one in people if 0 <= _first_place(one, text) < group.start]
    sexes = [known_person("", role, language).sex for role in group.roles]
    fitting = {
        (one.name, other.name)
        for one, other in permutations(before, PAIR)
        if all(
            sex is None or (known_person(who.name, who.role, language).sex or who.sex or sex) == sex
            for who, sex in zip((one, other), sexes, strict=True)
        )
    }
    return bool(fitting) or (bool(before) and _one_more(group, text, language))


def _is_told(group: Group, people: tuple[FoundPerson, ...], text: str) -> bool:
    """`o pai dele, seu Jorge ... pai e filho`: one of the two was named as that before."""
    roles = "|".join(map(re.escape, group.roles))
    before = text[: group.start]
    return any(
        re.search(
            rf"(?<!\w)(?:{roles})(?: d[eo][a-zà-ÿ]*(?: \w+)?| of \w+)?,? (?:[a-zà-ÿ]+ )?{name}(?!\w)", before
        )
        or re.search(rf"(?<!\w){name},? (?:[a-z]+ ){{0,2}}(?:{roles})(?!\w)", before)
        for name in (re.escape(one.name) for one in people)
    )


def _one_more(group: Group, text: str, language: Language) -> bool:
    """`Tom ... a man in a coat ... both men`: who has no name was brought on before, and is one of them."""
    articles = "|".join(bank(language)["reading"]["indefinite"])
    nouns = "|".join(map(re.escape, {*group.roles, *(role.split()[-1] for role in group.roles)}))
    told = rf"(?<!\w)(?:{articles}) (?:[\w-]+ )?(?:{nouns})(?!\w)"
    return re.search(told, text[: group.start], re.IGNORECASE) is not None


def _first_place(one: FoundPerson, text: str) -> int:
    return text.find(one.name.split()[-1])


def _told_apart(
    group: Group, missing: int, text: str, words: Table
) -> tuple[tuple[str, str], tuple[str, str]]:
    """`Dos desconocidos ... Ella teje; él lee`: a woman and a man."""
    she, he = ("ella", "él") if words["language"] == "es" else ("ela", "ele")
    she, he = ("she", "he") if words["language"] == "en" else (she, he)
    both = all(re.search(rf"(?<!\w){one}(?!\w)", text, re.IGNORECASE) for one in (she, he))
    # `Two men` are two men, whoever else is a `she`.
    told = known_person("", group.roles[0].split()[-1], words["language"]).sex is not None
    told = told and words["language"] == "en"
    if told or group.sexes[0] or missing < PAIR or not both or group.roles[0] != group.roles[1]:
        return group.sexes, group.roles
    noun = group.roles[0]
    feminine = noun[:-1] + "a" if noun.endswith("o") and noun[:-1] + "a" in person_words(words) else noun
    if noun.endswith("a") and words["language"] != "en" and noun[:-1] + "o" in person_words(words):
        return group.sexes, group.roles
    roles = {"woman": feminine, "man": noun}
    pattern = bank(words["language"])["people"]["roles"]["attribute"]
    for found in re.finditer(rf"(?<!\w){pattern}", text):
        roles["woman" if found.group(1).lower() == she else "man"] = found.group(2)
    return ("woman", "man"), (roles["woman"], roles["man"])


def _role_of(one: FoundPerson, group: Group, language: Language) -> str:
    """`the eldest` of two sisters is the eldest sister."""
    sex = sex_of_name(one.name.split()[0])
    role = group.roles[group.sexes.index(sex)] if sex in group.sexes else group.roles[0]
    if sex == "woman" and role.endswith("o") and language != "en":
        # `Los gemelos Wilber y Nilda`: a plural says nothing of her.
        words = bank(language)["reading"]
        role = f"{role[:-1]}a" if f"{role[:-1]}a" in person_words(words) else role
    if AGED.match(one.role):
        return f"{one.role} {role}" if language == "en" else f"{role} {one.role}"
    return one.role or role


def _members(
    group: Group, people: tuple[FoundPerson, ...], text: str, language: Language
) -> list[FoundPerson]:
    """Who of the named belongs to it: the first ones spoken of after it who are nobody else yet."""
    found: list[tuple[int, FoundPerson]] = []
    head = group.roles[0].split()[-1]
    for one in people:
        place = text.find(one.name)
        fits = not one.role or one.role.split()[-1] == head or AGED.match(one.role) is not None
        # `Two undertakers ... his cousin Lakis`: of the same family, and of the same calling.
        fits = fits or (one.role in _relations(language) and head not in _relations(language))
        between = text[group.end : place] if place > group.end else "."
        listed = not re.search(r"[.!?;]", between) and re.search(r":|^,? ?$", between) is not None
        # `Two burglars, Nev and his nephew Kyle,`
        listed = listed or re.fullmatch(rf",? ?{NAME} (?:and|y|e) (?:\w+ ){{0,2}}", between) is not None
        fits = fits or listed
        told = (
            language == "en"
            or head.endswith("a")
            or head in bank(language)["people"]["generic"]["man"].split()
        )
        sexes = {known_person("", head, language).sex, known_person(one.name, one.role, language).sex}
        # `Su abuela, misia Ofelia, ... Dos hombres esperan`: she is none of them.
        fits = fits and not (told and sexes == {"woman", "man"})
        bears = bool(group.surname) and group.surname in one.name.split()
        bears = bears or (bool(group.sexes[0]) and one.name.lower() in _parents(language))
        young = group.sexes[0] and (_years(one, text, language) or GROWN) < GROWN
        if not young and (bears or (fits and group.start <= place <= group.end + NEAR)):
            found.append((place, one))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])][:PAIR]


def _relations(language: Language) -> list[str]:
    kin = bank(language)["people"]["kin"]
    return " ".join(kin[one] for one in ("sibling", "cousin", "spouse")).split()


def _parents(language: Language) -> list[str]:
    return list(bank(language)["people"]["kin"]["parent"].split())


def _years(one: FoundPerson, text: str, language: Language) -> int | None:
    return told_years(one.name, one.role, text, language)


def _of_family(group: Group, people: tuple[FoundPerson, ...], text: str, words: Table) -> dict[str, str]:
    """Who is which of `father and son`: by sex and years, whatever else they are."""
    if group.roles[0] == group.roles[1] or group.sexes[0]:
        return {}
    language: Language = words["language"]
    near = [one for one in people if group.start <= text.find(one.name) <= group.end + NEAR]
    sexes = [known_person("", role, language).sex for role in group.roles]
    for one, other in permutations(near, PAIR):
        pair = [known_person(who.name, who.role, language, years=_years(who, text, language))
                for who in (one, other)]  # fmt: skip
        fits = all(who.sex in (sex, None) for who, sex in zip(pair, sexes, strict=True))
        if fits and _in_order(pair, group.roles, language):
            return {one.name: group.roles[0], other.name: group.roles[1]}
    return {}


def _in_order(pair: list[Known], roles: tuple[str, str], language: Language) -> bool:
    """Whether the elder is who the words say it is, as far as years or trades tell."""
    elders = bank(language)["people"]["kin"]
    first_is_elder = roles[0] in f"{elders['parent']} {elders['grandparent']} {elders['elder']}".split()
    elder, younger = pair if first_is_elder else pair[::-1]
    if elder.years is not None and younger.years is not None:
        return elder.years > younger.years
    if younger.years is not None:
        return younger.years <= HEIR_AT_MOST
    return elder.years is None or elder.years > HEIR_AT_MOST
