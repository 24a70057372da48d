"""Woman or man where the words round a name leave no doubt: `el proyeccionista`, `in his pyjamas`."""

from functools import lru_cache

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.trades import trade_nouns
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

BODY_AND_CLOTHES = (
    "pyjamas|pajamas|slippers|shirt|coat|jacket|cap|hat|apron|glasses|shoes|boots|socks|gloves|scarf|dress|trousers"
    "|uniform|dressing gown|nightgown|sleeves?|pockets?|head|eyes?|hands?|arms?|shoulders?|face"
    "|lips?|mouth|neck|chin|fists?|fingers?|feet|foot|knees?|hair|beard|moustache|back|lap|palms?|forehead|wrist|cheeks?|chest|heart"
)
ENDS: dict[str, str] = {"o": "man", "a": "woman"}


def sex_told(name: str, text: str, language: Language) -> str:
    """`woman` or `man`; empty where no word of the text tells."""
    if language == "en":
        return {"his": "man", "her": "woman"}.get(_own_possessive(name, text), "")
    return _by_naming(name, text) or _by_article(name, text, language)


def _by_naming(name: str, text: str) -> str:
    found = re.search(rf"(?:llamad|chamad|apodad|apelidad)([oa]) {re.escape(name)}(?!\w)", text)
    return ENDS[found.group(1)] if found else ""


def _by_article(name: str, text: str, language: Language) -> str:
    """`Curro es el proyeccionista`, `Osmar, o gerente`, `una galesa llamada Bron`, `o Nonato`."""
    escaped, nouns = re.escape(name), _nouns(language)
    feminine = ("la", "una") if language == "es" else ("a", "uma")
    masculine = ("el", "un") if language == "es" else ("o", "um")
    articles = "|".join([*feminine, *masculine])
    before = (
        rf"(?<!\w)(?i:({articles})) ([a-zà-ÿ]{{3,}})(?: [a-zà-ÿ]{{3,}})?,? (?:de nombre )?{escaped}(?!\w)"
    )
    after = rf"(?<!\w){escaped}(?:,| es| é) ({articles}) ([a-zà-ÿ]{{3,}})(?!\w)"
    for pattern in (after, before):
        for found in re.finditer(pattern, text):
            if found[2].lower() in nouns and not found[2].lower().endswith(("persona", "pessoa")):
                return "woman" if found[1].lower() in feminine else "man"
    return _by_own_article(escaped, text, language)


def _by_own_article(escaped: str, text: str, language: Language) -> str:
    """`o Nonato`, `da Dalva`: Brazilians give a name its article."""
    if language == "es":
        return ""
    his = len(re.findall(rf"(?<!\w)(?:[Oo]|do|ao|pelo) {escaped}(?!\w)", text))
    hers = len(re.findall(rf"(?<!\w)(?:A|da|à|pela) {escaped}(?!\w)", text))
    return "man" if his > hers else "woman" if hers > his else ""


@lru_cache(maxsize=4)
def _nouns(language: Language) -> frozenset[str]:
    tables = bank(language)["people"]
    told = {w for one in ("kin", "sexes", "ages") for v in tables[one].values() for w in v.split()}
    grammar = grammar_of(language)
    return frozenset(told | trade_nouns(language)) - grammar.determiners - grammar.words["time_words"]


def _own_possessive(name: str, text: str) -> str:
    """`Tully lifts his cap`, `Dilwyn comes out in his pyjamas`: what is somebody's own says who they are."""
    last = re.escape(name.split()[-1])
    own = rf"(?<!\w){last} (?:[a-z]+ly )?[a-z]+s (?:(?:up|down|off|on|out) )?(?:(his) [a-z]|(her) own )"
    # Nobody else stands between, be it without a name.
    to = "(?:in|on|over|under|with|round|around|to)"
    worn = rf"(?<!\w){last} (?:[a-z]+ ){{1,7}}?{to} (?:(his)|(her)) (?:\w+ )?(?:{BODY_AND_CLOTHES})(?!\w)"
    found = re.search(own, text) or re.search(worn, text)
    return next(filter(None, found.groups()), "") if found else ""
