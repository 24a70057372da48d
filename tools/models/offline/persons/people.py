"""Finding people in a description: names, what they are called beside them, and who is only talked about."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from state.script import Language
from tools.models.offline.brief.aside import unquoted
from tools.models.offline.brief.casting_notes import without_looks
from tools.models.offline.brief.client_names import without_clients
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.evidence import AGED, is_only_a_heading, opens_a_clause
from tools.models.offline.persons.family_names import more_of_a_family
from tools.models.offline.persons.in_story import found_again, plays_a_part
from tools.models.offline.persons.personhood import masked
from tools.models.offline.persons.roles import fuller_role
from tools.models.offline.persons.sex_told import sex_told
from tools.models.offline.persons.spoken_of import is_only_spoken_of
from tools.models.offline.persons.surnames import bare, is_part_of, is_surname, reach_of, without_honour
from tools.models.offline.persons.trades import trade_nouns
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.names import HONOURS, STOPPED, is_given_name

WORD = re.compile(r"[^\W\d_]+(?:[\u2019'-][^\W\d_]+)*")
SENTENCE_END = re.compile(rf"(?<=[.!?…]){STOPPED}\s+|\n+")
MAX_PEOPLE = 8
PAIR = 2
NAMING = r"(?:chamad[oa]|llamad[oa]|named|called)"
YOUNG = "[3-9]|1[0-2]|cinco|seis|sete|oito|nove|dez|onze|doze"
PRONOUN_REACH = 90
AMBIGUOUS = frozenset(
    (
        "caixa",
        "star",
        "private",
        "general",
        "security",
        "champion",
        "público",
        "cabo",
        "guarda",
        "guardia",
        "count",
    )
)
"""Trades that are things too: a role needs more than the bare word."""
SMALL_TITLES = "don|doña|dona|seu|misia|tía|tío|tia|tio"
LAST_RITES = "funeral|death|burial|wake|entierro|muerte|velorio|enterro|morte|velório"
HONOURED = (
    "mrs?|ms|miss|misia|ña|nhá|nhô|sinhá|frau|herr|madame|dra?|doctora?|doutora?|señora?|don|doña|dona|seu|sor|hermana|hermano|irmã|irmão|fray|frei|"
    "padre|madre|tía|tío|tia|tio|profesora?|professora?|capitán|capitã|capitão|sister|father|aunt|uncle"
)
"""What stands small or great between a calling and a name: `a fiscal sanitária, doutora Ivone`."""
OF_ANOTHER = re.compile(
    r",? ?\(?(?:\d+, )?(?i:an?|the|her|his|una?|el|la|su|uma?|um|o|a) (?:[^\W\d_]+ ){1,4}?"
    r"(?:(?:that|who|whom|a quien|a quem|que) )?"
)
"""Before a pronoun: `Davo, a driver she has known`, `Beto, un chofer que ella conoce` is not she."""
NO_NAME_FOLLOWS = (
    r"(?! (?:dead|muert|mort|desaparecid|falecid|fallecid|named|called|llamad|chamad))"
    r"(?!(?: del[ea])?,? (?:(?:the|el|la|o|a) )?(?:mrs?|ms|dr|señora?|don|doña|dona|seu)?\.? ?"
    r"(?-i:[A-ZÁÉÍÓÚÂÊÔÃÕ]))"
    r"(?!(?: [a-zà-ú]+){0,2}(?: (?:who|que) [^,.;:!?]{2,40})?, "
    r"(?:(?:the|el|la|o|a) (?:[a-zà-ÿ]+ )?)?"
    rf"(?:(?:{HONOURED})\.? )?(?-i:[A-ZÁÉÍÓÚÂÊÔÃÕ])[\w-]+(?: (?-i:[A-ZÁÉÍÓÚÂÊÔÃÕ])[\w-]+)?,)"
)
"""After a role: not dead, and not introduced by name (`a irmã dele, Jussara`)."""
CALLINGS = ("er", "or", "ist", "man", "woman", "ian", "ess")
"""How English names of professions end."""


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
    for sentence in sentences(masked(without_clients(text), words["language"])):
        for name, certain in _names(sentence, words):
            counted[name] = counted.get(name, 0) + (2 if certain else 1)
    taken = {part for name in known for part in name.split()}
    names = [name for name, weight in counted.items() if weight >= 2 and not taken & set(name.split())]
    names = [one for one in names if not any(is_part_of(one, two) for two in names)]
    names += more_of_a_family(names, text, words["language"])
    # `don Eusebio` has come before Nando, though with a small honour.
    names.sort(key=lambda one: text.find(bare(one)))
    names = [one for one in names if not is_only_a_heading(one, text, words["language"])]
    there = [one for one in names if not (is_gone(one, text, words) or plays_a_part(one, text, words))]
    seen = [one for one in there if not is_only_spoken_of(one, text, words["language"])] or there
    return tuple(
        FoundPerson(
            name=name,
            role=fuller_role(
                plain,
                _role(plain, text, words) or _role(plain, without_looks(text), words),
                text,
                words["language"],
            ),
            title=_title(name, text, words),
            sex=sex_told(name, without_looks(text), words["language"]),
            pronoun=pronoun_behind(name, text, words, rest=[one for one in names if one != name]),
        )
        for name, plain in ((one, bare(one)) for one in seen[:MAX_PEOPLE])
    )


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
            plain = plain and not (index > 1 and is_surname(tokens, index))
            if plain and before not in words["saints"] and place not in words["not_before_names"]:
                found.append((" ".join(run), _is_certain(tokens, index, run, before, words)))
        index += max(1, len(run))
    return found


def _run(tokens: list[re.Match[str]], index: int, sentence: str, words: Table) -> list[str]:
    run: list[str] = []
    if _is_calling(tokens, index, words):
        return []
    if is_kin_name(re.sub(r"['\u2019]s$", "", tokens[index].group().lower()), words):
        alone = not index or tokens[index - 1].group().lower() not in words["articles"]
        word = re.sub(r"['\u2019]s$", "", tokens[index].group())
        called = _called_behind(tokens, index, sentence, words)
        return [word, *called] if alone and word[0].isupper() else []
    for at in range(index, min(index + reach_of(tokens[index].group()), len(tokens))):
        word = tokens[at].group()
        joined = at == index or sentence[tokens[at - 1].end() : tokens[at].start()] == " "
        told = at == index > 0 and tokens[at - 1].group().lower() in person_words(words)
        does = at == index == 0 and len(tokens) > 1 and tokens[1].group() in words["after_names"]["words"][:2]
        nick = at == index and _is_nickname(tokens, index, sentence, words)
        latin = at > 0 and words["determiner"] != "the" and not sentence[: tokens[at].start()].endswith(". ")
        month = (told or latin or does) and _is_month_name(word)
        if not (joined and (nick or month or _may_be_name(word, words))):
            break
        run.append(word.removesuffix("'s").removesuffix("\u2019s"))
    return without_honour(run)


def _called_behind(tokens: list[re.Match[str]], index: int, sentence: str, words: Table) -> list[str]:
    """`Nana Vee`, `Gran Pratt`: the name right behind what she is in the family."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is None or sentence[tokens[index].end() : after.start()] != " ":
        return []
    return [re.sub(r"['\u2019]s$", "", after.group())] if _may_be_name(after.group(), words) else []


