"""Brazilian Portuguese verbs from the third person to eu, and from the present to the preterite.

`Você` takes the third person, so only eu has forms of its own.
"""

from functools import lru_cache

from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.speech.words import Role, Unsure
from tools.models.offline.words.bank import bank

SPELLED = (("c", "qu"), ("g", "gu"), ("ç", "c"))


def conjugated(verb: str, role: Role) -> str:
    """A third person singular for eu; for anybody else as it is.

    Raises:
        Unsure: it is no verb form we know.
    """
    if role != "speaker":
        return verb
    low = verb.lower()
    table = irregular()
    if low in table:
        return table[low]
    for stem in ("tém", "vém", "põe", "faz", "diz", "traz", "pôs", "fez", "disse", "trouxe", "teve", "veio"):
        prefix = low.removesuffix(stem)
        if low.endswith(stem) and prefix in (
            "man",
            "ob",
            "de",
            "re",
            "con",
            "sus",
            "pro",
            "pre",
            "su",
            "im",
            "com",
            "ex",
            "dis",
            "des",
            "contra",
            "mal",
            "a",
            "o",
            "inter",
            "satis",
        ):
            return prefix + table[stem]
    return _regular(low)


def to_singular(verb: str) -> str:
    """`dividem` as `divide`: a gente takes the singular.

    Raises:
        Unsure: the plural is not one we know.
    """
    *before, low = verb.lower().split()
    table: dict[str, str] = bank("pt-BR")["verbs"]["singular"]
    if low in table:
        return " ".join((*before, table[low]))
    for plural, singular in (("aram", "ou"), ("eram", "eu"), ("iram", "iu"), ("am", "a"), ("em", "e")):
        if low.endswith(plural) and len(low) > 4:
            return " ".join((*before, low.removesuffix(plural) + singular))
    raise Unsure(verb)


def is_verb(word: str) -> bool:
    """Whether a word is surely a verb in the third person."""
    low = word.lower()
    sure = low in preterites() or low in preterites().values()
    sure = sure or low in irregular() or low in pasts() or low in lasting() or low in pasts().values()
    return sure or (low.endswith("ou") and len(low) > 3)


@lru_cache(maxsize=1)
def irregular() -> dict[str, str]:
    """Forms whose eu follows no rule."""
    table: dict[str, str] = bank("pt-BR")["verbs"]["irregular"]
    return table


@lru_cache(maxsize=1)
def pasts() -> dict[str, str]:
    """Present to preterite, for verbs that happen once."""
    table: dict[str, str] = bank("pt-BR")["verbs"]["past"]
    return table


def spoken(word: str) -> str:
    """`deixara` as people say it: `deixou`."""
    form = grammar_of("pt-BR").verbs.finite.get(word.lower())
    if (
        form is None
        or form.tense != "past"
        or form.plural
        or not word.lower().endswith("ra")
        or form.base == "ser"
    ):
        return word
    return next((then for now, then in preterites().items() if _base(now) == form.base), word)


def is_plural(word: str) -> bool:
    """Whether a word is surely a verb in the plural."""
    form = grammar_of("pt-BR").verbs.finite.get(word)
    return form is not None and form.plural


def _base(word: str) -> str:
    form = grammar_of("pt-BR").verbs.finite.get(word)
    return form.base if form else ""


@lru_cache(maxsize=1)
def preterites() -> dict[str, str]:
    """Present to preterite, third person singular, for every verb that clauses are read with."""
    now: dict[str, str] = {}
    then: dict[str, str] = {}
    for word, form in grammar_of("pt-BR").verbs.finite.items():
        if not form.plural and form.tense in ("present", "past") and not word.endswith("ria"):
            (now if form.tense == "present" else then).setdefault(form.base, word)
    return {word: then[base] for base, word in now.items() if base in then} | pasts()


@lru_cache(maxsize=1)
def lasting() -> frozenset[str]:
    """Other forms that are surely verbs."""
    return frozenset(bank("pt-BR")["verbs"]["lasting"])


def _regular(low: str) -> str:
    present = low in lasting() or low in preterites()
    if low.endswith(("ava", "ia", "ria", "ra")) and not present:
        return low
    if low.endswith("rá"):
        return low[:-1] + "ei"
    if low.endswith("ou") and len(low) > 3:
        return _spelled(low[:-2]) + "ei"
    if low.endswith(("eu", "iu")) and len(low) > 3:
        return low[:-2] + "i"
    if low.endswith("ói"):
        return low[:-2] + "oo"
    if low.endswith("a") and len(low) > 2:
        return low[:-1] + "o"
    if low.endswith("e") and len(low) > 2:
        return _first_in_e(low[:-1])
    raise Unsure(low)


def _spelled(stem: str) -> str:
    for plain, spelled in SPELLED:
        if stem.endswith(plain):
            return stem.removesuffix(plain) + spelled
    return stem


def _first_in_e(stem: str) -> str:
    if stem.endswith("c"):
        return f"{stem[:-1]}ço"
    if stem.endswith("gu"):
        return f"{stem[:-1]}o"
    if stem.endswith("g"):
        return f"{stem[:-1]}jo"
    return f"{stem}o"
