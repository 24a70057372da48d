"""A clause somebody is reported to have said, turned into the words they said."""

from dataclasses import dataclass

from state.script import Character, Language, Look
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.clauses.people import Person
from tools.models.offline.clauses.reader import Reader
from tools.models.offline.speech import TURNS
from tools.models.offline.speech.english import inverted
from tools.models.offline.speech.words import People, Unsure
from tools.models.offline.telling.whose import mentioned
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.grammar import capitalise
from tools.models.offline.words.hearing import Hearing

STRANGER = Character(name="\ue004", role="", look=Look(presentation="man"))
"""Whoever listens and is not of the cast: nobody's name."""
THIRD = {
    "woman": {"she", "her", "hers", "herself", "ella", "ela", "dela", "nela"},
    "man": {"he", "him", "his", "himself", "él", "ele", "dele", "nele"},
}
UNPLACED = {
    "en": {"they", "their", "theirs"},
    "es": {"su", "sus", "le", "les", "lo", "se", "suyo", "suya", "ellos", "ellas"},
    "pt-BR": {"seu", "sua", "seus", "suas", "lhe", "lhes", "eles", "elas", "deles", "delas"},
}
NOBODYS = re.compile(
    r"(?:(?:(?:en|em|no|na|por|para) (?:\w+ ){1,3})?(?:hay|hubo|hace|llueve|nieva|há|houve|faz|chove|neva)"
    r"|faltan?|basta|parece|toca|faltam|chega|tem (?:que|ninguém|gente|alguém|jeito|nada|saída|volta)"
    r"|(?:se )?(?:acabó|quemó|rompió|perdió|apagó|agotó|terminó)|acabou|parou|sumiu|doeu|dói|duele|dolió"
    r"|importa|funciona|sirve|serve|adianta|da igual|tanto faz)(?!\w)"
)
IDENTITY = re.compile(
    r"(?:es|era|fue|son|é|foi|são) (?:(?:só|solo|sólo|apenas|nada más que|tan solo) )?"
    r"(?:el|la|los|las|o|a|os|as|un|una|um|uma|sus?|tarde|demasiado|inútil"
    r"|mentira|verdade|verdad|cedo|temprano|hora|imposible|impossível)(?!\w)"
)
DOUBLED = re.compile(r"(?<!\w)(a (?:cada|tod[oa]s|los|las|la|nadie) [^,.;:]*?) les? ")
"""`a cada familia le roban`: whom it means stands before it."""
OWNED_BY_IT = re.compile(r"(?<!\w)(cada \w+ [^,.;:]*?)(?:(?:o|a) )?(?:sus?|seus?|suas?) ")
"""`cada uma tem o seu tom`"""
MOST_LOST = 2
"""Words that a turned clause may be shorter by: a subject that is left out."""
PERFECT = 2
CLITIC_THINGS = ("la", "los", "las")
SHORTEST = 3
"""Words up to which what is said needs no verb: `mucho`, `never again`."""
THEIRS = frozenset(("her", "his", "their", "su", "sus", "seu", "sua", "seus", "suas"))
KNOWN = re.compile(
    r"(?<!\w)lo (?=s(?:é|ab|up|ient|ent)|escrib|compr|pint|imagin|jur|prome|dij|dig|pens|hice|hizo)"
)
"""`lo sé`: nobody is meant by it."""
OF_PEOPLE = frozenset(
    ("ir", "quedar", "casar", "mudar", "rendir", "acordar", "negar", "arrepentir", "marchar")
)
"""What only people do: `se va` of what somebody says is themselves."""
UNCHANGED = frozenset(
    (
        "will",
        "would",
        "can",
        "could",
        "must",
        "should",
        "may",
        "might",
        "won't",
        "wouldn't",
        "can't",
        "couldn't",
        "shouldn't",
        "had",
        "hadn't",
        "did",
        "didn't",
    )
)
"""English verbs that are the same for everybody."""
ELDER = 60
TO_PEOPLE_ES = "desped|denunci|ech|mat|demand|perdon|ayud|acompañ|avis|esper|arrest|deten|bes|invit|salv"
TO_PEOPLE_PT = "demit|denunci|mat|process|perdo|ajud|acompanh|avis|esper|expuls|prend|beij|convid|salv"
"""Stems of what is done to people alone."""
KIN = frozenset((
    "son", "daughter", "grandson", "granddaughter", "nephew", "niece", "mother", "father",
    "grandmother", "grandfather", "wife", "husband", "hijo", "hija", "nieto", "nieta", "sobrino",
    "sobrina", "madre", "padre", "abuela", "abuelo", "esposa", "esposo", "marido", "filho", "filha",
    "neto", "neta", "sobrinho", "sobrinha", "mãe", "pai", "avó", "avô",
))  # fmt: skip
PERSON_WORD = re.compile(r"(?<!\w)(?:he|she|they)(?!\w)", re.IGNORECASE)
BEFORE_VERBS = ("no", "não", "ya", "já", "nunca", "se", "le", "lhe", "me", "lo", "también", "também")
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
    clause = _to_the_listener(re.sub(r"^(?:entonces|então|then) ", "", clause), saying)
    told = _english_duty(clause, saying)
    if told:
        return told
    text = (
        _brief(clause, saying) or turned_for(clause, saying, question=False) or _english_own(clause, saying)
    )
    if text is None:
        return None
    if not swears:
        return f"{capitalise(text)}."
    oath = {"en": f"{capitalise(text)}, I swear!", "es": f"¡{capitalise(text)}, lo juro!"}
    return oath.get(saying.hearing.language, f"{capitalise(text)}, eu juro!")