def _is_calling(tokens: list[re.Match[str]], index: int, words: Table) -> bool:
    """`Jeweller Anton` opens with a calling, `Tienen prisa` with a verb; `the Pikes` are a family."""
    word = tokens[index].group()
    verbs = grammar_of(words["language"]).verbs.finite
    may_do = index == 0 and words["determiner"] != "the" and word.lower() in verbs
    if may_do and (not is_given_name(word) or _goes_on_as_verb(tokens, words)):
        return True
    before = tokens[index - 1].group().lower() if index else ""
    if before == "the" and word.endswith("s") and not is_given_name(word):
        return True
    after = tokens[index + 1].group() if index + 1 < len(tokens) else ""
    calling = words["determiner"] == "the" and word.lower().endswith(CALLINGS)
    full = tokens[index + 2].group() if index + PAIR < len(tokens) else ""
    calling = calling or (words["determiner"] == "the" and is_given_name(after) and full[:1].isupper())
    return index == 0 and calling and after[:1].isupper() and not is_given_name(word)


def _goes_on_as_verb(tokens: list[re.Match[str]], words: Table) -> bool:
    """`Mira afuera`, `Mira a su padre`: a verb; `Mira no contesta` is she."""
    grammar = grammar_of(words["language"])
    after = [one.group().lower() for one in tokens[1 : PAIR + 1]]
    small = grammar.words["adverbs"] | grammar.words["prepositions"] | grammar.determiners
    does = [word in grammar.verbs.finite and word not in small for word in after]
    return bool(after) and after[0] in small and not any(does)


