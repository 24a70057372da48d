"""Places that words only speak of: who is asked or owes something, what is printed, the reason of a deed."""

from collections.abc import Collection
from functools import lru_cache

from state.script import Language, SetKind
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank

INSTITUTIONS: frozenset[SetKind] = frozenset(("office", "newsroom", "bank", "courtroom"))
"""Houses that decide, pay and print from afar: they may do something without anybody being there."""
REACH = 160
"""Letters before a noun in which its sentence says that it is only spoken of."""


def is_only_spoken_of(text: str, match: re.Match[str], kind: SetKind, language: Language) -> bool:
    """`the town hall won't`, `uma matéria na revista`, `llama a la grúa`, `offers her a lift`."""
    before, noun = text[max(0, match.start() - REACH) : match.start()], match.group().lower()
    table = _table(language)
    if noun in table["given"] and _gives(language).search(before):
        return True
    if _ends(language, "calls").search(before) or _ends(language, "trades").search(before):
        return True
    if kind in INSTITUTIONS and (
        _ends(language, "asks").search(before) or _acts(text, match, before, language)
    ):
        return True
    return noun in table["printed"] and _works(language).search(before) is None


def is_only_handled(text: str, match: re.Match[str], language: Language) -> bool:
    """`builds one last rowing boat`, `sigue a un camión`: who makes, mends or follows it is not aboard."""
    before = text[max(0, match.start() - REACH) : match.start()]
    return _handles(language).search(before) is not None


def is_dodged(text: str, match: re.Match[str], language: Language) -> bool:
    """`swerves round a cow, a band and a cart`: who drives past it is in no cart."""
    before = re.split(r"[.!?;:]\s", text[max(0, match.start() - REACH) : match.start()])[-1]
    return _dodged(language).search(before) is not None


def is_only_told(text: str, match: re.Match[str], language: Language) -> bool:
    """`because they go to the road`, `learns that her son lives on the beach`, `in the whole town`."""
    before = re.split(r"[.!?;:]", text[max(0, match.start() - REACH) : match.start()])[-1]
    forms = (_ends(language, "whole"), *(one(language) for one in (_reason, _heard, _feast, _where)))
    return any(one.search(before) for one in forms) or _is_past(before, language)


def in_brackets(text: str, match: re.Match[str]) -> bool:
    """`Vera (Mrs Castle to the tax office)`, `Rui (o porteiro do prédio)`: it only tells who somebody is."""
    before, after = text[max(0, match.start() - REACH) : match.start()], text[match.end() :]
    opened = before.rfind("(")
    return opened > before.rfind(")") and re.match(r"[^(.!?]{0,80}\)", after) is not None and opened > 0


def is_of_somebody(text: str, match: re.Match[str], language: Language) -> bool:
    """`Sol, a trumpeter who plays in the metro`: where somebody usually is, once the story is elsewhere."""
    before = re.split(r"[.!?;:]", text[max(0, match.start() - REACH) : match.start()])[-1]
    return _habit(language).search(before) is not None


@lru_cache(maxsize=4)
def _habit(language: Language) -> re.Pattern[str]:
    """An apposition and its relative clause: `, a boy who`, `, la cantante que`, `Paco el de`."""
    table = _table(language)
    articles = {
        "en": "an?|the|his|her|their",
        "es": "el|la|una?|los|las|su",
        "pt-BR": "o|a|uma?|os|as|seu|sua",
    }
    article = articles[language]
    relatives = _listed(table["relatives"])
    apposed = rf", (?:{article}) (?:(?!(?:{article}) )[\w'\u2019-]+ ){{1,5}}(?:{relatives}) [^,]*$"
    named = r"|[A-ZÁÉÍÓÚ]\w+,? (?:el|la|los|las) (?:de|del)(?: la| el)? $" if language == "es" else ""
    return re.compile(apposed + named)


def _is_past(before: str, language: Language) -> bool:
    """`her brother, who fell down the ravine`: what a relative clause tells of another time."""
    found = [*_relative(language).finditer(before)]
    if not found:
        return False
    finite = grammar_of(language).verbs.finite
    words = re.findall(r"[\w'\u2019]+", before[found[-1].end() :].lower())
    tenses = [finite[word].tense for word in words if word in finite and not finite[word].bare]
    return bool(tenses) and all(tense == "past" for tense in tenses)


