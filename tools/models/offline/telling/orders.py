"""An order or a request that is only reported, as it is given: `que abra la puerta` as `¡Abre la puerta!`."""

from functools import lru_cache

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.telling.said_by import Saying, english_pronouns, is_loose, owes_respect
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.grammar import capitalise

PAIR = 2
ACCENTED = {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "ú"}
SPELLED = (("qu", "c"), ("gu", "g"), ("c", "z"), ("zc", "c"), ("j", "g"))
"""How a stem is spelled before another vowel: `quite` is of quitar, `conozca` of conocer."""


def ordered(clause: str, link: str, saying: Saying, *, begs: bool, verb: str) -> str | None:
    """What somebody is told to do, as they are told."""
    language = saying.hearing.language
    soft = begs or verb in ("asks", "invites", "pide", "pede")
    if language == "en":
        return _english_order(clause, link, saying, soft=soft)
    if link in bank(language)["reported"]["that"].split():
        return _wished(clause, saying, soft=soft)
    return _told_to(clause, saying, soft=soft, denied=bool(link)) if link in ("", "no", "não") else None


def _english_order(clause: str, link: str, saying: Saying, *, soft: bool) -> str | None:
    first = clause.split()[0].lower()
    closed = grammar_of("en").words["prepositions"] | grammar_of("en").determiners | grammar_of("en").pronouns
    if link not in ("to", "not to") or first in closed:
        return None
    text = english_pronouns(clause, mine=saying.speaker, yours=saying.listener, ordered=True)
    if text is None or is_loose(text, saying):
        return None
    text = f"don't {text}" if link == "not to" else text
    return f"Please {text}." if soft and link == "to" else f"{capitalise(text)}!"


def _wished(clause: str, saying: Saying, *, soft: bool) -> str | None:
    """`que abra la puerta`, `que ele desça e troque de lugar com ela`."""
    language = saying.hearing.language
    called = saying.listener.name.split()[0] if saying.listener else ""
    if called and clause.split()[0] == called:
        rest = clause.partition(" ")[2]
        order = _wished(rest, saying, soft=soft) if rest else None
        return _calling(called, order) if order else None
    own = _with_me(re.sub(r"^(?:él|ella|ele|ela) ", "", clause), saying)
    denied = own.split()[0].lower() in ("no", "não")
    doing = own.split(" ", 1)[1] if denied and " " in own else own
    itself = _of_oneself(doing, saying) if not denied else None
    if itself is not None:
        return (
            None
            if is_loose(itself.partition(" ")[2], saying)
            else _given(itself, language, denied=False, soft=soft)
        )
    parts = [_imperative_of(one, saying, denied=denied) for one in re.split(r" (?=(?:y|e) )", doing)]
    text = " ".join(one for one in parts if one)
    if not all(parts) or is_loose(text, saying):
        return None
    return _given(text, language, denied=denied, soft=soft)


def _of_oneself(clause: str, saying: Saying) -> str | None:
    """`se aparte del coche` as `apártate del coche`, `se afaste do carro` as `afaste-se do carro`."""
    language, words = saying.hearing.language, clause.split()
    base = base_of_wished(words[1].lower(), language) if len(words) > 1 and words[0].lower() == "se" else None
    if base is None or " y " in clause or " e " in clause:
        return None
    wished, rest = words[1].lower(), " ".join(words[2:])
    if language == "pt-BR":
        return f"{wished}-se {rest}".strip()
    polite = owes_respect(saying) or saying.hearing.address == "usted"
    if polite or wished.endswith("n"):
        return f"{stressed(wished)}se {rest}".strip()
    if saying.hearing.address == "vos":
        return f"{base[:-1]}te {rest}".strip()
    form = imperative(base, language, saying.hearing.address, wished=wished)
    return f"{stressed(form)}te {rest}".strip() if form else None


def stressed(form: str) -> str:
    """`aparta` as it is spelled before `te`: with an accent where it is stressed."""
    if re.search("[áéíóú]", form):
        return form
    groups = list(re.finditer(r"[aeiou]+", form))
    if len(groups) < PAIR:
        return form
    strong = next((at for at, one in enumerate(groups[-PAIR].group()) if one in "aeo"), -1)
    at = groups[-PAIR].start() + (strong if strong >= 0 else len(groups[-PAIR].group()) - 1)
    return f"{form[:at]}{ACCENTED[form[at]]}{form[at + 1 :]}"


def _with_me(clause: str, saying: Saying) -> str:
    """`com ela` of the woman who asks is `comigo`."""
    sex = saying.speaker.look.presentation
    whom = {"woman": "ella|ela", "man": "él|ele"}[sex]
    same = saying.listener is not None and saying.listener.look.presentation == sex
    own = {"es": "conmigo", "pt-BR": "comigo"}[saying.hearing.language]
    return clause if same else re.sub(rf"(?<!\w)(?:con|com) (?:{whom})(?!\w)", own, clause)


