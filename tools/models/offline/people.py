"""Finding people in a description: names, what they are called beside them, and who is only talked about."""

import re
from dataclasses import dataclass
from functools import lru_cache

from state.script import Language
from tools.models.offline.bank import Table, bank
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.names import is_given_name
from tools.models.offline.personhood import masked
from tools.models.offline.roles import fuller_role, whole_role
from tools.models.offline.trades import trade_nouns

WORD = re.compile(r"[^\W\d_]+(?:[\u2019'-][^\W\d_]+)*")
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
MAX_PEOPLE = 8
YOUNG = "[3-9]|1[0-2]|cinco|seis|sete|oito|nove|dez|onze|doze"
PRONOUN_REACH = 90
MAX_UNNAMED = 4
ENOUGH_PEOPLE = 2
AMBIGUOUS = frozenset(
    ("caixa", "star", "private", "general", "security", "champion", "público", "cabo", "guarda", "guardia")
)
"""Trades that are things too: a role needs more than the bare word."""
REASONS = "because|since|porque|ya que|puesto que|já que"
MELTED: dict[Language, tuple[str, ...]] = {
    "en": (), "es": ("del", "al"), "pt-BR": ("do", "da", "ao", "à", "pelo", "pela"),
}  # fmt: skip
"""Prepositions with an article in them: who stands after one does nothing there."""
COMES = (
    "aparece",
    "llega",
    "entra",
    "surge",
    "chega",
    "sale",
    "sai",
    "vuelve",
    "volta",
    "viene",
    "vem",
    "sube",
)
"""A verb before its subject: `entra un sargento`."""
LAST_RITES = "funeral|death|burial|wake|entierro|muerte|velorio|enterro|morte|velório"
CALLINGS = ("er", "or", "ist", "man", "woman", "ian", "ess")
"""How English names of professions end."""
NO_NAME_FOLLOWS = (
    r"(?! (?:dead|muert|mort|desaparecid|falecid|fallecid|named|called|llamad|chamad))"
    r"(?!(?: del[ea])?,? (?:(?:the|el|la|o|a) )?(?:mrs?|ms|dr|señora?|don|doña|dona|seu)?\.? ?"
    r"(?-i:[A-ZÁÉÍÓÚÂÊÔÃÕ]))"
    r"(?!(?: [a-zà-ú]+){1,2}, (?-i:[A-ZÁÉÍÓÚÂÊÔÃÕ])[\w-]+,)"
)
"""After a role: not dead, and not introduced by name (`a irmã dele, Jussara`)."""


@dataclass(frozen=True, kw_only=True)
class FoundPerson:
    """A person the description speaks of."""

    name: str
    role: str = ""
    title: str = ""
    """What stands before the name and tells the gender: `Mr`, `la`."""
    pronoun: str = ""
    """The next `she` or `he`: a weak sign, it may be somebody else's."""
    surname: str = ""
    """The family of a couple, to stand behind the first name that is found for them."""
    sex: str = ""
    """Woman or man, where the group they belong to says it."""


def sentences(text: str) -> list[str]:
    """The sentences of a text, without surrounding white space."""
    return [part.strip() for part in SENTENCE_END.split(text) if part.strip()]


def find_people(text: str, words: Table, *, known: tuple[str, ...]) -> tuple[FoundPerson, ...]:
    """The people a text names and who can be seen, in the order they come."""
    counted: dict[str, int] = {}
    for sentence in sentences(masked(text, words["language"])):
        for name, certain in _names(sentence, words):
            counted[name] = counted.get(name, 0) + (2 if certain else 1)
    taken = {part for name in known for part in name.split()}
    names = [name for name, weight in counted.items() if weight >= 2 and not taken & set(name.split())]
    names = [one for one in names if not any(one != two and one in two.split() for two in names)]
    seen = [one for one in names if not _is_gone(one, text, words)]
    return tuple(
        FoundPerson(
            name=name,
            role=fuller_role(name, _role(name, text, words), text, words["language"]),
            title=_title(name, text, words),
            pronoun=_pronoun(name, text, words),
        )
        for name in seen[:MAX_PEOPLE]
    )


