"""A clause somebody is reported to have said, turned into the words they said."""

import re
from dataclasses import dataclass

from state.script import Character, Look
from tools.models.offline.bank import bank
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.clauses.people import Person
from tools.models.offline.clauses.reader import Reader
from tools.models.offline.grammar import capitalise
from tools.models.offline.hearing import Hearing
from tools.models.offline.speech import TURNS
from tools.models.offline.speech.english import inverted
from tools.models.offline.speech.words import People, Unsure

LONGEST_TOPIC = 4
"""Words of what somebody asks about, in `And the girl?`."""
STRANGER = Character(name="\ue004", role="", look=Look(presentation="man"))
"""Whoever listens and is not of the cast: nobody's name."""
THIRD = {
    "woman": {"she", "her", "hers", "herself", "ella", "ela", "dela", "nela"},
    "man": {"he", "him", "his", "himself", "él", "ele", "dele", "nele"},
}
UNPLACED = {
    "en": {"they", "them", "their", "theirs"},
    "es": {"su", "sus", "le", "les", "lo", "los", "las", "se", "suyo", "suya", "ellos", "ellas"},
    "pt-BR": {"seu", "sua", "seus", "suas", "lhe", "lhes", "eles", "elas", "deles", "delas"},
}
NOBODYS = re.compile(
    r"(?:hay|hubo|hace|llueve|nieva|faltan?|basta|parece|toca|há|faz|chove|neva|faltam|chega|tem que)(?!\w)"
)
IDENTITY = re.compile(
    r"(?:es|era|fue|son|é|foi|são) (?:el|la|los|las|o|a|os|as|un|una|um|uma|sus?|tarde|demasiado|inútil"
    r"|mentira|verdade|verdad|cedo|temprano|hora|imposible|impossível)(?!\w)"
)
HAPPENS = ("tem", "há", "hay", "pasa", "pasó", "aconteceu", "acontece", "houve", "hubo", "ocurre")
PERSONAL = re.compile(r"(?<!\w)(?:te|tú|tu|tus|ti|contigo|usted|você|vos)(?!\w)", re.IGNORECASE)
ENCLITIC = re.compile(r"(?:r|ndo)(?:se)?(?:l[oae]s?)(?!\w)|-l?[oa]s?(?!\w)|-lhes?(?!\w)")


@dataclass(frozen=True, kw_only=True)
class Saying:
    """Who says it to whom."""

    speaker: Character
    listener: Character | None
    hearing: Hearing

    @property
    def people(self) -> People:
        """The two and everybody else, as clauses are turned for them."""
        return People.of(self.speaker, self.listener or STRANGER, self.hearing.cast)


def stated(clause: str, saying: Saying, *, swears: bool = False) -> str | None:
    """`the key opens nothing` as a sentence of its own."""
    text = _turned(clause, saying, question=False)
    if text is None:
        return None
    if not swears:
        return f"{capitalise(text)}."
    oath = {"en": f"{capitalise(text)}, I swear!", "es": f"¡{capitalise(text)}, lo juro!"}
    return oath.get(saying.hearing.language, f"{capitalise(text)}, eu juro!")


def asked(clause: str, link: str, saying: Saying) -> str | None:
    """`whether anyone has handed in a glove` as a question; `about the girl` as `And the girl?`."""
    language = saying.hearing.language
    words = bank(language)["reported"]
    if link in words["about"].split(","):
        return _about(clause, saying)
    if link in words["whether"].split():
        text = _turned(clause, saying, question=True)
        return _question(text, language) if text else None
    if link in words["which"].split(","):
        return _which(clause, link, saying)
    return None


def ordered(clause: str, link: str, saying: Saying, *, begs: bool, verb: str) -> str | None:
    """What somebody is told to do, as they are told."""
    language = saying.hearing.language
    if language == "en":
        return _english_order(clause, link, saying, soft=begs or verb in ("asks", "invites"))
    if link not in bank(language)["reported"]["that"].split():
        return None
    return _subjunctive_order(clause, saying, soft=begs or verb in ("pide", "pede"))