def _imperative_of(part: str, saying: Saying, *, denied: bool) -> str | None:
    """`abra la puerta` as `abre la puerta`; a noun behind `y` stays what it is."""
    joint = re.match(r"(?:y|e) ", part)
    words = part[joint.end() if joint else 0 :].split()
    language, verb = saying.hearing.language, words[0].lower()
    base = base_of_wished(verb, language)
    if base is None:
        return part if joint and not _is_finite(verb, language) else None
    polite = owes_respect(saying) or saying.hearing.address == "usted"
    if denied and language == "es" and not polite and not verb.endswith("n"):
        form: str | None = f"{verb}s"
    elif denied or polite or verb.endswith(("n", "m")):
        # `arregle` is what a child says to the cobbler.
        form = verb
    else:
        form = imperative(base, language, saying.hearing.address, wished=verb)
    return f"{joint[0] if joint else ''}{' '.join([form, *words[1:]])}" if form else None


def _told_to(clause: str, saying: Saying, *, soft: bool, denied: bool) -> str | None:
    """`manda abrir a porta`: an infinitive."""
    language = saying.hearing.language
    words = clause.split()
    base = words[0].lower()
    if base not in grammar_of(language).verbs.bases or is_loose(clause, saying):
        return None
    if denied and language == "es":
        return None
    polite = owes_respect(saying) or saying.hearing.address == "usted"
    form = polite_order(base, language) if polite else imperative(base, language, saying.hearing.address)
    return _given(" ".join([form, *words[1:]]), language, denied=denied, soft=soft) if form else None


def _given(text: str, language: Language, *, denied: bool, soft: bool) -> str:
    no = ("No " if language == "es" else "Não ") if denied else ""
    said = capitalise(f"{no}{text}".strip())
    if soft:
        return f"{said}, por favor."
    return f"¡{said}!" if language == "es" else f"{said}!"


def _calling(name: str, order: str) -> str:
    """`Juca, abre a porteira, por favor.`."""
    mark = "¡" if order.startswith("¡") else ""
    own = order.removeprefix("¡")
    return f"{mark}{name}, {own[:1].lower()}{own[1:]}"


def imperative(base: str, language: Language, address: str, *, wished: str = "") -> str | None:
    """The form in which people here give an order; None when it is not sure."""
    if language == "es" and address == "usted":
        return wished or None
    if language == "es" and address == "vos":
        return "andá" if base == "ir" else f"{base[:-2]}{({'a': 'á', 'e': 'é', 'i': 'í'})[base[-2]]}"
    own: dict[str, str] = bank(language)["reported"]["imperatives"]
    return own.get(base) or _presents(language).get(base)


def polite_order(base: str, language: Language) -> str | None:
    """`cierre`, `feche`: an order to whom one says `usted` or `o senhor`; None when it is not sure."""
    irregular: dict[str, str] = bank(language)["reported"]["wished"]
    known = next((form for form, of in irregular.items() if of == base), None)
    present = _presents(language).get(base)
    if known or present is None or not present.endswith(("a", "e")):
        return known
    if present.endswith("e"):
        return None if re.search(r"[cg]e$", present) else f"{present[:-1]}a"
    stem = present[:-1]
    spelled = {"c": "qu", "g": "gu", "z": "c", "ç": "c"}.get(stem[-1])
    return (
        f"{stem[:-1]}{spelled}e" if spelled and not (language == "pt-BR" and stem[-1] == "z") else f"{stem}e"
    )


def base_of_wished(verb: str, language: Language) -> str | None:
    """The infinitive of a subjunctive: `quite` is of quitar; None when it is no subjunctive we know."""
    irregular: dict[str, str] = bank(language)["reported"]["wished"]
    singular = re.sub(r"[nm]$", "", verb)
    if singular in irregular:
        return irregular[singular]
    grammar = grammar_of(language)
    if singular[-1:] not in "ae" or verb in grammar.determiners | grammar.words["prepositions"]:
        return None
    endings = ("ar",) if singular[-1] == "e" else ("er", "ir")
    for stem in (singular[:-1], *_respelled(singular[:-1])):
        for base in (f"{stem}{ending}" for ending in endings):
            if base in grammar.verbs.bases:
                return base
    return None


def _respelled(stem: str) -> list[str]:
    """The stem as it is spelled before another vowel, and without its diphthong."""
    found = [stem.removesuffix(one) + other for one, other in SPELLED if stem.endswith(one)]
    for one in (stem, *found):
        plain = re.sub(r"ie(?=[^aeiou]+$)", "e", re.sub(r"ue(?=[^aeiou]+$)", "o", one))
        found += [plain] if plain != one else []
    return found


def _is_finite(verb: str, language: Language) -> bool:
    return verb in grammar_of(language).verbs.finite


@lru_cache(maxsize=4)
def _presents(language: Language) -> dict[str, str]:
    """Third persons of the present by their infinitives."""
    found: dict[str, str] = {}
    for word, form in grammar_of(language).verbs.finite.items():
        if form.tense == "present" and not form.plural:
            found.setdefault(form.base, word)
    return found