def find_unnamed(
    text: str, words: Table, people: tuple[FoundPerson, ...], *, roles: tuple[str, ...] = ()
) -> tuple[FoundPerson, ...]:
    """People who are there without a name, to be given one: who does something comes first.

    `roles` are those of the people whom the brief lists by name.
    """
    melted = MELTED[words["language"]]
    found: dict[str, tuple[bool, FoundPerson]] = {}
    known = {word.lower() for one in (*people,) for word in WORD.findall(one.role)}
    known |= {word.lower() for role in roles for word in WORD.findall(role.partition(",")[0])}
    for match in _pattern_of_people(words["language"]).finditer(text):
        role = match.group(3).lower()
        if role in known or not _may_be_cast(match, text, words):
            continue
        one = FoundPerson(
            name="", role=whole_role(match, text, words["language"]),
            title=_if_gendered(match.group(1), words), pronoun=_own_pronoun(match, text, words),
        )  # fmt: skip
        acted, first = found.get(role, (False, one))
        does = match.group(1).lower() not in melted and _acts(match, text, words)
        found[role] = (acted or does, first)
    acting = [one for does, one in found.values() if does]
    # Who does nothing is somebody to talk to where there are too few: never a crowd.
    room = max(0, ENOUGH_PEOPLE - len(people) - len(roles) - len(acting))
    idle = [one for does, one in found.values() if not does]
    if len(people) + len(roles) + len(acting) < ENOUGH_PEOPLE:
        acting += _somebody(text, words)
        room = 0 if len(acting) + len(people) + len(roles) >= ENOUGH_PEOPLE else room
    return tuple([*acting, *idle[:room]][:MAX_UNNAMED])


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


@lru_cache(maxsize=4)
def _pattern_of_people(language: Language) -> re.Pattern[str]:
    """An article, what kind of person, and the word for a person."""
    words = bank(language)["reading"]
    articles = "|".join([*words["articles"], *words["indefinite"], *MELTED[language]])
    nouns = "|".join(sorted(person_words(words), key=len, reverse=True))
    kind = r"((?:[\w-]+ )?(?:[\w-]+['\u2019]s )?)"
    return re.compile(
        rf"(?<!\w)(?<!ser )({articles}) {kind}({nouns})(?![\w-]|['\u2019]){NO_NAME_FOLLOWS}", re.IGNORECASE
    )


def _may_be_cast(match: re.Match[str], text: str, words: Table) -> bool:
    role = match.group(3).lower()
    return not (
        _is_plural(role, words)
        or role in words["never_cast"]
        or _is_only_said(match, text, words)
        or _is_gone(match.group(), text, words)
    )


def _acts(match: re.Match[str], text: str, words: Table) -> bool:
    """Whether this person does something in the film: a clause begins with them, not about long ago."""
    before = text[: match.start()].rstrip()
    if re.search(rf"(?<!\w)(?:{REASONS})(?!\w)[^.,;:!?]*$", before):
        # `because her neighbour waters a golf course`: why, and not what is seen.
        return False
    after = WORD.findall(text[match.end() : match.end() + 40])
    grammar = grammar_of(words["language"])
    # `para` is a verb as well, and after a person nearly always none.
    after = after[1:] if after and after[0] in ("who", "que") else after
    follows = after[0] if after and after[0] not in grammar.words["prepositions"] else ""
    verb = grammar.verbs.finite.get(follows) if follows not in ("há", "hace", "faz") else None
    if verb is not None and verb.tense == "past" and not _told_in_past(text, words["language"]):
        return False
    last = before.split()[-1].lower() if before else ""
    if last in COMES:
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


@lru_cache(maxsize=64)
def _told_in_past(text: str, language: Language) -> bool:
    """Whether a text mostly says what was, and not what is."""
    finite = grammar_of(language).verbs.finite
    tenses = [finite[word].tense for word in WORD.findall(text) if word in finite and not finite[word].bare]
    return tenses.count("past") > tenses.count("present")


def _is_only_said(match: re.Match[str], text: str, words: Table) -> bool:
    """`he is the man she left`, `the dead man`: what somebody is said to be, nobody who is there."""
    before = WORD.findall(text[: match.start()])[-2:]
    last = before[-1].lower() if before else ""
    is_one = last in words["copulas"] or last in ("as", "como")
    named = re.search(r"([\w-]+), $", text[: match.start()])
    gone = re.match(
        rf",? (?:\w+ ){{0,2}}(?:{bank(words['language'])['people']['gone']['states']})(?!\w)",
        text[match.end() :],
    )
    if gone or (named and named.group(1).lower() in person_words(words)):
        # `his grandfather, a lighthouse keeper, is buried`: the keeper is the grandfather.
        return True
    generic = match.group(3).lower() in words["anybody"]
    if generic and not _acts(match, text, words):
        # `the woman he loved` is somebody the brief has already.
        return True
    asked = " ".join(before).lower() in words["taken_for"] or last in words["gone_after"]
    return is_one or asked or match.group(2).strip().lower() in words["gone_words"]