def undertaken(clause: str, verb: str, link: str, saying: Saying) -> str | None:
    """`promises to come back`, `amenaza con gritar`: what somebody says they will do."""
    language = saying.hearing.language
    frames: dict[str, str] = bank(language)["reported"]["undertaken"]
    frame = frames.get(f"{verb} {link}".strip())
    if frame is None:
        return None
    doing = _own_doing(clause, saying)
    return frame.replace("{doing}", doing) if doing else None


def _own_doing(clause: str, saying: Saying) -> str | None:
    """An infinitive and what follows it, of whoever speaks."""
    language = saying.hearing.language
    first = clause.split()[0].lower()
    base = re.sub(r"(?<=r)se$|-se$", "", first)
    if base not in grammar_of(language).verbs.bases:
        return None
    if language == "en":
        text = _english_pronouns(clause, mine=saying.speaker, yours=saying.listener)
        return None if text is None or _is_loose(text, saying) else text
    text = re.sub(r"^(\w+r)se(?!\w)", r"\1me", clause) if language == "es" else clause
    text = re.sub(r"(?<!\w)su(s?)(?!\w)", r"mi\1", text) if language == "es" else text
    if ENCLITIC.search(clause.split()[0]) or "-se" in text or _is_loose(text, saying):
        return None
    return text


def _turned(clause: str, saying: Saying, *, question: bool) -> str | None:
    """The clause in the mouth of whoever says it; None when anything about it is uncertain."""
    language = saying.hearing.language
    prepared = _with_subject(clause.strip(" .,"), saying, question=question)
    if prepared is None:
        return None
    text, impersonal = prepared
    if impersonal:
        return None if _is_loose(text, saying) else text
    facts = _reader(language, _persons(saying)).read(f"{capitalise(text)}.")
    if len(facts) != 1 or not facts[0].subject or not facts[0].verb or facts[0].leans:
        return None
    fact = facts[0]
    try:
        turned = TURNS[language](
            fact.subject, fact.verb, fact.rest, people=saying.people, about=fact.about, past=False
        )
        words = inverted(turned, fact.verb) if question and language == "en" else turned.text
    except Unsure:
        return None
    said = f"{fact.lead} {words}".strip() if fact.lead and not question else words
    lost = fact.lead and question
    loose = lost or _is_loose(said, saying) or "\ue004" in said or (PERSONAL.search(said) and _formal(saying))
    return None if loose else re.sub(r"[\s.,;:]+$", "", said)


def _formal(saying: Saying) -> bool:
    """Whether the Spanish that people speak here is not that of `tú`."""
    return saying.hearing.language == "es" and saying.hearing.address != "tú"


def _with_subject(clause: str, saying: Saying, *, question: bool) -> tuple[str, bool] | None:
    """The clause with a name for who does it; whether it is nobody's and stays as it is."""
    language = saying.hearing.language
    first, _, rest = clause.partition(" ")
    asked_of = saying.listener if question else saying.speaker
    low = first.lower().replace("\u2019", "'")
    if low in ("he", "she", "él", "ella", "ele", "ela", "he's", "she's", "he'll", "she'll"):
        who = _pronoun(low.split("'")[0], saying, first=asked_of)
        verb = {"s": "is ", "ll": "will "}.get(low.partition("'")[2], "")
        return (f"{who.name} {verb}{rest}", False) if who else None
    if language == "en":
        own = _english_pronouns(clause, mine=saying.speaker, yours=saying.listener)
        clear = own if own is not None and not _names_another(clause, saying) else clause
        return clear, not question and low in ("it", "there", "it's", "there's")
    return _without_subject(clause, saying, asked_of)


def _names_another(clause: str, saying: Saying) -> bool:
    """Whether somebody else is named whose `her` or `his` it may be."""
    here = {saying.speaker.name, *([saying.listener.name] if saying.listener else [])}
    others = [one for one in saying.hearing.cast if one.name not in here]
    return any(re.search(rf"(?<!\w){re.escape(one.name.split()[0])}(?!\w)", clause) for one in others)