def _acts(text: str, match: re.Match[str], before: str, language: Language) -> bool:
    """Whether an institution does something: `o jornal prometeu uma matéria`, `el banco no espera`."""
    article = "|".join(map(re.escape, _table(language)["the"]))
    if not re.search(
        rf"(?:^|[.!?;:,] |(?<!\w)(?:and|but|y|e|pero|mas) )(?:{article}) $", before, re.IGNORECASE
    ):
        return False
    after = re.match(
        r" (?:(?:no|não|never|nunca|jamás|only|just|solo|sólo|só|has|have|se|lhe|le|les) )*([\w'\u2019]+)",
        text[match.end() :],
    )
    if after is None:
        return False
    word = after.group(1).lower().replace("\u2019", "'")
    verbs = grammar_of(language).verbs.finite
    return word.endswith("n't") or (word in verbs and word not in _table(language)["being"])


@lru_cache(maxsize=4)
def _gives(language: Language) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{_listed(_table(language)['gives'])})(?: \w+)? (?:an?|una?|uma?) $", re.IGNORECASE
    )


@lru_cache(maxsize=16)
def _ends(language: Language, phrases: str) -> re.Pattern[str]:
    """Words that end on one of these phrases: `wants the`, `quer que a`, `antes de que el` before a place."""
    return re.compile(rf"(?<!\w)(?:{_listed(_table(language)[phrases])}) $", re.IGNORECASE)


@lru_cache(maxsize=4)
def _works(language: Language) -> re.Pattern[str]:
    """Who works or goes in where it is printed is there."""
    return re.compile(rf"(?<!\w)(?:{_listed(_table(language)['works'])})(?: \w+){{0,3}} $", re.IGNORECASE)


@lru_cache(maxsize=4)
def _reason(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_listed(_table(language)['reasons'])}) ", re.IGNORECASE)


@lru_cache(maxsize=4)
def _heard(language: Language) -> re.Pattern[str]:
    """What somebody learns or did before lies elsewhere, up to the next comma."""
    table = _table(language)
    pattern = rf"(?<!\w)(?:(?:{_listed(table['learns'])}) |{table['did']})[^,]*$"
    return re.compile(pattern, re.IGNORECASE)


@lru_cache(maxsize=4)
def _handles(language: Language) -> re.Pattern[str]:
    """What is made, mended or followed, and no word of going in between."""
    verbs = [*_table(language)["makes"], *bank(language)["where"]["moves"]["follow"]]
    inside = _listed(bank(language)["where"]["prepositions"]["lead"])
    return re.compile(
        rf"(?<!\w)(?:{_listed(verbs)})(?: al?)?(?: (?!(?:{inside}) )[\w'\u2019-]+){{0,4}} $", re.IGNORECASE
    )


@lru_cache(maxsize=4)
def _dodged(language: Language) -> re.Pattern[str]:
    """A verb of driving past, and a list of nouns behind it without another verb."""
    verbs = _listed(_table(language)["dodges"])
    return re.compile(rf"(?<!\w)(?:{verbs}) (?:[\w'\u2019-]+,? ){{0,14}}$(?<! que )(?<! who )", re.IGNORECASE)


@lru_cache(maxsize=4)
def _feast(language: Language) -> re.Pattern[str]:
    """`rolls for a wedding at the castle`: where the feast is that a thing is for, or that is over."""
    table = _table(language)
    return re.compile(
        rf"(?<!\w)(?:{_listed(table['for'])}) (?:[\w'\u2019-]+ ){{0,2}}(?:{_listed(table['feasts'])})"
        rf" (?:{_listed(bank(language)['where']['prepositions']['lead'])}) (?:[\w'\u2019-]+ ){{0,2}}$",
        re.IGNORECASE,
    )


@lru_cache(maxsize=4)
def _relative(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_listed(_table(language)['relatives'])}) ", re.IGNORECASE)


@lru_cache(maxsize=4)
def _where(language: Language) -> re.Pattern[str]:
    """`arrives from Reno, where he drives a lorry`: what is done in another town."""
    table = _table(language)
    return re.compile(
        rf"(?<!\w)(?:{_listed(table['from'])}) [^,.;]+, (?:{_listed(table['where'])}) ", re.IGNORECASE
    )


def _listed(words: Collection[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _table(language: Language) -> Table:
    table: Table = bank(language)["settings"]["spoken"]
    return table