def _own_pronoun(match: re.Match[str], text: str, words: Table) -> str:
    """The pronoun of the same sentence that is theirs: `the guest says he has been looking for her`."""
    end = re.search(r"[.!?;\n]", text[match.end() :])
    clause = text[match.end() : match.end() + (end.start() if end else PRONOUN_REACH)]
    own = [one for one in words["subject_pronouns"] if one in words["surely_subject"]]
    if own and re.match(rf" (?:{'|'.join(own)})(?!\w)", clause):
        # `a captain she has never met`: the pronoun is somebody else.
        return ""
    found = re.search(rf"(?<!\w)({'|'.join(own)})(?!\w)", clause, re.IGNORECASE) if own else None
    return str(found.group(1)).lower() if found else ""


@lru_cache(maxsize=8)
def _persons(
    groups: tuple[tuple[str, ...], ...], pronouns: tuple[str, ...], language: Language
) -> frozenset[str]:
    tables = bank(language)["people"]
    told = [*tables["kin"].values(), *tables["sexes"].values()]
    own = frozenset(word for text in told for word in text.split()) | trade_nouns(language)
    listed = frozenset(word for group in groups for word in group)
    return (listed | (own - AMBIGUOUS)) - frozenset(pronouns)


def person_words(words: Table) -> frozenset[str]:
    """Words for people: relations and professions, no pronouns and no titles."""
    groups = ("women", "men", "elders", "youths", "children", "uniforms", "suits", "persons")
    return _persons(
        tuple(tuple(words[group]["words"]) for group in groups), tuple(words["pronouns"]), words["language"]
    )


def _names(sentence: str, words: Table) -> list[tuple[str, bool]]:
    """Names in a sentence; a capital at its start proves a name only with more signs."""
    tokens = list(WORD.finditer(sentence))
    found: list[tuple[str, bool]] = []
    index = 0
    while index < len(tokens):
        run = _run(tokens, index, sentence, words)
        if run:
            beside = index and sentence[tokens[index - 1].end() : tokens[index].start()] == " "
            before = tokens[index - 1].group().lower() if beside else ""
            of_place = beside and (
                before in ("los", "las") or (index > 1 and tokens[index - 1].group() in ("El", "La"))
            )
            plain = not of_place and (is_given_name(run[0]) or before not in words["not_before_names"])
            place = tokens[index - 2].group().lower() if index > 1 and before in ("da", "do", "de") else ""
            # `um Pix`, `uma Kombi`: what one can have many of is nobody.
            plain = plain and (before not in words["indefinite"] or is_given_name(run[0]))
            if plain and before not in words["saints"] and place not in words["not_before_names"]:
                found.append((" ".join(run), _is_certain(tokens, index, run, before, words)))
        index += max(1, len(run))
    return found


def _run(tokens: list[re.Match[str]], index: int, sentence: str, words: Table) -> list[str]:
    run: list[str] = []
    if _is_calling(tokens, index, words):
        return []
    for at in range(index, min(index + 2, len(tokens))):
        word = tokens[at].group()
        joined = at == index or sentence[tokens[at - 1].end() : tokens[at].start()] == " "
        told = at == index > 0 and tokens[at - 1].group().lower() in person_words(words)
        does = at == index == 0 and len(tokens) > 1 and tokens[1].group() in words["after_names"]["words"][:2]
        latin = at > 0 and words["determiner"] != "the" and not sentence[: tokens[at].start()].endswith(". ")
        if not (joined and (_may_be_name(word, words) or ((told or latin or does) and _is_month_name(word)))):
            break
        run.append(word.removesuffix("'s").removesuffix("\u2019s"))
    return run


def _is_calling(tokens: list[re.Match[str]], index: int, words: Table) -> bool:
    """`Jeweller Anton` opens with a calling, `Tienen prisa` with a verb; `the Pikes` are a family."""
    word = tokens[index].group()
    verbs = grammar_of(words["language"]).verbs.finite
    if index == 0 and words["determiner"] != "the" and word.lower() in verbs and not is_given_name(word):
        return True
    before = tokens[index - 1].group().lower() if index else ""
    if before == "the" and word.endswith("s") and not is_given_name(word):
        return True
    after = tokens[index + 1].group() if index + 1 < len(tokens) else ""
    calling = words["determiner"] == "the" and word.lower().endswith(CALLINGS)
    return index == 0 and calling and after[:1].isupper() and not is_given_name(word)