def _to_the_listener(clause: str, saying: Saying) -> str:
    """`vai demiti-lo` is `vai demitir você` and `va a despedirlo` `va a despedirte`, of whoever listens."""
    language, listener = saying.hearing.language, saying.listener
    if language == "en" or listener is None:
        return clause
    sex = {"man": "o", "woman": "a"}[listener.look.presentation]
    if language == "pt-BR":
        found = re.search(rf"(?<!\w)({TO_PEOPLE_PT})([áaêeíi])-l{sex}(?!\w)", clause)
        vowel = {"á": "a", "ê": "e", "í": "i"}
        said = f"{found[1]}{vowel.get(found[2], found[2])}r você" if found else ""
        return clause.replace(found[0], said, 1) if found else clause
    own = "te" if not is_formal(saying) or saying.hearing.address == "vos" else f"l{sex}"
    return re.sub(rf"(?<!\w)((?:{TO_PEOPLE_ES})[aei]r)l{sex}(?!\w)", rf"\1{own}", clause)


def _english_duty(clause: str, saying: Saying) -> str | None:
    """`whispers that he must not move`: whoever listens is told not to."""
    found = re.fullmatch(r"(he|she|they) (?:must|should|has to|have to|had better)( not)? (.+)", clause)
    if saying.hearing.language != "en" or found is None or saying.listener is None:
        return None
    sex = {"he": "man", "she": "woman"}.get(found[1], saying.listener.look.presentation)
    same = saying.speaker.look.presentation == saying.listener.look.presentation
    if sex != saying.listener.look.presentation or same:
        return None
    rest = english_pronouns(found[3], mine=saying.speaker, yours=saying.listener, ordered=True)
    if rest is None or is_loose(rest, saying):
        return None
    return f"Don't {rest}." if found[2] else f"You must {rest}."


def _english_own(clause: str, saying: Saying) -> str | None:
    """`he will sign after supper` as `I will sign after supper`, where the verb needs no more than that."""
    words = clause.split()
    own = {"woman": "she", "man": "he"}[saying.speaker.look.presentation]
    if saying.hearing.language == "en" and words[0].lower() in ("his", "her"):
        # `his grandmother is deaf`: the verb stays what it is.
        text = english_pronouns(clause, mine=saying.speaker, yours=saying.listener)
        sure = text is not None and text.startswith(("my ", "your ")) and not PERSON_WORD.search(text)
        return text if sure and text and not is_loose(text, saying) else None
    if saying.hearing.language != "en" or len(words) < 2 or words[0].lower() != own:
        return None
    at = 2 if words[1].lower() in ("never", "always", "already", "still", "only", "just", "once") else 1
    verb = words[at].lower() if at < len(words) else ""
    form = grammar_of("en").verbs.finite.get(verb)
    if verb not in UNCHANGED and (form is None or form.tense != "past" or verb in ("was", "were")):
        return None
    rest = english_pronouns(" ".join(words[at:]), mine=saying.speaker, yours=saying.listener)
    text = " ".join(("I", *words[1:at], rest or ""))
    return None if rest is None or is_loose(text, saying) or PERSON_WORD.search(rest) else text


def _brief(clause: str, saying: Saying) -> str | None:
    """`mucho`, `sí`, `never again`: an answer without a verb."""
    grammar = grammar_of(saying.hearing.language)
    words = clause.lower().split()
    low = [word.lower() for word in clause.split() if word[:1].islower()]
    plain = len(words) <= SHORTEST and not any(word in grammar.verbs.finite for word in low)
    person = words[0] in grammar.pronouns or clause[:1].isupper()
    return clause if plain and not person and not is_loose(clause, saying) else None


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
        text = english_pronouns(clause, mine=saying.speaker, yours=saying.listener)
        return None if text is None or is_loose(text, saying) else text
    text = re.sub(r"^(\w+r)se(?!\w)", r"\1me", clause) if language == "es" else clause
    text = re.sub(r"(?<!\w)su(s?)(?!\w)", r"mi\1", text) if language == "es" else text
    if ENCLITIC.search(clause.split()[0]) or "-se" in text or is_loose(text, saying):
        return None
    return text


