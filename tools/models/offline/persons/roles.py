"""Who somebody is in the brief's words: the whole of `the local film star`, not its last noun."""

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.trades import trade_in, trade_nouns
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

MOST_WORDS = 3
PARTICIPLES = {"ed": ("en",), "do": ("es", "pt-BR"), "da": ("es", "pt-BR")}
"""How a participle ends that says what kind: `retired`, `jubilado`."""
RETIRED = ("jubilado", "jubilada", "retirado", "retirada", "aposentado", "aposentada", "retired", "former")
"""What stands beside a calling and beside nothing else."""
ARTICLE = re.compile(r"^(?:an?|the|el|la|un|una|uno|os?|as?|um|uma) (?=\w)", re.IGNORECASE)


def fuller_role(name: str, role: str, text: str, language: Language) -> str:
    """The role with the words that say what kind; found anew where it is empty and a trade stands there."""
    short = ARTICLE.sub("", role)
    kind = re.search(rf"(?<![\w'\u2019])([a-z]+) {re.escape(short)},? {re.escape(name)}(?!\w)", text)
    if language == "en" and short and kind and _is_kind(kind.group(1), language):
        short = f"{kind.group(1)} {short}"
    told = _before(name, text, language) or _after(name, text, language) or _called(name, text, language)
    told = told or _is_one(name, text, language)
    told = ARTICLE.sub("", told)
    if told and (not short or re.search(rf"(?<!\w){re.escape(short)}(?!\w)", told)):
        return told
    return short


def whole_role(match: re.Match[str], text: str, language: Language) -> str:
    """`night manager`, `vigilante nocturno`: the kind stands before the noun in English, else after it."""
    noun = match.group(3).lower()
    if language == "en":
        kind = match.group(2).strip().lower()
        if kind.endswith(("'s", "\u2019s")):
            return f"{kind} {noun}"
        return f"{kind} {noun}" if kind and _is_kind(kind, language) else noun
    first = match.group(2).strip().lower()
    if first in trade_nouns(language):
        return f"{first} {noun}"
    after = re.match(r" ([a-zà-ÿ-]{4,})(?![\w-])", text[match.end() :])
    kind = after.group(1) if after else ""
    return f"{noun} {kind}" if kind and _is_kind(kind, language) and _agrees(noun, kind) else noun


def _before(name: str, text: str, language: Language) -> str:
    """`the local film star Rohan`, `la guardia civil Maribel`."""
    chain = rf"((?:[a-zà-ÿ-]+ ){{1,{MOST_WORDS}}}){re.escape(name)}(?!\w)"
    article = r"(?i:an?|the|her|his|their|el|la|un|una|su|o|um|uma|seu|sua|do|da|ao|à|del|al)"
    found = re.search(rf"(?<!\w){article} {chain}", text)
    if not found:
        opened = re.search(rf"(?:^|[.;:!?] ){article} ([a-zà-ÿ-]+), {re.escape(name)},", text)
        noun = opened.group(1) if opened else ""
        return noun if noun not in bank(language)["reading"]["stop"] else ""
    phrase = found.group(1).strip()
    parts = phrase.split()
    head = parts[-1] if language == "en" else parts[0]
    kinds = parts[:-1] if language == "en" else parts[1:]
    form = grammar_of(language).verbs.finite.get(head)
    if form is not None and not form.bare and head not in trade_nouns(language):
        # `The barber lets Clem in`: two people.
        return ""
    is_trade = head in trade_nouns(language) or (len(parts) > 1 and bool(trade_in(phrase, language)))
    return phrase if is_trade and all(_is_kind(one, language) for one in kinds) else ""


def _is_one(name: str, text: str, language: Language) -> str:
    """`Ruth Calloway is a district nurse in Sheffield`."""
    found = re.search(
        rf"(?<!\w){re.escape(name)} is an? ((?:[a-z-]+ ){{0,{MOST_WORDS - 1}}}?[a-z-]+)(?![\w-])", text
    )
    if language != "en" or found is None:
        return ""
    *kinds, noun = re.findall(r"(?:[a-z-]+ ?)+", text[found.start(1) :])[0].split()
    phrase: list[str] = []
    for word in (*kinds, noun):
        phrase.append(word)
        if word in trade_nouns(language) or trade_in(" ".join(phrase), language):
            return " ".join(phrase) if all(_is_kind(one, language) for one in phrase[:-1]) else ""
    return ""