def _is_month_name(word: str) -> bool:
    """`her friend June`: a month that is a first name too, right after what somebody is."""
    return word[:1].isupper() and is_given_name(word)


def _may_be_name(word: str, words: Table) -> bool:
    lower = word.lower()
    shouted = word.isupper() and len(word) > 3
    if not word[0].isupper() or len(word) < 2 or shouted or lower.endswith("-old"):
        return False
    plain = lower not in words["stop"] and lower not in words["pronouns"]
    plain = plain and (lower not in person_words(words) or is_given_name(word))
    return plain or lower in ("don", "doña", "dona")


def _is_certain(tokens: list[re.Match[str]], index: int, run: list[str], before: str, words: Table) -> bool:
    """A capital inside a sentence is a name, unless it may be a town after `to` or `de`."""
    following = [one.group().lower() for one in tokens[index + len(run) : index + len(run) + 3]]
    if following[:1] and following[0] in words["articles"] + words["indefinite"]:
        called = set(following[1:]) & person_words(words)
        gap = tokens[index + len(run)].start() - tokens[index + len(run) - 1].end()
        if called and gap == len(", "):
            return True
    if index > 0:
        return before not in words["weak_prepositions"] or is_given_name(run[0])
    if is_given_name(run[0]) or len(run) > 1:
        return True
    follower = tokens[1].group() if len(tokens) > 1 else ""
    if follower == "se" and words["language"] == "es":
        return True
    grammar = grammar_of(words["language"])
    later = [one.group() for one in tokens[1:4]]
    while len(later) > 1 and any(
        later[0].lower() in grammar.words[name] for name in ("clitics", "negations")
    ):
        later = later[1:]
    form = grammar.verbs.finite.get(later[0] if later else "")
    if form is not None and not form.bare and not form.plural and follower.islower():
        return True
    if follower in words["after_names"]["words"]:
        return not run[0].lower().endswith("s")
    verb = follower.islower() and follower[-1:] in ("s", "a", "e") and len(follower) > 2
    return verb and not run[0].lower().endswith("s")


def _is_gone(name: str, text: str, words: Table) -> bool:
    """Whether the text says that this person is dead or missing: talked about, not seen."""
    patterns = [pattern.format(name=re.escape(name)) for pattern in words["gone"]]
    kin = "|".join(bank(words["language"])["people"]["kin"].values()).replace(" ", "|")
    patterns.append(
        rf"(?:{LAST_RITES}) (?:of|del?|d[oa]) (?:their|her|his|su|sus|seu|sua) (?:{kin}),? {re.escape(name)}"
    )
    return any(re.search(rf"(?<!\w){pattern}(?!\w)", text) for pattern in patterns)


def _role(name: str, text: str, words: Table) -> str:
    escaped = re.escape(name)
    after = re.search(rf"{escaped}, ({words['appositive']} [^,.;:!?]{{3,48}})[,.;:!?]", text)
    if after and not _is_deed(after.group(1), words):
        return str(after.group(1)).strip()
    titles = "|".join(words["titles"])
    related = _relation(name, text, words)
    if related:
        return related
    young = re.search(rf"{escaped},? de (?:{YOUNG}) anos", text)
    if young:
        # No other word of the brief need say that this is a child.
        return "criança"
    before = re.search(rf"(?<!\w)([\w-]+),? (?:((?i:{titles}))\.? )?{escaped}(?!\w)", text)
    word = before.group(1).lower() if before else ""
    if word not in person_words(words):
        described = re.search(rf"(?<!\w)((?:[\w-]+ ){{1,2}}[\w-]+), {escaped},", text)
        callings = (
            [one for one in described.group(1).lower().split() if one in person_words(words)]
            if described
            else []
        )
        word = callings[0] if callings else word
    if before and before.group(2) and word not in person_words(words):
        # `su tía Chayo`: a title that is a relation or a calling too.
        word = before.group(2).lower()
    introduced = re.search(rf"(?:{words['name_is']}) {escaped}(?!\w)", text)
    if introduced:
        # `picks up a passenger. Her name is Marguerite`.
        said = [
            one.lower()
            for one in WORD.findall(text[: introduced.start()])
            if one.lower() in person_words(words)
        ]
        if said:
            return str(said[-1])
    honoured: dict[str, str] = words.get("honours", {})
    if before and before.group(1) in honoured:
        return str(honoured[before.group(1)])
    if before and "," in before.group() and re.search(r"(?:^|\W)(?:do|da|de|del)\s$", text[: before.start()]):
        # `Depois da morte do pai, Laura`: the father is somebody else.
        word = ""
    aged = re.fullmatch(r"\w+-year-old", word)
    known = word in person_words(words) and not _is_plural(word, words)
    opens = words["determiner"] == "the" and before is not None and before.group(1)[:1].isupper()
    known = known or (
        opens and word.endswith(CALLINGS) and word not in words["stop"] and not is_given_name(word)
    )
    return word if aged or known else _by_article(name, text, words)


