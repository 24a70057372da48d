"""Trades: which one somebody has, as a role or a deed tells, and the words that name them."""

from functools import lru_cache

from state.script import Language
from tools.models.offline.persons.described import without_figures
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank


@lru_cache(maxsize=4)
def trade_words(language: Language) -> tuple[tuple[str, str], ...]:
    """Every word for a trade with its group, longest first."""
    found: list[tuple[str, str]] = []
    for group, text in bank(language)["people"]["trades"].items():
        if group != "former":
            single, *phrases = text.split("|")
            found += [(word, group) for word in [*single.split(), *phrases] if word]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


@lru_cache(maxsize=4)
def trade_nouns(language: Language) -> frozenset[str]:
    """The trades that are one word."""
    return frozenset(word for word, _ in trade_words(language) if " " not in word)


@lru_cache(maxsize=4)
def _pattern(language: Language) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word, _ in trade_words(language))
    return re.compile(rf"(?<![\w-])({words})(?![\w-])", re.IGNORECASE)


def trade_in(role: str, language: Language) -> str:
    """The group of the trade that a role names: the most telling one, or nothing."""
    groups = dict(trade_words(language))
    role = without_figures(role, language)
    head, comma, rest = role.partition(",")
    role = head + comma + re.sub(bank(language)["looks"]["more"]["clothes"], "", rest, flags=re.IGNORECASE)
    # The keeper's widow keeps no light.
    role = re.sub(r"^.*['\u2019]s (?=\w)", "", role)
    found = [one.group(1).lower() for one in _pattern(language).finditer(role)]
    phrases = [word for word in found if " " in word]
    # `hotel manager` is a manager in English, `gerente de hotel` one in Spanish: what one is, not where.
    first = phrases or (found[-1:] if language == "en" else found[:1])
    return groups.get(first[0], "") if first else ""


WITHIN = {
    "hockey": ("sport", ""),
    "officer": ("soldier",),
    "nun": ("priest",), "monk": ("priest",), "pastor": ("priest", "herder", ""), "imam": ("priest",),
    "rabbi": ("priest",),
    "chef": ("cook",), "waiter": ("server", "caretaker", "porter"), "pilot": ("captain",), "post": ("post",),
}  # fmt: skip
"""Which trades a calling can be told from; the others are told by their own words alone."""


def uniform_of(role: str, trade: str, language: Language) -> str:
    """The calling within a trade whose clothes a role asks for: a nun among priests, or nothing."""
    for calling, words in bank(language)["looks"]["uniforms"].items():
        if trade in WITHIN.get(calling, (trade,)) and re.search(
            rf"(?<![\w-])(?:{words})(?![\w-])", role, re.IGNORECASE
        ):
            return str(calling)
    return ""


def noun_of_trade(group: str, language: Language) -> tuple[str, ...]:
    """The words for a trade, the usual one first."""
    return tuple(bank(language)["people"]["trades"].get(group, "").partition("|")[0].split())


def is_former(role: str, language: Language) -> bool:
    """Whether the trade is behind them: nobody retired wears a uniform."""
    former = bank(language)["people"]["trades"]["former"].split()
    return any(word in former for word in re.findall(r"[\w-]+", role.lower()))


def trade_beside(name: str, text: str, language: Language) -> str:
    """The trade that stands in apposition to a name: `Lucía, guardia civil`, `the welder Bo`."""
    after, before = _beside_a_name(language)
    for place in _places(name, text):
        if found := after.match(text, place + len(name)):
            return trade_in(found.group(1), language)
    reach = len(trade_words(language)[0][0]) + len(", ")
    led = [before.search(text, max(0, place - reach), place) for place in _places(name, text, ends=True)]
    first = min((one for one in led if one is not None), key=lambda one: one.start(), default=None)
    return trade_in(first.group(1), language) if first is not None else ""


def _places(name: str, text: str, *, ends: bool = False) -> list[int]:
    """Where a name stands as a word: where it begins as one or, with `ends`, where it ends as one."""
    there = rf"(?={re.escape(name)}(?!\w))" if ends else rf"(?<!\w)(?={re.escape(name)})"
    return [one.start() for one in re.finditer(there, text)]


@lru_cache(maxsize=4)
def _beside_a_name(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What follows a name and leads to one where a trade stands beside it: the same for every name."""
    words = "|".join(re.escape(word) for word, _ in trade_words(language))
    article = r"(?:an?|the|un|una|el|la|o|a|um|uma|\d+|[\w ]{2,24} (?:years old|años|anos)),?"
    # `Gwen, the bride's mother` is no bride, `Gema, la madre de la novia` neither.
    kinds = r"(?:(?!de |da |do |del |of )[\w-]+ ){0,3}?"
    after = rf"(?: [A-Z]\w+)?, (?:{article} )?{kinds}({words})(?![\w-]|['\u2019]s )"
    # `The soldier's mother, Ona` and `a mãe do soldado, Ona` are no soldiers.
    others = "".join(
        rf"(?<!{one} )" for one in ("of the", "of a", "do", "da", "de", "del", "de la", "de un", "de um")
    )
    before = rf"(?<![\w-]){others}({words})(?:,)? \Z"
    return re.compile(after), re.compile(before)


def trade_by_deed(name: str, text: str, language: Language) -> str:
    """What somebody does for a living, as a sentence about them tells."""
    said = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    told = " ".join(part for part in re.split(r"[.!?;\n]", text) if said.search(part))
    for group, pattern in bank(language)["people"]["deeds"].items():
        own = pattern.replace("{name}", re.escape(name))
        if told and re.search(rf"(?<!\w)(?:{own})(?!\w)", told, re.IGNORECASE):
            return str(group)
    return ""