def _without_subject(clause: str, saying: Saying, who: Character | None) -> tuple[str, bool] | None:
    """`la han echado` is `me han echado`, `no vende` is what the speaker does not do."""
    language = saying.hearing.language
    grammar = grammar_of(language)
    sex = saying.speaker.look.presentation
    own = {"la": "woman", "lo": "man", "a": "woman", "o": "man"}
    words = clause.split()
    at = next(
        (
            n
            for n, word in enumerate(words)
            if word.lower() not in ("no", "não", "ya", "já", "nunca", "se", "le", "me")
        ),
        0,
    )
    if NOBODYS.match(" ".join(words[at:]).lower()) or IDENTITY.match(" ".join(words[at:]).lower()):
        return clause, True
    form = grammar.verbs.finite.get(words[1].lower()) if len(words) > 1 else None
    if words[0].lower() in own and form is not None and form.plural:
        return (f"me {clause.partition(' ')[2]}", True) if own[words[0].lower()] == sex else None
    verb = grammar.verbs.finite.get(words[at].lower())
    if verb is None or words[at].lower() in grammar.determiners:
        return clause, False
    if verb.plural:
        return clause, True
    return (f"{who.name} {clause}", False) if who is not None and "se" not in words[:at] else None


def _pronoun(low: str, saying: Saying, *, first: Character | None) -> Character | None:
    """Whom `she` in what is said means: the speaker; of what is asked, the listener."""
    sex = "woman" if low in ("she", "ella", "ela") else "man"
    both = [one for one in (first, saying.speaker, saying.listener) if one is not None]
    return next((one for one in both if one.look.presentation == sex), None)


def _is_loose(text: str, saying: Saying) -> bool:
    """Whether a word is left that may mean one of the two who talk."""
    words = set(re.findall(r"\w+", text.lower()))
    here = [saying.speaker, *([saying.listener] if saying.listener else [])]
    third = set().union(*(THIRD[one.look.presentation] for one in here))
    names = {part.lower() for one in here for part in one.name.split() if part[:1].isupper()}
    names -= {"the", "la", "el", "o", "a", "don", "doña", "dona", "seu"}
    return bool(words & (third | UNPLACED[saying.hearing.language] | names))


def _persons(saying: Saying) -> tuple[Person, ...]:
    return tuple(
        Person(name=one.name, woman=one.look.presentation == "woman", role=one.role)
        for one in saying.hearing.cast
    )


def _reader(language: str, people: tuple[Person, ...]) -> Reader:
    return Reader(language, people)  # type: ignore[arg-type]


def _question(text: str, language: str) -> str:
    asked_text = f"{capitalise(text)}?"
    return f"¿{asked_text}" if language == "es" else asked_text


def _about(clause: str, saying: Saying) -> str | None:
    """`por un alquiler` as `¿Habrá un alquiler?`, `about the girl` as `And the girl?`."""
    language = saying.hearing.language
    if len(clause.split()) > LONGEST_TOPIC or re.search(r"[,:]", clause) or _is_loose(clause, saying):
        return None
    words = bank(language)["reported"]
    first = clause.split()[0].lower()
    if first in words["any"].split():
        return str(words["is_there"]).replace("{np}", clause)
    return str(words["and_the"]).replace("{np}", clause) if first in words["the"].split() else None


def _which(clause: str, link: str, saying: Saying) -> str | None:
    """`where the key is`, `quién mandó la carta`."""
    language = saying.hearing.language
    if _is_loose(clause, saying):
        return None
    if language != "en":
        words = clause.split()
        verb = grammar_of(language).verbs.finite.get(words[0].lower())
        noun = len(words) > 1 and words[1].lower() in grammar_of(language).determiners
        subject = link in ("quién", "quem") or (len(words) < 3 and words[0] in HAPPENS)
        link = "qué" if link == "lo que" else link
        return _question(f"{link} {clause}", language) if verb is not None and (noun or subject) else None
    placed = re.fullmatch(r"((?:the|that|this) [\w' -]+?) (is|are|was|were)", clause)
    if placed:
        return f"{capitalise(link)} {placed[2]} {placed[1]}?"
    form = grammar_of("en").verbs.finite.get(clause.split()[0].lower())
    return f"{capitalise(link)} {clause}?" if link in ("who", "what") and form and not form.bare else None


