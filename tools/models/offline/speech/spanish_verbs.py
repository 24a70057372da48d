"""Spanish verbs from the third person to yo and tú, and from the present to the preterite."""

from functools import lru_cache

from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.speech.words import Role, Unsure, listed
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

STRONG = re.compile(r"^(.*(?:tuv|anduv|pud|pus|sup|cup|vin|quis|hub|quer))o$")
WISHED = listed("es", "wished")
SPELLED = (("c", "qu"), ("g", "gu"), ("z", "c"))


def conjugated(verb: str, role: Role) -> str:
    """A third person singular for yo (speaker) or tú (listener).

    Raises:
        Unsure: it is no verb form we know.
    """
    if role == "other":
        return verb
    at = 0 if role == "speaker" else 1
    low = verb.lower()
    table = irregular()
    if low in table:
        return table[low][at]
    for stem in ("tiene", "viene", "pone", "hace", "dice", "trae", "cae", "hizo", "dijo", "trajo"):
        prefix = low.removesuffix(stem)
        if low.endswith(stem) and prefix in (
            "man",
            "ob",
            "de",
            "re",
            "con",
            "sos",
            "pro",
            "pre",
            "su",
            "im",
            "com",
            "pro",
            "ex",
            "dis",
            "des",
            "contra",
            "mal",
            "a",
            "o",
            "inter",
        ):
            return prefix + table[stem][at]
    return _regular(low, at)


def of_us(verb: str) -> str:
    """A third person plural for nosotros.

    Raises:
        Unsure: what the infinitive is cannot be told.
    """
    low = verb.lower()
    table: dict[str, str] = bank("es")["verbs"]["ours"]
    if low in table:
        return table[low]
    past = pasts().get(low[:-1], "") if low.endswith(("an", "en")) else ""
    if past.endswith("ió"):
        return f"{past[:-2]}{'iamos' if in_iar(past) else 'imos'}"
    if past.endswith("ó"):
        return f"{past[:-1]}amos"
    if low.endswith("aron"):
        return f"{low[:-4]}amos"
    if low.endswith("ieron"):
        return f"{low[:-5]}imos"
    if low.endswith("an") and not re.search(r"ie|ue", low):
        return f"{low[:-2]}amos"
    raise Unsure(verb)


def in_iar(past: str) -> bool:
    """Whether `envió` is of a verb in -iar and not, as `comió`, in -er or -ir."""
    stems: str = bank("es")["verbs"]["iar"]
    return past.endswith(tuple(f"{stem}ió" for stem in stems.split()))


def is_verb(word: str) -> bool:
    """Whether a word is surely a verb in the third person."""
    low = word.lower()
    sure = low in irregular() or low in pasts() or low in lasting() or low in pasts().values()
    return sure or bool(STRONG.match(low)) or (low.endswith("ó") and len(low) > 3)


def is_wished(word: str) -> bool:
    """Whether a word can only be a subjunctive: `cambie`, `descubra`, `meta`."""
    verbs = grammar_of("es").verbs
    stem = re.sub(r"qu$", "c", re.sub(r"gu$", "g", word[:-1]))
    infinitives = {
        "e": (f"{stem}ar", f"{stem[:-1]}zar"),
        "a": (f"{stem}er", f"{stem}ir", f"{stem.removesuffix('zc')}cer"),
    }.get(word[-1:], ())
    known = word in WISHED or any(one in verbs.bases for one in infinitives)
    return known and word not in verbs.finite


@lru_cache(maxsize=1)
def irregular() -> dict[str, list[str]]:
    """Forms whose yo or tú follow no rule."""
    table: dict[str, list[str]] = bank("es")["verbs"]["irregular"]
    return table


@lru_cache(maxsize=1)
def pasts() -> dict[str, str]:
    """Present to preterite, for verbs that happen once."""
    table: dict[str, str] = bank("es")["verbs"]["past"]
    return table


@lru_cache(maxsize=1)
def lasting() -> frozenset[str]:
    """Other forms that are surely verbs."""
    return frozenset(bank("es")["verbs"]["lasting"])


def _regular(low: str, at: int) -> str:
    strong = STRONG.match(low)
    if strong:
        return strong[1] + ("e", "iste")[at]
    if low.endswith("jo") and len(low) > 3:
        return low[:-1] + ("e", "iste")[at]
    if low.endswith(("aba", "ía")):
        return low + ("", "s")[at]
    if low.endswith("rá"):
        return low[:-1] + ("é", "ás")[at]
    if low.endswith("yó"):
        vowel = low[-3]
        return low[:-2] + (("í", "íste") if vowel in "aeo" else ("í", "iste"))[at]
    if low.endswith("ió"):
        return low[:-2] + (("ié", "iaste") if in_iar(low) else ("í", "iste"))[at]
    if low.endswith("ó"):
        return (_spelled(low[:-1]) + "é", low[:-1] + "aste")[at]
    if low.endswith("a") and len(low) > 2:
        return (low[:-1] + "o", low + "s")[at]
    if low.endswith("e") and len(low) > 2:
        return (_first_in_e(low[:-1]), low + "s")[at]
    raise Unsure(low)


def _spelled(stem: str) -> str:
    for plain, spelled in SPELLED:
        if stem.endswith(plain) and not stem.endswith("gu"):
            return stem.removesuffix(plain) + spelled
    return stem.removesuffix("gu") + "gü" if stem.endswith("gu") else stem


def _first_in_e(stem: str) -> str:
    """`conoce` is conozco, `finge` is finjo, `sigue` is sigo; the rest only change their ending."""
    if stem.endswith(("ec", "oc", "uc", "ac")):
        return f"{stem[:-1]}zco"
    if stem.endswith("nc") or stem.endswith("rc"):
        return f"{stem[:-1]}zo"
    if stem.endswith("gu"):
        return f"{stem[:-1]}o"
    if stem.endswith("g"):
        return f"{stem[:-1]}jo"
    return f"{stem}o"