def is_kin_name(word: str, words: Table) -> bool:
    """`Dad`, `Mamá`, `Vovó`: called so without an article, as if it were a name."""
    return word in bank(words["language"])["people"]["kin"]["names"].split()


def _is_nickname(tokens: list[re.Match[str]], index: int, sentence: str, words: Table) -> bool:
    """`La Güera, contrabandista,`: a word for people, great, and what they are behind it."""
    before = tokens[index - 1].group().lower() if index else ""
    if before not in words["gendered_articles"] or not tokens[index].group()[0].isupper():
        return False
    return re.match(r", [a-zà-ÿ]", sentence[tokens[index].end() :]) is not None


def _is_month_name(word: str) -> bool:
    """`her friend June`: a month that is a first name too, right after what somebody is."""
    return word[:1].isupper() and is_given_name(word)


def _may_be_name(word: str, words: Table) -> bool:
    lower = word.lower()
    shouted = word.isupper() and len(word) > 3
    if not word[0].isupper() or len(word) < 2 or shouted or lower.endswith(("-old", "-se")):
        return False
    plain = lower not in words["stop"] and lower not in words["pronouns"] and lower not in HONOURS
    plain = plain and (lower not in person_words(words) or is_given_name(word) or is_kin_name(lower, words))
    return plain or lower in ("don", "doña", "dona")


def _is_certain(tokens: list[re.Match[str]], index: int, run: list[str], before: str, words: Table) -> bool:
    """A capital inside a sentence is a name, unless it may be a town after `to` or `de`."""
    following = [one.group().lower() for one in tokens[index + len(run) : index + len(run) + 3]]
    if following[:1] and following[0] in words["articles"] + words["indefinite"]:
        called = set(following[1:]) & person_words(words)
        gap = tokens[index + len(run)].start() - tokens[index + len(run) - 1].end()
        if called and gap == len(", "):
            return True
    last = tokens[index + len(run) - 1]
    if AGED.match(last.string, last.end()):
        return True
    if is_kin_name(run[0].lower(), words):
        return tokens[index].group() == run[0]
    if index > 0:
        return before not in words["weak_prepositions"] or is_given_name(run[0])
    if is_given_name(run[0]) or len(run) > 1:
        return True
    follower = tokens[1].group() if len(tokens) > 1 else ""
    if follower == "se" and words["language"] == "es":
        return True
    return _does(follower, tokens, run, words)


def _does(follower: str, tokens: list[re.Match[str]], run: list[str], words: Table) -> bool:
    """Whether what follows the first word of a sentence says that it is somebody who does it."""
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
    small = grammar.determiners | grammar.words["prepositions"] | grammar.words["coordinators"]
    if follower.lower() in small or opens_a_clause(run[0], words["language"]):
        # `Lifting the old insole, she`: no verb follows.
        return False
    verb = follower.islower() and follower[-1:] in ("s", "a", "e") and len(follower) > 2
    return verb and not run[0].lower().endswith("s")


