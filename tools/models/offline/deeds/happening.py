"""What kind of thing a fact is: who does it, with what, and which talk and faces go with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from state.script import Character, Expression, Gesture, Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.clauses.tokens import tokenise
from tools.models.offline.speech.nouns import noun_phrases
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank, shared
from tools.models.offline.words.fact import Fact

LONGEST_WHO = 4
BEGINS: dict[Language, tuple[str, ...]] = {
    "en": ("begin", "start"),
    "es": ("empezar", "comenzar"),
    "pt-BR": ("começar",),
}
"""Verbs behind which stands what is really done: `começa a chorar`."""
NEAR_THE_VERB = 4
"""Words before a noun in which a preposition would lead to it."""
SAME = re.compile(r"(?<= )(?:same|last|very|only|mism[oa]|últim[oa]|mesm[oa]) ")
"""What only the sentence of the brief can say of a thing."""
DOERS_WITHIN = 4
"""Words in which a sentence that could not be read names those who do it."""
PARTICLE_WITHIN = 5
"""Words behind the verb in which its particle stands: `takes the great lamp apart`."""
ONCE: frozenset[Gesture] = frozenset((
    "holding", "knocking", "pushing", "pulling", "hugging", "waving", "head_in_hands", "covering_mouth",
    "arms_open", "clenched_fist", "tearing", "opening", "shaking_hands", "kissing", "falling", "running",
    "dancing", "carrying", "raised_hand", "walking", "leaving", "reaching_up", "dressing",
))  # fmt: skip
"""What hands do while it happens, and not any more while people talk about it."""


@dataclass(frozen=True, kw_only=True)
class Happening:
    """A fact as people see it happen."""

    fact: Fact
    kind: str
    """A table of the talk bank."""
    doer: Character | None
    """Who of the people here does it."""
    who: str
    """Whoever or whatever else does it, as one thing; empty when that cannot be said."""
    thing: str
    """What it is done to, with its article; empty when that is not certain."""
    together: bool = False
    """Whether several of the people here do it with each other."""
    hands: Gesture | None = None
    """What the verb itself does to the hands, where its kind is too broad to say."""

    @property
    def gender(self) -> str:
        """Of the thing: `m` or `f`, by its article."""
        return "f" if self.thing.split(" ")[0] in ("la", "a") else "m"

    def face(self, *, doer: bool, tone: str) -> Expression:
        """The face of whoever does it, or of whoever is there, in a tone."""
        table = shared("happenings")
        own: Expression = table[self.kind]["doer" if doer or self.together else "beside"]
        toned: Expression = table["tone"].get(tone, {}).get(own, own)
        return toned

    @property
    def gesture(self) -> Gesture:
        """What the hands do."""
        found: Gesture = self.hands or shared("happenings")[self.kind]["gesture"]
        return found

    @property
    def gesture_in_talk(self) -> Gesture:
        """What the hands go on doing while people talk about it."""
        return "none" if self.gesture in ONCE else self.gesture


def happening_of(
    fact: Fact, people: Sequence[Character], cast: Sequence[Character], language: Language
) -> Happening:
    """What kind of thing it is, told by its verb, else by its kind of fact."""
    doer = next((one for one in people if one.name == (fact.agent or fact.subject)), None)
    together = doer is None and _several(fact, people)
    lemma = "" if _calls_for(fact, language) else lemma_of(fact, language)
    return Happening(
        fact=fact,
        kind=_kind(fact, lemma, language) or _plain_kind(fact, language, together=together),
        doer=doer,
        who="" if doer or together else _who(fact, cast, language),
        thing=_thing(fact, language),
        together=together,
        hands=None if is_denied(fact, language) else bank(language)["talk"].get("gestures", {}).get(lemma),
    )


def _calls_for(fact: Fact, language: Language) -> bool:
    """`calls a meeting`, `llama a asamblea`: nobody is on the telephone."""
    table = bank(language)["pictures"]["acts"]["not_done"]
    said = f"{fact.verb} {fact.rest}".strip().lower()
    return any(re.match(one, said, re.IGNORECASE) is not None for one in table[-1:])


def _several(fact: Fact, people: Sequence[Character]) -> bool:
    """Whether two of the people stand side by side where those are named who do it: `Ana and Ben`."""
    before = fact.text.partition(f" {fact.verb} ")[0] if fact.verb else ""
    head = before or " ".join(fact.text.split()[:DOERS_WITHIN])
    names = "|".join(re.escape(one.name) for one in people)
    return re.search(rf"(?<!\w)({names})(?:,| and| y| e) (?!\1)({names})(?!\w)", head) is not None


def _kind(fact: Fact, lemma: str, language: Language) -> str:
    """By the verb and its particle, else by the verb; what is denied has a table of its own."""
    talk, kinds = bank(language)["talk"], kinds_of(language)
    if "denied" in talk and is_denied(fact, language):
        return "denied"
    particles = talk["who"].get("particles", ())
    words = [one.strip(",.;:") for one in fact.rest.lower().split()[:PARTICLE_WITHIN]]
    near = [one for at, one in enumerate(words) if at == 0 or one in particles]
    if lemma in BEGINS[language]:
        begun = next((word for word in words[:2] if word in grammar_of(language).verbs.bases), "")
        return kinds.get(begun, "")
    phrasal = next((found for one in near if (found := kinds.get(f"{lemma} {one}"))), "")
    return phrasal or kinds.get(lemma, "")


def is_denied(fact: Fact, language: Language) -> bool:
    """Whether it says that something does not happen: `has not missed a show`, `nobody notices`."""
    denying = bank(language)["talk"]["who"].get("denying", ())
    words = [*fact.subject.lower().split()[:1], *fact.verb.lower().split(), *fact.rest.lower().split()[:1]]
    return any(one.strip(",.;:") in denying or one.endswith("n't") for one in words)


def _plain_kind(fact: Fact, language: Language, *, together: bool) -> str:
    """The kind of fact; what has no verb is something that is suddenly there."""
    if together and "together" in bank(language)["talk"]:
        return "together"
    return fact.kind if fact.verb or fact.kind in ("threat", "question") else "event"


def lemma_of(fact: Fact, language: Language) -> str:
    """The base form of the main verb; empty when nothing is known of it."""
    if fact.verb_lemma:
        return fact.verb_lemma
    finite = grammar_of(language).verbs.finite
    for word in reversed(fact.verb.lower().split()):
        if word in finite:
            return finite[word].base
    return "" if fact.verb else _first_verb(fact, language)


def _first_verb(fact: Fact, language: Language) -> str:
    """The first verb with talk of its own, of a sentence that nobody could take apart.

    Only where endings tell verbs from nouns: `Detrás de una pared encuentra treinta cartas`.
    """
    grammar = grammar_of(language)
    if not grammar.drops_subjects:
        return ""
    tokens = tokenise(fact.text)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if grammar.is_a(token, "relatives"):
            break
        form = grammar.form(token)
        noun = before and (before.lower in grammar.determiners or grammar.is_a(before, "prepositions"))
        if form and not noun and kinds_of(language).get(form.base, "situation") != "situation":
            return form.base
    return ""


def _who(fact: Fact, cast: Sequence[Character], language: Language) -> str:
    words = fact.subject.split()
    if fact.subject in {one.name for one in cast}:
        return fact.subject
    table = bank(language)["talk"]["who"]
    single = bool(words) and words[0].lower() in table["articles"] and len(words) <= LONGEST_WHO
    return fact.subject[:1].lower() + fact.subject[1:] if single else ""


def _thing(fact: Fact, language: Language) -> str:
    """What it is done to, as people point at it; only what the reading is sure of."""
    told = fact.object.lower().split()
    for phrase in noun_phrases(fact, language):
        noun = phrase.rpartition(" ")[2].lower()
        if noun in told and not _is_beside(noun, fact, language) and not _is_named(noun, fact):
            return SAME.sub("", phrase)
    return ""


def _is_beside(noun: str, fact: Fact, language: Language) -> bool:
    """`saca del bolsillo`, `contrata a una grafóloga`: where or to whom, no thing it is done to."""
    words = [word.strip(",.;:") for word in fact.rest.split()]
    small = [word.lower() for word in words]
    at = small.index(noun) if noun in small else 0
    grammar = grammar_of(language)
    leading = grammar.words["prepositions"]
    for here in range(at - 1, -1, -1):
        if words[here] in leading:
            return True
        if small[here] in grammar.determiners:
            return here > 0 and words[here - 1] in leading
    return False


def _is_named(noun: str, fact: Fact) -> bool:
    """`Caetano, o afinador`, `a diretora Helena`: who somebody is, no thing."""
    word = re.escape(noun)
    return re.search(rf"[A-ZÀ-Ý]\w+, (?:\w+ )?{word}(?!\w)|\b{word} [A-ZÀ-Ý]", fact.rest) is not None


@lru_cache(maxsize=8)
def kinds_of(language: Language) -> dict[str, str]:
    """Verbs to kinds; the first table that lists a verb has it."""
    found: dict[str, str] = {}
    for kind, table in bank(language)["talk"].items():
        for verb in table.get("verbs", "").split():
            found.setdefault(verb.replace("-", " "), kind)
    return found