def _english_order(clause: str, link: str, saying: Saying, *, soft: bool) -> str | None:
    if link not in ("to", "not to") or clause.split()[0].lower() not in grammar_of("en").verbs.bases:
        return None
    text = _english_pronouns(clause, mine=saying.speaker, yours=saying.listener, ordered=True)
    if text is None or _is_loose(text, saying):
        return None
    text = f"don't {text}" if link == "not to" else text
    return f"Please {text}." if soft and link == "to" else f"{capitalise(text)}!"


def _english_pronouns(
    clause: str, *, mine: Character, yours: Character | None, ordered: bool = False
) -> str | None:
    """`her` and `his` as mine or yours; None where they could be either's."""
    both = yours is not None and yours.look.presentation == mine.look.presentation
    words: list[str] = []
    found = clause.split()
    for at, word in enumerate(found):
        core = word.strip(".,;:!?")
        low, behind = core.lower(), word[len(core) :]
        if low in ("their", "them", "themselves") and ordered:
            words.append({"their": "your", "them": "them", "themselves": "yourselves"}[low] + behind)
            if low == "them":
                return None
            continue
        sex = "woman" if low in ("her", "herself") else "man" if low in ("his", "him", "himself") else ""
        if not sex:
            words.append(word)
            continue
        owner = low == "his" or (
            low == "her" and at + 1 < len(found) and not behind and _is_noun(found[at + 1])
        )
        if both or (yours is None and ordered and owner):
            return None
        if sex == mine.look.presentation:
            form = "my" if owner else "myself" if low.endswith("self") else "me"
        elif yours is not None and sex == yours.look.presentation:
            form = "your" if owner else "yourself" if low.endswith("self") else "you"
        else:
            return None
        words.append(form + behind)
    return " ".join(words)


def _is_noun(word: str) -> bool:
    grammar = grammar_of("en")
    closed = ("prepositions", "articles", "adverbs", "opening", "relatives")
    return not any(word.lower() in grammar.words[name] for name in closed) and word.lower() not in (
        "and",
        "to",
        "or",
    )


def _subjunctive_order(clause: str, saying: Saying, *, soft: bool) -> str | None:
    """`que abra la puerta` as `¡Que abras la puerta!`, `Abra a porta!`."""
    language = saying.hearing.language
    words = clause.split()
    called = saying.listener.name.split()[0] if saying.listener else ""
    if called and words[0] == called:
        rest_of = _subjunctive_order(" ".join(words[1:]), saying, soft=soft) if words[1:] else None
        return _calling(called, rest_of) if rest_of else None
    denied = words[0].lower() in ("no", "não")
    verb = words[1].lower() if denied and len(words) > 1 else words[0].lower()
    rest = " ".join(words[2:] if denied else words[1:])
    if not re.fullmatch(r"\w+(?:a|e|an|en|am|em)", verb) or verb in grammar_of(language).determiners:
        return None
    if _is_loose(rest, saying) or verb in grammar_of(language).words["prepositions"]:
        return None
    if grammar_of(language).verbs.finite.get(verb) is not None and not _may_be_wished(verb, language):
        return None
    if language == "pt-BR" or verb.endswith("n") or saying.hearing.address == "usted":
        return _plain_order(verb, rest, language, denied=denied, soft=soft)
    if denied:
        return f"¡No {verb}s {rest}!".replace(" !", "!")
    whole = f"{verb}s {rest}".strip()
    return f"Te pido que {whole}." if soft else f"¡Que {whole}!"


def _calling(name: str, order: str) -> str:
    """`Juca, abra a porteira, por favor.`."""
    mark = "¡" if order.startswith("¡") else ""
    own = order.removeprefix("¡")
    return f"{mark}{name}, {own[:1].lower()}{own[1:]}"


def _may_be_wished(verb: str, language: str) -> bool:
    """`compre` is wished, `compra` is done."""
    form = grammar_of(language).verbs.finite[verb]
    return not (form.base.endswith("ar") and verb.endswith(("a", "an", "am")))


def _plain_order(verb: str, rest: str, language: str, *, denied: bool, soft: bool) -> str:
    no = ("No " if language == "es" else "Não ") if denied else ""
    text = capitalise(f"{no}{verb} {rest}".strip())
    if soft:
        return f"{text}, por favor."
    return f"¡{text}!" if language == "es" else f"{text}!"