def is_gone(name: str, text: str, words: Table) -> bool:
    """Whether the text says that this person is dead or missing: talked about, not seen."""
    if found_again(name, text, words):
        return False
    if _is_lost(name, text, words) and not _does_later(name, text, words):
        return True
    could = [pattern for pattern in words["gone"] if re.could_fit(pattern.format(name="{name}"), text)]
    patterns = [pattern.format(name=re.escape(name)) for pattern in could]
    kin = "|".join(bank(words["language"])["people"]["kin"].values()).replace(" ", "|")
    rites = rf"(?:{LAST_RITES}) (?:of|del?|d[oa]) (?:their|her|his|su|sus|seu|sua) (?:{kin}),? "
    if re.search(rites, text):
        patterns.append(f"{rites}{re.escape(name)}")
    return any(re.search(rf"(?<!\w){pattern}(?!\w)", text) for pattern in patterns)


def _is_lost(name: str, text: str, words: Table) -> bool:
    """`Her sister Leila, who disappeared in March`, `sua mulher, Celeste, sumiu`: dead or missing."""
    lost = bank(words["language"])["people"]["gone"]["lost"]
    who = r"(?:,? (?:who|que|quien|quem))?,? (?:(?:had|has|have|ha|se|já|ya|había|le|lo|la) )?"
    return re.search(rf"(?<!\w){re.escape(name)}{who}(?:{lost})(?!\w)", unquoted(text)) is not None


def _does_later(name: str, text: str, words: Table) -> bool:
    """Whether the story has somebody do something now: `and then Leila walks in`."""
    verbs = grammar_of(words["language"]).verbs.finite
    lost = bank(words["language"])["people"]["gone"]["lost"]
    for found in re.finditer(rf"(?<!\w){re.escape(name)} ([a-zà-ÿ]+)", unquoted(text)):
        form = verbs.get(found.group(1))
        if form and form.tense == "present" and not form.bare and not re.match(lost, found.group(1)):
            return True
    return False