def turned_for(clause: str, saying: Saying, *, question: bool) -> str | None:
    """The clause in the mouth of whoever says it; None when anything about it is uncertain."""
    language = saying.hearing.language
    if _has_clitic(clause, language):
        return None
    if language != "en" and _is_of_something_else(clause.strip(" .,"), saying):
        return clause.strip(" .,")
    prepared = _with_subject(clause.strip(" .,"), saying, question=question)
    if prepared is None:
        return None
    text, impersonal = prepared
    if impersonal:
        return None if is_loose(re.sub(r"(?<!\w)se ", "", text), saying) else text
    facts = _reader(language, _persons(saying)).read(f"{capitalise(text)}.")
    if len(facts) != 1 or not facts[0].subject or not facts[0].verb or facts[0].leans:
        stays = language != "en" or not question
        return clause if stays and _is_of_something_else(clause, saying) else None
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
    lost = lost or len(said.split()) < len(text.split()) - MOST_LOST
    said = _respectful(said, saying)
    loose = (
        lost or is_loose(said, saying) or "\ue004" in said or (PERSONAL.search(said) and is_formal(saying))
    )
    return None if loose else re.sub(r"[\s.,;:]+$", "", said)


def _has_clitic(clause: str, language: Language) -> bool:
    """`si lo toma por idiota`: whether somebody or something may be meant that nobody names."""
    finite = grammar_of(language).verbs.finite
    found = re.finditer(r"(?<!\w)lo ([^\W\d_]+)", KNOWN.sub("", clause.lower()))
    return language == "es" and any(one[1] in finite for one in found)


def _is_of_something_else(clause: str, saying: Saying) -> bool:
    """`el ascensor no está roto, está descansando`: nobody who talks is in it, so it stays as it is."""
    here = [saying.speaker, *([saying.listener] if saying.listener else [])]
    grammar = grammar_of(saying.hearing.language)
    first, second = [*(word.lower() for word in clause.split()), "", ""][:2]
    verb = second in grammar.verbs.finite
    led = first in grammar.determiners - THEIRS and not verb
    closed = grammar.pronouns | grammar.words["adverbs"] | grammar.words["prepositions"] | THEIRS
    bare = first not in closed and first not in grammar.verbs.finite and first not in grammar.determiners
    whoever = first in ("cada", "nadie", "ninguém", "todos", "todas", "todo", "toda", "nenhum", "ningún")
    noun = whoever or led or (bare and clause[:1].islower() and (verb or second in ("no", "não")))
    return noun and not mentioned(clause, here, saying.hearing.language) and not is_loose(clause, saying)


def is_formal(saying: Saying) -> bool:
    """Whether the Spanish that people speak here is not that of `tú`, or the listener is owed `usted`."""
    return saying.hearing.language == "es" and (saying.hearing.address != "tú" or owes_respect(saying))


def owes_respect(saying: Saying) -> bool:
    """Whether nobody would say `você` or `tú`: to an elder, to a title, to somebody in office."""
    listener, speaker = saying.listener, saying.speaker
    if listener is None or _are_kin(saying):
        return False
    words = bank(saying.hearing.language)["reported"]
    titles = words.get("titles", "").split()
    titled = listener.name.lower().split()[0].rstrip(".") in titles
    roles = {word for one in (listener, speaker) for word in re.findall(r"\w+", one.role.lower())}
    office = bool(roles & {*words.get("offices", "").split()})
    child = speaker.look.age == "child" and listener.look.age != "child"
    below = listener.look.age == "child" or _is_old(speaker)
    return child or (_is_old(listener) and not _is_old(speaker)) or (not below and (titled or office))


def _is_old(one: Character) -> bool:
    """Whether somebody is of the age to which others give way."""
    return one.look.age == "elder" if one.look.years is None else one.look.years >= ELDER


def _are_kin(saying: Saying) -> bool:
    """Whether one is called the other's mother, uncle or child."""
    roles = [one.role for one in (saying.speaker, saying.listener) if one is not None]
    told = {word for role in roles for word in re.findall(r"\w+", role.lower())}
    return bool(told & KIN)


