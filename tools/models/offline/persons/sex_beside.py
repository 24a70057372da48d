"""Woman or man, as what stands beside a name says: `Old Tully (68, her father)`, `Wilmer, el motorista`."""

from functools import lru_cache

from state.script import Language, Presentation
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.anaphora import OF, sex_of_article, sex_of_words
from tools.models.offline.persons.people import WORD
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

BESIDE = re.compile(r" \(([^()]{3,80})\)|, ([^.;:!?()\n]{3,80})")
MOST = 3
"""Parts at most behind a name that say who somebody is: `68, her father, the lock-keeper`."""
AGE = re.compile(r"(?:de )?\d{1,3}(?: \w+)?|(?:de )?[a-zà-ÿ-]+ (?:años|anos)")
MOST_WORDS = 6
FAMILIAR = ("old", "young", "little", "big")
TITLES = ("mr", "mrs", "ms", "miss", "dr", "dra", "don", "doña", "dona", "seu", "sr", "sra", "sir", "lady")
"""What stands before a name and is no first name."""
SAYS = r"says?|said|admits?|admitted|swears?|swore|confesse[sd]|claim(?:s|ed)|promise[sd]|insist(?:s|ed)"


@lru_cache(maxsize=512)
def sex_beside(name: str, full: str, text: str, language: Language) -> Presentation | None:
    """What the first apposition behind the name says that tells woman from man."""
    for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        before = re.search(r"([A-ZÀ-Ý][\w'\u2019-]+)\.? $", text[: found.start()])
        titled = " " not in full and before is not None and before[1].lower() in TITLES
        if before and not titled and before[1] not in full and before[1].lower() not in FAMILIAR:
            # `Ernesto Arriaga, el banquero` says nothing of Renata Arriaga.
            continue
        beside = BESIDE.match(text, found.end())
        parts = re.split(", ", beside[1] or beside[2])[:MOST] if beside else []
        sexes = [_of_phrase(part.strip(), language) for part in parts if not AGE.fullmatch(part.strip())]
        told = next((sex for sex in sexes[:2] if sex), None)
        if told:
            return told
    return None


def _of_phrase(phrase: str, language: Language) -> Presentation | None:
    """`her father`, `el motorista`, `hermana mayor de Ana`; nothing for a deed."""
    head = WORD.findall(OF.split(phrase.lower())[0])
    grammar = grammar_of(language)
    begins = bool(head) and head[0] in grammar.determiners
    nouns = [word for word in head if word not in grammar.determiners]
    forms = [grammar.verbs.finite.get(word) for word in nouns if word not in grammar.words["not_verbs"]]
    acts = any(form is not None and not form.bare for form in forms)
    if not nouns or len(head) > MOST_WORDS or (acts and not begins):
        return None
    if language == "en":
        return sex_of_words(nouns[-1:], language)
    told = sex_of_words(nouns[:1], language)
    epicene = bank(language)["people"]["mentions"]["epicene"].split()
    if told or acts or not begins or nouns[0] in epicene or len(nouns[0]) <= MOST:
        # `la espera` is a deed.
        return told
    return _of_article(head[0], language)


def _of_article(article: str, language: Language) -> Presentation | None:
    mentions = bank(language)["people"]["mentions"]
    if article in mentions["feminine"].split():
        return "woman"
    return sex_of_article(f"{article} x") or ("man" if article in ("un", "um") else None)


@lru_cache(maxsize=512)
def sex_as_told_by_them(name: str, text: str, language: Language) -> Presentation | None:
    """`Sol blocks the aisle and says that he`: who speaks of themselves; nobody else stands between."""
    if language != "en":
        return None
    said = (
        rf"(?<!\w){re.escape(name)}(?!\w)(?!['\u2019])[^.;:!?A-Z]{{0,70}} (?:{SAYS})(?: that)? (she|he)(?!\w)"
    )
    sexes = {one.lower() for one in re.findall(said, text)}
    return None if len(sexes) != 1 else ("woman" if "she" in sexes else "man")