def _role(name: str, text: str, words: Table) -> str:
    escaped = re.escape(name)
    after = re.search(
        rf"{escaped}, ({words['appositive']} [^,.;:!?\n\"\u201d\u00bb]{{3,48}})(?:[,.;:!?\n]|$)", text
    )
    listed = after is not None and re.search(rf"{NAMING} (?!{escaped})[A-ZÁÉÍÓÚ]", after.group(1)) is not None
    if after and not listed and not _is_deed(after.group(1), words):
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
    titled = next((one for one in before.groups() if one in honoured), "") if before else ""
    if titled:
        return str(honoured[titled])
    if before and "," in before.group() and re.search(r"(?:^|\W)(?:do|da|de|del)\s$", text[: before.start()]):
        # `Depois da morte do pai, Laura`: the father is somebody else.
        word = ""
    aged = re.fullmatch(r"\w+-year-old", word)
    known = word in person_words(words) and not is_plural(word, words)
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
    who, naming = re.escape(name), NAMING
    articles, some = "|".join(words["articles"]), "|".join(words["indefinite"])
    patterns = (
        rf"(?<!\w)(?i:{articles}) {noun}(?: [a-zà-ú]+)?(?: (?:who|que) [^,.;:!?]{{2,40}})?, "
        rf"(?:(?i:{HONOURED})\.? ){who},",
        rf"(?<![\w-]){noun} (?:d[eoa]|del|of) (?:\w+ )?\w+,{named}",
        # `Chega um fiscal novo, o Valdomiro, todo engomado`.
        rf"(?<!\w)(?i:{some}) {noun}(?: [a-zà-ú-]+){{0,2}}, (?:(?i:{articles}) )?"
        rf"(?:(?i:{HONOURED})\.? )?{who}(?=[,.;:!?])",
        rf"(?<![\w-]){noun} de (?!(?:{HONOURED}) )[a-zà-ú]+ {who}(?!\w)",
        rf"(?<![\w-]){noun} {naming} {who}(?!\w)",
        rf"(?<![\w-]){noun} [^\W\d_]+ {naming} {who}(?!\w)",
        rf"(?<!\w){who} (?:é|es) (?:(?:um|uma|o|a|una|el|la) )?{noun}",
        rf"(?<!\w){who}, {noun}(?: de \w+)?,",
        # `the vicar (Rev. Amy, 35)`, `Octavio (el desconocido)`, `Thomas comes in: a widower of fifty`.
        rf"(?<![\w-]){noun} \((?:(?i:{HONOURED}|rev|sgt|capt|lt|prof)\.? )?{who}[,)]",
        rf"(?<!\w){who} \((?:(?i:{articles}) )?{noun}[,)]",
        rf"(?<!\w){who} [^.!?;:A-ZÀ-Ý]{{3,80}}: (?:an?|una?|uma?|um) {noun}"
        r"(?= (?:of|de|in|with|con|com)(?!\w))",
        rf"(?<!\w){who}, (?:de )?(?:\d+|[a-zà-ú]+(?: [ey] [a-zà-ú]+)?)(?: anos| años)?, {noun}(?!\w)",
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
    pattern = rf"(?<!\w)((?i:{articles})) ([a-zà-ú]{{4,}}) {re.escape(name)}(?!\w)"
    found = re.search(pattern, text)
    noun = found.group(2) if found else ""
    if found and found.group(1).lower() in melted and noun not in person_words(words):
        # `Na barraca da frente Marluce vende`: where, and nobody's calling.
        noun = ""
    verbs = grammar_of(words["language"]).verbs
    does = (noun in verbs.finite or noun in verbs.bases) and noun not in person_words(words)
    does = does or noun in grammar_of(words["language"]).words["time_words"]
    fits = noun and not does and noun not in words["stop"] and not is_plural(noun, words)
    return noun if fits and noun not in words["not_before_names"] else ""


def if_gendered(article: str, words: Table) -> str:
    """The article, where it tells woman from man."""
    return article.lower() if article.lower() in words["gendered_articles"] else ""


def _title(name: str, text: str, words: Table) -> str:
    """What tells a person's gender for certain: a title, or the article of the role."""
    escaped = re.escape(name)
    titled = re.search(rf"(?<!\w)({'|'.join(words['titles'])}|{SMALL_TITLES})\.? {escaped}", text)
    if titled:
        return str(titled.group(1))
    gendered = "|".join(words["gendered_articles"]) or "$^"
    naming = (
        r"(?: (?:de|del|do|da) [^,.;:!?]{2,30},?)?(?:,? (?:[a-zà-ú]+, )?(?:llamad[oa]|chamad[oa]|de nombre))?"
    )
    called = person_words(words)
    for found in re.finditer(rf"(?<!\w)(?i:({gendered})) ([a-zà-ú]{{3,}}){naming} {escaped}(?!\w)", text):
        # `La maneja Wilmer`, `un sótano de la mano de Amparo`: no calling of theirs.
        beside = text[found.end(2) : found.end()] == f" {name}" and not _is_verb(found.group(2), words)
        if beside or found.group(2) in called:
            return str(found.group(1)).lower()
    return ""


def pronoun_behind(name: str, text: str, words: Table, *, rest: Sequence[str] = ()) -> str:
    """The pronoun that tells woman from man: the first behind the name that is nobody else's."""
    start = text.find(name) + len(name)
    after = text[start : start + PRONOUN_REACH]
    pattern = rf"(?<!\w)({'|'.join(words['subject_pronouns'])})(?!\w)"
    others: set[str] = set()
    for found in re.finditer(pattern, after, re.IGNORECASE):
        said = found.group(1).lower()
        if any(
            re.search(rf"(?<!\w){re.escape(one.split()[-1])}(?!\w)", after[: found.start()]) for one in rest
        ):
            break
        if OF_ANOTHER.fullmatch(after[: found.start()]):
            others.add(said)
            continue
        between = WORD.findall(after[: found.start()])
        told_of = len(between) == 1 or (len(between) == PAIR and between[0].lower() in ("who", "that", "que"))
        if told_of and said not in words["surely_subject"]:
            # `Doctor Pryce orders her to stop`: the object of a clause is not its subject.
            others.add(said)
        elif said not in others:
            return str(said)
    return ""


def is_plural(word: str, words: Table) -> bool:
    """Whether a word is for several people."""
    return word.endswith("s") and word.removesuffix("s") in person_words(words)
