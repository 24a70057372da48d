"""People whom a brief speaks of and gives no name: who of them is there, and is nobody who has one."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from state.script import Language, Presentation
from tools.models.offline.brief.aside import unquoted
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.ages import number, told_years
from tools.models.offline.persons.anaphora import Known, called_by, known_person, may_mean
from tools.models.offline.persons.brought_on import comes_last, is_pictured, turns_out
from tools.models.offline.persons.identified import identities
from tools.models.offline.persons.likeness import likenesses
from tools.models.offline.persons.mentions import tail_of
from tools.models.offline.persons.one_stranger import each_once
from tools.models.offline.persons.people import (
    NO_NAME_FOLLOWS,
    PRONOUN_REACH,
    WORD,
    FoundPerson,
    if_gendered,
    is_gone,
    is_plural,
    person_words,
)
from tools.models.offline.persons.roles import whole_role
from tools.models.offline.persons.said_of_absent import is_said_of_absent
from tools.models.offline.persons.trades import noun_of_trade, trade_by_deed
from tools.models.offline.persons.unknown_to_all import is_unknown_to_all
from tools.models.offline.persons.unrecognised import who_it_is
from tools.models.offline.persons.voices import alone_by_role, is_heard_only
from tools.models.offline.places.place_nouns import kinds_of_nouns
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.names import short_name

MAX_UNNAMED = 4
ENOUGH_PEOPLE = 2
REASONS = "because|since|porque|ya que|puesto que|já que"
MELTED: dict[Language, tuple[str, ...]] = {
    "en": (), "es": ("del", "al"), "pt-BR": ("do", "da", "ao", "à", "pelo", "pela"),
}  # fmt: skip
"""Prepositions with an article in them: who stands after one does nothing there."""
WHICH: dict[Language, str] = {
    "en": "who|that|at|in|with|from|next|behind|on|of",
    "es": "que|del?|en|con",
    "pt-BR": "que|d[eao]s?|em|n[ao]s?|com",
}
"""After a noun: there follows which one is meant."""
OWNING = ("her", "his", "su", "sua")
IS_SOMEBODY = (
    r", (?:an?|una?|uma?|um) [^,.;:!?]{2,40} (?:called|named|llamad[oa]|chamad[oa]) "
    r"| (?:is|was|es|era|é) (?:she|her|he|him|herself|himself|ella|él|ela|ele)(?:$| m[ie]sm[oa]|[.,;!?])"
)
"""`the conductor, a boy called Otieno`, `the woman is her`: they have a name."""
PAIR = 2


def find_unnamed(
    text: str,
    words: Table,
    people: tuple[FoundPerson, ...],
    *,
    names: tuple[str, ...] = (),
    roles: tuple[str, ...] = (),
) -> tuple[FoundPerson, ...]:
    """People who are there without a name, to be given one: who does something comes first.

    `names` and `roles` are those of the people whom the brief lists. Who is quoted brings on
    nobody, and nobody is cast twice: `the colonel` is the colonel who has a name.
    """
    text, language = unquoted(text), words["language"]
    if alone_by_role(list(zip(names, roles, strict=False)), language):
        return ()
    known = known_people(text, language, people, names=names, roles=roles)
    called = {word for one in known for word in called_by(one.name)}
    found: dict[str, tuple[bool, FoundPerson]] = {}
    _, hidden = who_it_is(text, known, language)
    listed = [one.mention for one in likenesses(text, tuple(known), language) if one.name in names]
    told = identities(text, tuple(known), language)
    for match in phrases_of_people(text, language):
        role = match.group(3).lower()
        stranger = is_unknown_to_all(match, text, words["indefinite"], language)
        if not stranger and (
            role in _words_of(known) | called
            or match.start() in told
            or names_somebody(match, text, known)
            or is_said_of_absent(match, text, known, language)
            or is_served(match, text, known, words)
            or (hidden and text.find(hidden) == match.start())
            or any(one.start < match.end() and match.start() < one.end for one in listed)
            or not may_be_cast(match, text, words)
            or turns_out(match, text, known, language)
        ):
            continue
        unnamed = [_stranger(one.role, language) for acts, one in found.values() if acts]
        is_new = stranger or _is_introduced(match, text, words)
        plain = is_plain(match, text, known, language)
        if role not in found and not is_new and may_mean(role, [*known, *unnamed], language, plain=plain):
            continue
        one = FoundPerson(
            name="", role=whole_role(match, text, language),
            title=if_gendered(match.group(1), words), pronoun=_own_pronoun(match, text, words),
        )  # fmt: skip
        acted, first = found.get(role, (False, one))
        does = match.group(1).lower() not in MELTED[language] and acts(match, text, words)
        found[role] = (acted or does or stranger, first)
    phrases = list(phrases_of_people(text, language))
    acting = list(each_once([one for does, one in found.values() if does], phrases, words))
    idle = [one for does, one in found.values() if not does]
    if len(names) >= PAIR:
        # A brief that lists its people brings on only who does something beside them.
        return tuple(acting[:MAX_UNNAMED])
    return _enough(acting, idle, len(known), _somebody(text, words))


def _stranger(role: str, language: Language) -> Known:
    return known_person("", role, language, years=told_years("", role, "", language))


def _is_introduced(match: re.Match[str], text: str, words: Table) -> bool:
    """`a man in his flat ... The man turns`: somebody new, here or before."""
    indefinite = "|".join(words["indefinite"])
    told = text[: match.start()] + match.group()
    first = rf"(?<!\w)(?:{indefinite}) (?:[\w-]+ )?{match.group(3)}(?!\w)"
    return any(
        not _is_beside(told[: found.start()], words) for found in re.finditer(first, told, re.IGNORECASE)
    )


def _is_beside(before: str, words: Table) -> bool:
    """`The driver, a polite woman`: the woman is the driver."""
    named = re.search(r"([\w-]+), $", before)
    if named is None:
        return False
    aged = re.search(r"[A-ZÁÉÍÓÚÂÊÔÃÕ][\w-]+, (?:de |of |aged )?([\w-]+)(?: anos| años)?, $", before)
    years = number(aged.group(1), bank(words["language"])["people"]) if aged else None
    return years is not None or named.group(1).lower() in person_words(words)


def _enough(
    acting: list[FoundPerson], idle: list[FoundPerson], count: int, somebody: list[FoundPerson]
) -> tuple[FoundPerson, ...]:
    """Who does nothing is somebody to talk to where there are too few: never a crowd."""
    room = max(0, ENOUGH_PEOPLE - count - len(acting))
    if room:
        acting = acting + somebody
        room = 0 if len(acting) + count >= ENOUGH_PEOPLE else room
    return tuple([*acting, *idle[:room]][:MAX_UNNAMED])


def known_people(
    text: str,
    language: Language,
    people: tuple[FoundPerson, ...],
    *,
    names: tuple[str, ...] = (),
    roles: tuple[str, ...] = (),
) -> list[Known]:
    """Everybody who has a name, with what tells whom a phrase can mean."""
    sexes: dict[str, Presentation] = {"woman": "woman", "man": "man"}
    listed = [*zip(names, roles, strict=False), *(("", role) for role in roles[len(names) :])]
    return [
        *(known_in(text, name, role, language) for name, role in listed),
        *(known_in(text, one.name, one.role, language, sex=sexes.get(one.sex)) for one in people),
    ]


def known_in(
    text: str, name: str, role: str, language: Language, *, sex: Presentation | None = None
) -> Known:
    """Somebody with what a text tells of years and work."""
    nouns = noun_of_trade(trade_by_deed(name, text, language), language) if name and not role else ()
    years = told_years(name, role, text, language)
    return known_person(name, role or next(iter(nouns), ""), language, sex=sex, years=years)


def phrases_of_people(text: str, language: Language) -> Iterator[re.Match[str]]:
    """Every article, kind and word for a person: `the`, `old `, `man`."""
    return _pattern_of_people(language).finditer(text)


def is_plain(match: re.Match[str], text: str, known: Sequence[Known], language: Language) -> bool:
    """Whether a phrase leaves open who it is; `the masked man` and `la mujer del espejo` say which one."""
    before, after = text[: match.start()], text[match.end() :]
    apposed = any(before.endswith(f"{part}, ") for one in known for part in one.name.split())
    kind = set(whole_role(match, text, language).split()) - {match.group(3).lower()}
    kind |= set(match.group(2).lower().split())
    which = re.match(rf" (?:{WHICH[language]})(?!\w)", after) is not None
    generic = bank(language)["people"]["generic"]
    # `su mujer` is somebody's wife, and not the woman who is there.
    owned = match.group(1).lower() in OWNING and match.group(3).lower() in generic["woman"].split()
    return apposed or not (which or owned or kind - set(generic["kinds"].split()))


def names_somebody(match: re.Match[str], text: str, known: Sequence[Known]) -> str:
    """Whose name the word is, `o bode Deputado`, or who it turns out to be: `the thief is Nils`."""
    noun, after = match.group(3), text[match.end() :]
    for one in known:
        first = re.escape(short_name(one.name)) if one.name else "$^"
        which = "(?: (?:más|mais|menos) [a-zà-ÿ]+)?"
        duty = r"(?: (?:on|at|in|of|de|del|da|do|en|em|no|na) [a-zà-ÿ]+)?"
        turns = (
            rf"{which}{duty} (?:is|was|es|era|é) (?:[a-zà-ÿ]+,? ){{0,3}}"
            rf"(?:[A-ZÀ-Ý]\w+\.? )?{first}(?!\w|['\u2019]s)"
        )
        if (noun[0].isupper() and noun in one.name.split()) or re.match(turns, after):
            return one.name
    return ""


def is_served(match: re.Match[str], text: str, known: Sequence[Known], words: Table) -> bool:
    """`her last patient lives at the top ... Mr Alvey`: the only one who comes after it is that patient."""
    language = words["language"]
    served = bank(language)["people"]["served"].split()
    if match.group(3).lower() not in served or match.group(1).lower() in words["indefinite"]:
        return False
    later = [one for one in known if one.name and match.end() < text.find(one.name.split()[-1])]
    family = {word for one in bank(language)["people"]["kin"].values() for word in one.split()}
    kin = any(family & set(WORD.findall(one.role.lower())) for one in later)
    sex = known_person("", match.group(3).lower(), language).sex
    kin = kin or any(one.role for one in later)
    return len(later) == 1 and not kin and (None in (sex, later[0].sex) or sex == later[0].sex)


def _words_of(known: Sequence[Known]) -> set[str]:
    return {word.lower() for one in known for word in WORD.findall(one.role.partition(",")[0])}


def _somebody(text: str, words: Table) -> list[FoundPerson]:
    """`Someone in aisle four, wearing her coat`: a stranger who does something is there."""
    table = bank(words["language"])["people"]["roles"]
    verbs = grammar_of(words["language"]).verbs.finite
    clitics = grammar_of(words["language"]).words["clitics"]
    for found in re.finditer(rf"(?<!\w)(?i:{table['someone']})(?= )([^.!?;]*)", text):
        after = [word for word in WORD.findall(found.group(1))[:4] if word not in clitics]
        if after and (after[0] in verbs or re.search(r", \w+(?:ing|ndo)(?!\w)", found.group(1))):
            return [FoundPerson(name="", role=table["stranger_man"], sex="man")]
    return []


ADDRESSED = ("(?<=una )señora", "(?<=un )señor", "(?<=uma )senhora", "(?<=um )senhor")
"""Forms of address that are somebody behind an indefinite article: `una señora se levanta`."""


@lru_cache(maxsize=4)
def _pattern_of_people(language: Language) -> re.Pattern[str]:
    """An article, what kind of person, and the word for a person."""
    words = bank(language)["reading"]
    articles = "|".join([*words["articles"], *words["indefinite"], *MELTED[language]])
    nouns = "|".join([*sorted(person_words(words), key=len, reverse=True), *ADDRESSED])
    kind = r"((?:[\w-]+ )?(?:[\w-]+['\u2019]s )?)"
    return re.compile(
        rf"(?<!\w)(?<!ser )({articles}) {kind}({nouns})(?![\w-]|['\u2019](?!s \w+ing)){NO_NAME_FOLLOWS}",
        re.IGNORECASE,
    )


def may_be_cast(match: re.Match[str], text: str, words: Table) -> bool:
    """Whether a phrase speaks of one person who is there, and not of a place, a title or a tale."""
    role = match.group(3).lower()
    return not (
        _is_a_title(match, text)
        or is_pictured(match, text, words["language"])
        or _names_a_place(match, text, words["language"])
        or is_heard_only(text, match.start(), match.end(), words["language"])
        or _is_reported(match, text, words)
        or is_plural(role, words)
        or (
            role in words["never_cast"]
            and not (_arrives(match, text, words) or _is_their_parent(match, text, words))
        )
        or _is_only_said(match, text, words)
        or _is_made_up(match, text, words)
        or _is_said_again(match, text, words)
        or is_gone(match.group(), text, words)
    )


def _names_a_place(match: re.Match[str], text: str, language: Language) -> bool:
    """`A barber shop`, `un taller mecánico`: the noun only says what kind of place it is."""
    places = kinds_of_nouns(language)
    if language != "en":
        return match.group(2).strip().lower() in places
    after = re.match(r" ([a-z]+)", text[match.end() :])
    return after is not None and after.group(1) in places


def _is_a_title(match: re.Match[str], text: str) -> bool:
    """`el mismo retrato, La Duquesa`, `The Highland Queen leaves`: what something is called."""
    kind, opens = (
        match.group(2).strip(),
        re.search(r"(?:^|[.!?:\n\u00bb\"\u201d*-])\s*$", text[: match.start()]),
    )
    capital = match.group(3)[0].isupper()
    return capital and (bool(kind[:1].isupper()) or (match.group(1)[0].isupper() and opens is None))


def _arrives(match: re.Match[str], text: str, words: Table) -> bool:
    """`Llega una madre con las manos vacías`: somebody new of whom nothing else is told."""
    return _is_introduced(match, text, words) and acts(match, text, words)


def _is_their_parent(match: re.Match[str], text: str, words: Table) -> bool:
    """`Her mother sews by a candle`: a parent who does something now."""
    table = bank(words["language"])["people"]["kin"]
    grammar = grammar_of(words["language"])
    small = grammar.words["clitics"] | grammar.words["negations"]
    after = [word for word in WORD.findall(text[match.end() : match.end() + 40]) if word not in small][:1]
    form = (
        grammar.verbs.finite.get(after[0]) if after and text[match.end() : match.end() + 1] == " " else None
    )
    now = form is not None and not form.bare and form.tense == "present"
    last = text[: match.start()].split()[-1:]
    # `llama a su madre enferma`: it is done to her.
    now = now and not (last and last[0].lower() in grammar.words["prepositions"])
    return now and match.group(1).lower() in OWNING and match.group(3).lower() in table["parent"].split()


def _has_years(after: str, language: Language) -> bool:
    """`a boy, ten, breathing`: whose years are told is there."""
    found = re.match(r", (?:of |aged |de )?([\w-]+)(?: (?:years|años|anos)[^,.;]{0,9})?[,.;]", after)
    return found is not None and number(found.group(1), bank(language)["people"]) is not None


def _is_reported(match: re.Match[str], text: str, words: Table) -> bool:
    """`avisa que ... a ladra está de hábito`: whom somebody only speaks of."""
    sentence = re.split(r"[.!?\n;]", text[: match.start()])[-1]
    return re.search(rf"(?<!\w)(?:{words['says_that']}) ", sentence) is not None


def acts(match: re.Match[str], text: str, words: Table) -> bool:
    """Whether this person does something in the film: a clause begins with them, not about long ago."""
    before = text[: match.start()].rstrip()
    if re.search(rf"(?<!\w)(?:{REASONS})(?!\w)[^.,;:!?]*$", before):
        # `because her neighbour waters a golf course`: why, and not what is seen.
        return False
    after = WORD.findall(text[match.end() : match.end() + 40])
    grammar = grammar_of(words["language"])
    # `para` is a verb as well, and after a person nearly always none.
    after = after[1:] if after and after[0] in ("who", "que") else after
    small = grammar.words["clitics"] | grammar.words["negations"]
    while len(after) > 1 and after[0] in small and words["determiner"] != "the":
        # `su papá le iba al Azul`: the verb stands behind the small words.
        after = after[1:]
    if after and after[0] in grammar.words["prepositions"]:
        after = _behind_tail(text[match.end() :], words)
    follows = after[0] if after and after[0] not in grammar.words["prepositions"] else ""
    verb = grammar.verbs.finite.get(follows) if follows not in ("há", "hace", "faz") else None
    if verb is not None and verb.tense == "past" and not _told_in_past(text, words["language"]):
        return False
    last = before.split()[-1].lower() if before else ""
    if comes_last(before):
        return True
    if _has_years(text[match.end() :], words["language"]):
        return True
    opens = not before or before[-1] in ".!?;:,\n" or last in words["clause_openers"]
    if last in ("and", "y", "e") and verb is None and not re.match(r",| (?:who|que) ", text[match.end() :]):
        # `tiene un reloj y un cliente`: a list, and no clause of its own.
        clitics = grammar.words["clitics"] | grammar.words["negations"]
        ended = text[match.end() : match.end() + 1] in (":", ";", ".")
        opens = (
            bool(after)
            and not ended
            and (after[0] in clitics or after[0].endswith(("s", "ed", "a", "e", "an", "en", "am")))
        )
    return opens or (verb is not None and not verb.bare)


def _behind_tail(after: str, words: Table) -> list[str]:
    """What follows `with wet boots`, `con casco que le`: where the verb may stand."""
    tail = tail_of(after, words["language"]).split()
    clause = re.split(r"[.;:!?]", after)[0]
    left = WORD.findall(clause)[len(tail) :]
    grammar = grammar_of(words["language"])
    small = grammar.words["clitics"] | grammar.words["negations"]
    while left and (left[0] in ("who", "que") or (left[0] in small and words["determiner"] != "the")):
        left = left[1:]
    return left if tail else []


@lru_cache(maxsize=64)
def _told_in_past(text: str, language: Language) -> bool:
    """Whether a text mostly says what was, and not what is."""
    finite = grammar_of(language).verbs.finite
    tenses = [finite[word].tense for word in WORD.findall(text) if word in finite and not finite[word].bare]
    return tenses.count("past") > tenses.count("present")


def _is_said_again(match: re.Match[str], text: str, words: Table) -> bool:
    """`Tainá, manicure do 32, a moradora mais multada.`: the second thing that is said of her."""
    if re.search(
        r"[A-ZÀ-Ý][\w'\u2019-]*, (?:the|an?|el|la|una?|o|a|uma?|um) [^,.;:!?]{2,40} (?:and|y|e) $",
        text[: match.start()],
    ):
        # `Ines, the judge and the vicar's aunt, pins`: both are said of her.
        return text[match.end() : match.end() + 1] == ","
    before = re.search(
        r"(?<![.!?] )[A-ZÀ-Ý][\w'\u2019-]*((?:, [^.,;:!?]{2,30}){1,3}), $", text[: match.start()]
    )
    after = re.match(r"([^.,;:!?]{0,30})[.,;:!?]", text[match.end() :])
    if before is None or after is None:
        return False
    finite = grammar_of(words["language"]).verbs.finite
    return not any(word in finite for word in WORD.findall(f"{before[1]} {after[1]}".lower()))


def _is_made_up(match: re.Match[str], text: str, words: Table) -> bool:
    """`a grander lie about the cake: a bishop, a sleeping judge`: nobody whom the story has."""
    sentence = re.split(r"[.!?\n;]", text[: match.start()])[-1]
    unreal = bank(words["language"])["people"]["mentions"]["unreal"]
    return re.search(rf"(?<!\w)(?:{unreal})(?!\w)", sentence, re.IGNORECASE) is not None


def _is_only_said(match: re.Match[str], text: str, words: Table) -> bool:
    """`he is the man she left`, `the dead man`: what somebody is said to be, nobody who is there."""
    before = WORD.findall(text[: match.start()])[-2:]
    last = before[-1].lower() if before else ""
    cleft = bank(words["language"])["people"]["mentions"]["cleft"]
    # `Quem entrega o prêmio é o maestro`: who does it comes last.
    if re.search(
        rf"(?<!\w)(?i:{cleft}) [^.!?]{{3,60}}(?<!\w)(?:is|es|é) (?:the|an?|el|la|una?|o|a|uma?|um)? ?$",
        text[: match.start()],
    ):
        return False
    there = before[:1] and before[0].lower() == "there"
    is_one = (last in words["copulas"] and not there) or last in ("as", "como")
    # `She is sixty-two, a piano teacher`: the second thing that is said of her.
    is_one = (
        is_one
        or re.search(rf"(?<!\w)(?:{'|'.join(words['copulas'])}) [^.,;:!?]{{2,20}}, $", text[: match.start()])
        is not None
    )
    gone = re.match(
        rf",? (?:\w+ ){{0,2}}(?:{bank(words['language'])['people']['gone']['states']})(?!\w)",
        text[match.end() :],
    )
    apposed = re.match(IS_SOMEBODY, text[match.end() :])
    if gone or apposed or _is_beside(text[: match.start()], words):
        # `his grandfather, a lighthouse keeper, is buried`: the keeper is the grandfather.
        return True
    generic = match.group(3).lower() in words["anybody"]
    if generic and not acts(match, text, words):
        # `the woman he loved` is somebody the brief has already.
        return True
    asked = " ".join(before).lower() in words["taken_for"] or last in words["gone_after"]
    return is_one or asked or match.group(2).strip().lower() in words["gone_words"]


def _is_told_of_another(clause: str, before: str) -> bool:
    """`Frank's bench is empty. A nurse says that he fell`: not the nurse, where somebody was named before."""
    return re.match(r"(?:he|she|él|ella|ele|ela)(?!\w)", clause) is not None and bool(
        re.search(r"(?<![.!?] )(?<!^)[A-ZÁÉÍÓÚÂÊÔÃÕ][\w-]+", before)
    )


def _own_pronoun(match: re.Match[str], text: str, words: Table) -> str:
    """The pronoun of the same sentence that is theirs: `the guest says he has been looking for her`."""
    end = re.search(r"[.!?;\n]", text[match.end() :])
    clause = text[match.end() : match.end() + (end.start() if end else PRONOUN_REACH)]
    said = re.search(r"(?<!\w)(?:that|que) (?=(?:he|she|él|ella|ele|ela)(?!\w))", clause)
    if said and _is_told_of_another(clause[said.end() :], text[: match.start()]):
        return ""
    own = [one for one in words["subject_pronouns"] if one in words["surely_subject"]]
    if own and re.match(rf" (?:{'|'.join(own)})(?!\w)", clause):
        # `a captain she has never met`: the pronoun is somebody else.
        return ""
    found = re.search(rf"(?<!\w)({'|'.join(own)})(?!\w)", clause, re.IGNORECASE) if own else None
    if found is None and words["determiner"] == "the":
        # `the mayor, who hears what they say at his funeral`
        found = re.search(r"(?<!\w)his(?= [a-z])", clause)
        named = re.search(r"(?-i:[A-Z])", clause[: found.start()]) if found else None
        return "he" if found is not None and named is None else ""
    return str(found.group(1)).lower() if found else ""