def _called(name: str, text: str, language: Language) -> str:
    """`a boy of nine called Fintan`."""
    naming = r"(?:called|named|llamad[oa]|chamad[oa]|de nombre)"
    found = re.search(
        rf"(?<![\w-])([a-zà-ÿ-]+) (?:of|de) [\w -]{{2,24}},? {naming} {re.escape(name)}(?!\w)", text
    )
    noun = found.group(1) if found else ""
    tables = bank(language)["people"]
    stages = " ".join([*tables["ages"].values(), *tables["kin"].values()]).split()
    return noun if noun in trade_nouns(language) or noun in stages else ""


def _after(name: str, text: str, language: Language) -> str:
    """`Otacílio, maestro aposentado,`; `Gus, night porter at the Ritz`."""
    found = re.search(rf"(?<!\w){re.escape(name)}, ([a-zà-ÿ-]+(?: [a-zà-ÿ-]+){{0,2}})", text)
    if not found:
        return ""
    parts: list[str] = []
    for word in found.group(1).split():
        if parts and not _is_kind(word, language):
            break
        parts.append(word)
    phrase = " ".join(parts)
    head = parts[0] if language != "en" else parts[-1]
    retired = len(parts) > 1 and parts[1 if language != "en" else 0] in RETIRED
    if head not in trade_nouns(language) and not retired and not _is_agent(head, language):
        return _aged(found.group(1), text[found.end() :], language)
    of = re.match(r" (?:de|do|da|del) [a-zà-ÿ]+(?=[,.;])", text[found.start(1) + len(phrase) :])
    return f"{phrase}{of.group()}" if of and language != "en" else phrase


def _is_agent(noun: str, language: Language) -> bool:
    """`afilador`, `sambista`: a calling by its ending, where no adjective ends so."""
    moods = (
        "realista",
        "optimista",
        "otimista",
        "pesimista",
        "pessimista",
        "soñador",
        "soñadora",
        "sonhador",
    )
    return language != "en" and noun not in moods and noun.endswith(("dor", "dora", "ista", "ólogo", "óloga"))


def _aged(phrase: str, rest: str, language: Language) -> str:
    """`orfebre de cuarenta y tantos`: what has so many years is what somebody is."""
    numbers = "|".join(" ".join(bank(language)["people"]["numbers"].values()).split())
    found = re.match(
        rf"([a-zà-ÿ-]+) (?:de|of) (?:unos |unas |uns |umas |about )?(?:\d+|{numbers})(?!\w)", phrase + rest
    )
    return found.group(1) if found and _is_kind(found.group(1), language) else ""


def _is_kind(word: str, language: Language) -> bool:
    """Whether a word beside a noun only says which: no verb, no particle."""
    grammar = grammar_of(language)
    if re.fullmatch(r"called|named|llamad[oa]|chamad[oa]", word):
        return False
    if word.endswith(("ed", "ado", "ada", "ido", "ida")) and language in PARTICIPLES[word[-2:]]:
        return True
    particles = ("prepositions", "articles", "possessives", "negations", "pronouns_she", "pronouns_he")
    if any(word in grammar.words.get(name, frozenset()) for name in particles):
        return False
    plain = word in ("and", "or", "who", "y", "e", "o", "u", "que", "se", "já", "ya", "nunca", "não", "no")
    form = grammar.verbs.finite.get(word)
    acts = form is not None and not (language == "en" and form.bare)
    return not plain and not acts and not word.endswith(("ndo", "ly", "mente"))


def _agrees(noun: str, kind: str) -> bool:
    """`mago jubilado`, `nieta mayor`: an adjective, and of the same gender."""
    ends = ("o", "a", "or", "al", "ar", "ente", "ante", "iz", "el", "ior", "ense", "ês", "esa")
    apart = (noun.endswith("a") and kind.endswith("o")) or (noun.endswith("o") and kind.endswith("a"))
    return kind.endswith(ends) and not apart