def _relation(name: str, text: str, words: Table) -> str:
    """`a mãe da noiva, dona Guiomar` is the mother, `uma enfermeira chamada Luana` a nurse."""
    known = person_words(words)
    titles = "|".join(words["titles"])
    noun = r"([^\W\d_][\w-]*)"
    named = rf"(?:,? (?:chamad[oa]|llamad[oa]|named|called))? (?:(?i:{titles})\.? )?{re.escape(name)}(?!\w)"
    who, naming = re.escape(name), r"(?:chamad[oa]|llamad[oa]|named|called)"
    patterns = (
        rf"(?<![\w-]){noun} (?:d[eoa]|del|of) (?:\w+ )?\w+,{named}",
        rf"(?<![\w-]){noun} de [a-zà-ú]+ {who}(?!\w)",
        rf"(?<![\w-]){noun} {naming} {who}(?!\w)",
        rf"(?<![\w-]){noun} [^\W\d_]+ {naming} {who}(?!\w)",
        rf"(?<!\w){who} (?:é|es) (?:(?:um|uma|o|a|una|el|la) )?{noun}",
        rf"(?<!\w){who}, {noun}(?: de \w+)?,",
    )
    found = (str(one.group(1)) for pattern in patterns for one in re.finditer(pattern, text))
    return next((one for one in found if one in known), "")


def _is_deed(phrase: str, words: Table) -> bool:
    """`a fazer Romeu` says what somebody does, not what somebody is."""
    second = phrase.split()[1:2]
    return bool(second) and _is_verb(second[0].lower(), words)


def _is_verb(word: str, words: Table) -> bool:
    verbs = grammar_of(words["language"]).verbs
    return word in verbs.bases or (word in verbs.finite and word not in person_words(words))


def _by_article(name: str, text: str, words: Table) -> str:
    """`o síndico Valdemar`: an article, a noun and a name say what somebody is."""
    melted = ("do", "da", "ao", "à", "pelo", "pela", "del", "al")
    articles = "|".join([*words["articles"], *words["indefinite"], *melted])
    pattern = rf"(?<!\w)(?i:{articles}) ([a-zà-ú]{{4,}}) {re.escape(name)}(?!\w)"
    found = re.search(pattern, text)
    noun = found.group(1) if found else ""
    verbs = grammar_of(words["language"]).verbs
    does = (noun in verbs.finite or noun in verbs.bases) and noun not in person_words(words)
    fits = noun and not does and noun not in words["stop"] and not _is_plural(noun, words)
    return noun if fits and noun not in words["not_before_names"] else ""


def _if_gendered(article: str, words: Table) -> str:
    return article.lower() if article.lower() in words["gendered_articles"] else ""


def _title(name: str, text: str, words: Table) -> str:
    """What tells a person's gender for certain: a title, or the article of the role."""
    escaped = re.escape(name)
    titled = re.search(rf"(?<!\w)({'|'.join(words['titles'])})\.? {escaped}", text)
    if titled:
        return str(titled.group(1))
    gendered = "|".join(words["gendered_articles"]) or "$^"
    article = re.search(rf"(?<!\w)(?i:({gendered})) [a-zà-ú]{{3,}} {escaped}(?!\w)", text)
    return str(article.group(1)).lower() if article else ""


def _pronoun(name: str, text: str, words: Table) -> str:
    start = text.find(name) + len(name)
    after = text[start : start + PRONOUN_REACH]
    pattern = rf"(?<!\w)({'|'.join(words['subject_pronouns'])})(?!\w)"
    others: set[str] = set()
    for found in re.finditer(pattern, after, re.IGNORECASE):
        said = found.group(1).lower()
        between = WORD.findall(after[: found.start()])
        if len(between) == 1 and said not in words["surely_subject"]:
            # `Doctor Pryce orders her to stop`: the object of a clause is not its subject.
            others.add(said)
        elif said not in others:
            return str(said)
    return ""


def _is_plural(word: str, words: Table) -> bool:
    return word.endswith("s") and word.removesuffix("s") in person_words(words)