def _respectful(text: str, saying: Saying) -> str:
    """`Onde a senhora aprendeu aquilo` for `você`, to somebody much older."""
    if saying.hearing.language != "pt-BR" or saying.listener is None or not owes_respect(saying):
        return text
    polite = "a senhora" if saying.listener.look.presentation == "woman" else "o senhor"
    melted = {"de": "d", "em": "n"}

    def _placed(found: re.Match[str]) -> str:
        before = (found[1] or "").strip()
        if before in melted:
            return f"{melted[before]}{polite}"
        if before == "a":
            return "à senhora" if polite == "a senhora" else "ao senhor"
        return f"{before} {polite}".strip()

    return re.sub(r"(?<!\w)(?:(de|em|a|para|com|por) )?você(?!\w)", _placed, text)


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
        own = english_pronouns(clause, mine=saying.speaker, yours=saying.listener)
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
    at = next((n for n, word in enumerate(words) if word.lower() not in BEFORE_VERBS), 0)
    if NOBODYS.match(" ".join(words[at:]).lower()) or IDENTITY.match(" ".join(words[at:]).lower()):
        return clause, True
    robbed = re.match(r"(?:a (?:cada|tod[oa]s|nadie|los|las) [^,;:]*?)les? (\w+) ", clause)
    theirs = grammar.verbs.finite.get(robbed[1]) if robbed else None
    if theirs is not None and theirs.plural:
        # `a cada familia le roban cien gramos`
        return clause, True
    if language == "es" and len(words) > PERFECT and words[0].lower() in CLITIC_THINGS and words[1] == "ha":
        # `confiesa: la ha dejado`: the thing stays, and it is their own deed.
        return " ".join([words[0], "he", *words[2:]]), True
    form = grammar.verbs.finite.get(words[1].lower()) if len(words) > 1 else None
    if words[0].lower() in own and form is not None and form.plural:
        return (f"me {clause.partition(' ')[2]}", True) if own[words[0].lower()] == sex else None
    verb = grammar.verbs.finite.get(words[at].lower())
    if verb is not None and verb.plural and at and words[at - 1].lower() in ("le", "lhe"):
        # `ya le ofrecieron dinero`: to whoever says it.
        return " ".join([*words[: at - 1], "me", *words[at:]]), True
    if verb is None or words[at].lower() in grammar.determiners:
        return clause, False
    if verb.plural:
        return clause, True
    return (
        (f"{who.name} {clause}", False)
        if who is not None and _may_be_own(words[:at], who, saying, verb.base)
        else None
    )


def _may_be_own(before: list[str], who: Character, saying: Saying, verb: str) -> bool:
    """`cómo se llama` is of whoever is asked; `se abre` of what somebody says may be of anything."""
    return "se" not in before or who is saying.listener or verb in OF_PEOPLE


def _pronoun(low: str, saying: Saying, *, first: Character | None) -> Character | None:
    """Whom `she` in what is said means: the speaker; of what is asked, the listener."""
    sex = "woman" if low in ("she", "ella", "ela") else "man"
    both = [one for one in (first, saying.speaker, saying.listener) if one is not None]
    return next((one for one in both if one.look.presentation == sex), None)


def is_loose(text: str, saying: Saying) -> bool:
    """Whether a word is left that may mean one of the two who talk."""
    text = OWNED_BY_IT.sub(r"\1 ", DOUBLED.sub(r"\1 ", KNOWN.sub("", text.lower())))
    words = set(_without_articles(text, saying.hearing.language))
    here = [saying.speaker, *([saying.listener] if saying.listener else [])]
    third = set().union(*(THIRD[one.look.presentation] for one in here))
    # `la he dejado` is a verb.
    third -= {"he"} if saying.hearing.language == "es" else set()
    names = {part.lower() for one in here for part in one.name.split() if part[:1].isupper()}
    names -= {"the", "la", "el", "o", "a", "don", "doña", "dona", "seu"}
    return bool(words & (third | UNPLACED[saying.hearing.language] | names))


def _without_articles(text: str, language: Language) -> list[str]:
    """The words of a text but for `los` in `los obreros`, which is nobody."""
    finite = grammar_of(language).verbs.finite
    words = re.findall(r"\w+", text)
    return [
        word
        for word, behind in zip(words, [*words[1:], ""], strict=True)
        if word not in ("los", "las", "lo") or not behind or behind in finite
    ]


def _persons(saying: Saying) -> tuple[Person, ...]:
    return tuple(
        Person(name=one.name, woman=one.look.presentation == "woman", role=one.role)
        for one in saying.hearing.cast
    )


def _reader(language: Language, people: tuple[Person, ...]) -> Reader:
    return Reader(language, people)


def as_question(text: str, language: str) -> str:
    """With the marks that the language wants."""
    asked_text = f"{capitalise(text)}?"
    return f"¿{asked_text}" if language == "es" else asked_text


def english_pronouns(
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
        sex = (
            "woman"
            if low in ("her", "herself", "hers")
            else "man"
            if low in ("his", "him", "himself")
            else ""
        )
        if not sex:
            words.append(word)
            continue
        if low == "hers":
            own = sex == mine.look.presentation and not both
            if not own:
                return None
            words.append("mine" + behind)
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
