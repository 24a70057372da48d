"""Brazilian Portuguese clauses in another mouth: eu and você, meu, seu and dele."""

from tools.models.offline.speech.english import Turned
from tools.models.offline.speech.portuguese_verbs import (
    conjugated,
    is_plural,
    is_verb,
    lasting,
    pasts,
    preterites,
    spoken,
    to_singular,
)
from tools.models.offline.speech.words import People, Role, Unsure, Word, listed, named, text_of, words_of
from tools.models.offline.words import patterns as re
from tools.models.offline.words.fact import Fact

BEFORE_VERB = listed("pt-BR", "before_verb")
CLITICS = listed("pt-BR", "clitics")
TO_BE = frozenset(("é", "foi", "era", "será"))
MINE = {"seu": "meu", "sua": "minha", "seus": "meus", "suas": "minhas"}
THE = {"seu": "o", "sua": "a", "seus": "os", "suas": "as"}
WISHING = listed("pt-BR", "wishing")
ASKED_WORDS = listed("pt-BR", "asked_words")
GIVING = listed("pt-BR", "giving")
KIN = listed("pt-BR", "kin")
OF_SOMEBODY = ("de", "do", "da", "dos", "das", "dele", "dela", "deles", "delas")
KIN_ARTICLES = {
    "o": ("meu", "o seu"), "a": ("minha", "a sua"), "os": ("meus", "os seus"), "as": ("minhas", "as suas"),
    "do": ("do meu", "do seu"), "da": ("da minha", "da sua"), "ao": ("ao meu", "ao seu"),
    "à": ("à minha", "à sua"),
}  # fmt: skip
OURS = re.compile(r"(?<!\w)(?:(seus?|suas?)|([oa]s?) (\w+) del[ea]s)(?!\w)")
OF_BOTH = re.compile(r"(?<!\w)(?:(\b\B)|([oa]s?) (\w+) del[ea]s)(?!\w)")
OF_THEM = listed("pt-BR", "of_them")
ARTICLE_TO_MINE = {"o": "meu", "a": "minha", "os": "meus", "as": "minhas"}
ARTICLE_TO_YOURS = {"o": "o seu", "a": "a sua", "os": "os seus", "as": "as suas"}
MELTED = {"do": "o", "da": "a", "no": "o", "na": "a", "ao": "o", "à": "a", "pelo": "o", "pela": "a"}
PREPOSITIONS = {
    "para": ("para mim", "para você"), "pra": ("pra mim", "pra você"), "pro": ("pra mim", "pra você"),
    "por": ("por mim", "por você"), "pelo": ("por mim", "por você"), "pela": ("por mim", "por você"),
    "sem": ("sem mim", "sem você"), "contra": ("contra mim", "contra você"),
    "sobre": ("sobre mim", "sobre você"), "com": ("comigo", "com você"), "em": ("em mim", "em você"),
    "no": ("em mim", "em você"), "na": ("em mim", "em você"), "a": ("a mim", "a você"),
    "ao": ("a mim", "a você"), "à": ("a mim", "a você"), "de": ("de mim", "de você"),
    "do": ("de mim", "de você"), "da": ("de mim", "de você"),
}  # fmt: skip
CONDITION = re.compile(r"(?i:se|caso|a menos que|se não)(?!\w)")
FUTURE_IF = re.compile(
    r"((?i:se|quando)) (?:([A-ZÁÉÍÓÚÂÊÔÃÕ][\w]+(?: [A-ZÁÉÍÓÚ]\w+?)?) )?"
    r"((?:não )?(?:\w+[aei]r|for|vier|tiver|fizer|puder|quiser|souber|disser|der|vir))((?: .*)?)"
)
"""A condition in the future subjunctive: opening, somebody by name, verb, rest."""
TRADE = re.compile(
    r"(?:vende|compra|faz|entrega|conta|toca|joga|pesca|planta|carrega|conserta|limpa|abre|fecha|serve|lava) "
    r"(?!(?:o|a|os|as|um|uma|uns|umas|seu|sua|seus|suas|que|quem|tudo|algo|nada|cada|todo|toda|outro|outra|mais|ele|"
    r"ela|isso|em|n[oa]s?|d[eoa]s?|com|por|para|pra|até|à|ao|sem|dois|duas|três|meia|metade)\b)[a-zà-ÿ]+"
)
"""Somebody's work has no article: `vende peixe`, not `vende a casa`."""
OF = frozenset(("de", "do", "da"))
SUBORDINATE = listed("pt-BR", "subordinate")
COREFERENT = listed("pt-BR", "coreferent")
EXPLICIT = listed("pt-BR", "explicit")
AFTER_NOUN = listed("pt-BR", "after_noun")


def turn(subject: str, verb: str, rest: str, *, people: People, about: tuple[str, ...], past: bool) -> Turned:
    """Turn a clause for its speaker and listener.

    Raises:
        Unsure: a word could be a verb or a noun, or somebody else's.
    """
    at = people.find(subject)
    role = people.role(at)
    others = tuple(place for name in about if (place := people.find(name)) is not None and place != at)
    if _is_joint(subject, people):
        subject, verb, at, role, others = "", to_singular(verb), None, "other", (0, 1)
        rest = re.sub(r"(?<!\w)junt[oa]s(?!\w)", "junto", OURS.sub(_ours, rest))
        if any(is_plural(word.low) for word in words_of(rest)):
            raise Unsure("a plural verb that goes on")
    if {0, 1} <= {at, *others}:
        rest = OF_BOTH.sub(_ours, rest)
    past = past and verb.split()[-1].lower() in pasts()
    if at is not None and {"há", "havia"} & {*verb.lower().split()}:
        # `há vinte anos ele assiste`: nobody does `há`.
        raise Unsure(verb)
    opens = rest.split()
    if opens[1:] and {*verb.lower().split()} & TO_BE and opens[0] in MINE and opens[1] in KIN:
        # Nobody is their own husband: `seu` is somebody else's.
        raise Unsure(rest)
    clause = Clause(people, at, role, others, past)
    said_verb = clause.verb(words_of(verb.lower()))
    verb_words, rest_words = clause.direct(said_verb, words_of(people.mark(rest)))
    main = {word.low for word in words_of(verb.lower())}
    # The subjunctive is the same for me: `implora que eu queime`.
    clause.wished = bool(main & WISHING)
    said_rest = clause.rest(rest_words, main=main)
    return Turned(clause.subject(subject), text_of(verb_words), people.unmark(text_of(said_rest)), role)


def condition(fact: Fact, people: People) -> str:
    """What stands before the main clause, `Se você denunciar,`: the future subjunctive is the same for all.

    Raises:
        Unsure: whose deed it is cannot be told, or its verb has another form for me.
    """
    found = FUTURE_IF.fullmatch(fact.lead.strip(" ,"))
    if found is None:
        raise Unsure(fact.lead)
    opening, who, verb, rest = found.groups()
    at = people.find((who or fact.subject).strip())
    role = people.role(at)
    if at is None or (role == "other" and not who):
        raise Unsure(fact.lead)
    said = {"speaker": "eu", "listener": "você", "other": people.cast[at].name}[role]
    clause = Clause(people, at, role, (), False)
    after = people.unmark(text_of(clause.rest(words_of(people.mark(rest.strip()))))) if rest.strip() else ""
    return " ".join(part for part in (opening, said, verb, after) if part) + ","


def goes_on(verb: str, rest: str, lead: str) -> bool:
    """Whether a clause is no event: under a condition, or a trade (`vende flores`)."""
    return bool(CONDITION.match(lead) or TRADE.match(f"{verb} {rest}"))


def ends_with_verb(rest: str) -> bool:
    """Whether what a cut left has a verb after its last `que`: not `no dia em que sua mulher`."""
    _, que, after = rest.rpartition(" que ") if " que " in rest else ("", "", "")
    return not que or any(is_verb(word.low) or is_plural(word.low) for word in words_of(after))


def _is_joint(subject: str, people: People) -> bool:
    names = {people.find(part.strip()) for part in subject.split(" e ")}
    return names == {0, 1}


def _ours(found: re.Match[str]) -> str:
    if found[1]:
        return {"seu": "nosso", "sua": "nossa", "seus": "nossos", "suas": "nossas"}[found[1]]
    return f"{ {'o': 'nosso', 'a': 'nossa', 'os': 'nossos', 'as': 'nossas'}[found[2]] } {found[3]}"


class Clause:
    """One clause on its way into somebody's mouth."""

    def __init__(
        self, people: People, at: int | None, role: Role, others: tuple[int, ...], past: bool
    ) -> None:
        self.wished = False
        self.people, self.at, self.role, self.others, self.past = people, at, role, others, past

    def subject(self, subject: str) -> str:
        """`eu`, `você`, a name or a noun phrase."""
        if not subject:
            return "a gente"
        if self.role != "other":
            return "eu" if self.role == "speaker" else "você"
        if self.at is not None:
            return self.people.cast[self.at].name
        marked = words_of(self.people.mark(subject))
        if any(word.low == "e" for word in marked) and any(named(word) in (0, 1) for word in marked):
            raise Unsure(subject)
        if "," in subject:
            # `o diretor, que é seu compadre,`: what somebody is was said once.
            marked = words_of(self.people.mark(subject.partition(",")[0]))
        inner = Clause(self.people, None, "other", self.others, False)
        return self.people.unmark(text_of(inner.rest(marked)))

    def verb(self, words: list[Word]) -> list[Word]:
        """The verb group in person and tense."""
        finite = _finite(words)
        if self.past and len(words) - finite == 1:
            words = [
                *words[:finite],
                words[finite].said(preterites().get(words[finite].low, words[finite].low)),
            ]
        words = [*words[:finite], words[finite].said(spoken(words[finite].core)), *words[finite + 1 :]]
        said = [self._clitic(word) for word in words[:finite]]
        if self.role != "speaker":
            return [*said, *words[finite:]]
        return [*said, words[finite].said(conjugated(words[finite].core, self.role)), *words[finite + 1 :]]

    def direct(self, verb: list[Word], rest: list[Word]) -> tuple[list[Word], list[Word]]:
        """`engana Ana` as `me engana` or `engana você`; `proteger Ana` as `me proteger`."""
        for at, word in enumerate(rest):
            role = self.people.role(named(word))
            owed = self._dative(verb, rest, at)
            if owed is not None:
                return owed
            before = rest[at - 1] if at else None
            if named(word) is None or role == "other":
                continue
            if before is None and role == "speaker":
                finite = _finite(verb)
                return [*verb[:finite], Word("me"), *verb[finite:]], [word.said(""), *rest[1:]]
            if before is None or (
                re.search(r"[aeio]r$", before.low) and not before.after and len(before.low) > 3
            ):
                if role == "listener":
                    return verb, [*rest[:at], word.said("você"), *rest[at + 1 :]]
                moved = Word(f"me {rest[at - 1].core}", rest[at - 1].before, word.after)
                return verb, [*rest[: at - 1], moved, *rest[at + 1 :]]
        return verb, rest

    def _dative(self, verb: list[Word], rest: list[Word], at: int) -> tuple[list[Word], list[Word]] | None:
        """`deve dinheiro a Ana` as `me deve dinheiro` or `te deve dinheiro`."""
        name = rest[at + 1] if at + 1 < len(rest) else None
        place = named(name) if name is not None else None
        role = self.people.role(place)
        taken = any(word.low in CLITICS for word in verb) or any(one.low in SUBORDINATE for one in rest[:at])
        gives = any(word.low in GIVING for word in verb)
        if rest[at].low not in ("a", "ao", "à") or name is None or role == "other" or taken or not gives:
            return None
        finite = _finite(verb)
        clitic = Word("me" if role == "speaker" else "te")
        return [*verb[:finite], clitic, *verb[finite:]], [*rest[:at], name.said(""), *rest[at + 2 :]]

    def rest(self, words: list[Word], main: set[str] | None = None) -> list[Word]:
        """What follows the verb: names, possessives, reflexives, further verbs."""
        said: list[Word] = []
        at = 0
        while at < len(words):
            self._refuse(words, at)
            taken, turned = self._piece(words, at, said, main or set())
            said += turned
            at += taken
        return said

    def _piece(self, words: list[Word], at: int, said: list[Word], main: set[str]) -> tuple[int, list[Word]]:
        word = words[at]
        name_at = self._name_after(words, at)
        if name_at is not None:
            role = self.people.role(named(words[name_at]))
            after = words[name_at + 1].low if name_at + 1 < len(words) else ""
            if role == "speaker" and word.low in ("para", "pra", "pro") and re.search(r"[aeio]r$", after):
                return name_at - at + 1, [word.said("pra"), words[name_at].said("eu")]
            return name_at - at + 1, self._after_preposition(word, words[name_at], role, said)
        if named(word) is not None:
            return self._name(words, at, said)
        if word.low in MINE:
            return self._possessive(words, at)
        if (kin := self._kin(words, at)) is not None:
            return 1, [kin]
        if word.low in ("deles", "delas") and {0, 1} & {self.at, *self.others}:
            raise Unsure(word.core)
        if word.low in OF_THEM:
            return 1, self._of_them(word, words[:at], said)
        if (self.role == "speaker" or self.past) and word.low in ("e", "mas", "ou", "nem"):
            return self._joined(words, at)
        joins = word.low in SUBORDINATE and (word.low != "se" or self._is_if(words, at))
        if self.role == "speaker" and (joins or word.low in ASKED_WORDS):
            return self._asked_or_wished(words, at, main) or self._subordinate(words, at, main)
        return 1, [self._small(words, at)]

    @staticmethod
    def _with_clitic(words: list[Word], at: int) -> bool:
        """`e a acusa`: a small word that is no article, or may be none."""
        small = at + 1 < len(words) and words[at].low in ("o", "a", "os", "as")
        return small and named(words[at + 1]) is None and is_verb(words[at + 1].low)

    def _refuse(self, words: list[Word], at: int) -> None:
        """What no word here turns with certainty: a further verb, or an object before one."""
        if (self.role == "speaker" or self.past) and self._goes_on(words, at):
            raise Unsure("a list of verbs")
        before = words[at - 1].low if at else ""
        listed_on = bool(at) and words[at - 1].after[:1] == ","
        if (listed_on or before in ("e", "mas", "que", "não", "nunca")) and self._with_clitic(words, at):
            raise Unsure("an object before another verb")
        if before in ("e", "mas") and words[at].low in ("há", "hoje", "agora", "depois", "então"):
            raise Unsure("a time before another verb")

    def _goes_on(self, words: list[Word], at: int) -> bool:
        """Whether another verb of the same subject follows a comma: `entra no carro, manda seguir`."""
        return at > 0 and words[at - 1].after[:1] == "," and _group(words, at) is not None

    def _asked_or_wished(self, words: list[Word], at: int, main: set[str]) -> tuple[int, list[Word]] | None:
        """`saber de onde veio` is about the same person, `quer que venda` about another."""
        if words[at].low in ASKED_WORDS:
            group = _group(words, at + 1)
            if group is None or at + 1 + len(group) != len(words):
                return None
            inner = Clause(self.people, self.at, self.role, (), past=False)
            return 1 + len(group), [words[at], *inner.verb(group)]
        wished = words[at].low == "que" and at == 0 and main & WISHING
        return (1, [words[at]]) if wished else None

    def _small(self, words: list[Word], at: int) -> Word:
        """Reflexives, and pronouns that could be one of us."""
        word = words[at]
        if self.role == "speaker" and word.low == "se" and at + 1 < len(words):
            return word.said("me")
        if self.role == "speaker" and re.match(r"^\w+r-se$", word.low):
            return word.said(word.core[:-2] + "me")
        they = self._one_of_them(words, at)
        if they is not None:
            return word.said(they)
        if word.low == "lhe":
            raise Unsure(word.core)
        ours = word.low in ("ele", "ela", "lhe") and self._may_be_one_of_us(word.low)
        joined = re.match(r"^\w+-(?:lo|la|lhe|o|a)$", word.low) and any(one in (0, 1) for one in self.others)
        if ours or joined or (self.role == "speaker" and word.low in ("si", "consigo")):
            raise Unsure(word.core)
        return word

    def _one_of_them(self, words: list[Word], at: int) -> str | None:
        """`por ela` as `por mim`, `para ela parar` as `para eu parar`, when it is clear who she is."""
        low, before = words[at].low, words[at - 1].low if at else ""
        if low not in ("ele", "ela") or before not in ("por", "para", "pra", "sem", "sobre", "contra", "que"):
            return None
        meant = [one for one in self.others if self.people.is_woman(one) == (low == "ela")]
        if len(meant) != 1:
            return None
        after = words[at + 1].low if at + 1 < len(words) and not words[at].after else ""
        acts = before == "que" or re.search(r"[aeio]r$", after) is not None
        if before == "que" and self.people.role(meant[0]) == "speaker" and not (at == 1 and self.wished):
            return None
        forms = {"speaker": "eu" if acts else "mim", "listener": "você", "other": low}
        return forms[self.people.role(meant[0])]

    def _name_after(self, words: list[Word], at: int) -> int | None:
        """Where a name of ours stands after this preposition, its article skipped."""
        if words[at].low not in PREPOSITIONS or words[at].after:
            return None
        for place in (at + 1, at + 2):
            if place >= len(words):
                return None
            if self.people.role(named(words[place])) != "other":
                return place
            if words[place].low not in ("o", "a"):
                return None
        return None

    def _name(self, words: list[Word], at: int, said: list[Word]) -> tuple[int, list[Word]]:
        word, role = words[at], self.people.role(named(words[at]))
        if role == "other":
            return 1, [word]
        if said and said[-1].low in ("o", "a") and not said[-1].after:
            said.pop()
        before = said[-1].low if said else ""
        group = _group(words, at + 1)
        if before not in SUBORDINATE or group is None:
            raise Unsure(word.core)
        then = self.past and group[-1].low in pasts() and group[-1].low not in lasting()
        inner = Clause(self.people, named(word), role, (), past=then)
        return 1 + len(group), [word.said("eu" if role == "speaker" else "você"), *inner.verb(group)]

    def _after_preposition(self, word: Word, name: Word, role: Role, said: list[Word]) -> list[Word]:
        at = 0 if role == "speaker" else 1
        if word.low in OF and len(said) >= 2 and not said[-1].after:
            article = said[-2].low
            if article in ARTICLE_TO_MINE:
                noun, the = said.pop(), said.pop()
                owner = (ARTICLE_TO_MINE if at == 0 else ARTICLE_TO_YOURS)[article]
                return [the.said(owner), noun, name.said("")]
            if article in MELTED:
                raise Unsure(name.core)
        return [name.said(PREPOSITIONS[word.low][at])]

    def _possessive(self, words: list[Word], at: int) -> tuple[int, list[Word]]:
        word = words[at]
        met = {place for one in words[:at] if (place := named(one)) is not None} - {self.at}
        us = {place for place in (self.at, *self.others) if place in (0, 1)}
        if us and (met or self.at is None):
            raise Unsure(word.core)
        if self.role == "speaker":
            return 1, [word.said(MINE[word.low])]
        if self.role == "listener":
            return 1, [word]
        return self._theirs(words, at)

    def _kin(self, words: list[Word], at: int) -> Word | None:
        """`procura a filha` is `procuro minha filha`: whose it is goes without saying in the third person."""
        noun = words[at + 1] if at + 1 < len(words) else None
        after = words[at + 2].low if at + 2 < len(words) else ""
        whose = KIN_ARTICLES.get(words[at].low)
        if self.role == "other" or whose is None or noun is None or noun.low not in KIN:
            return None
        if not noun.after and (after in OF_SOMEBODY or named_word(words, at + 2)):
            return None
        return words[at].said(whose[0 if self.role == "speaker" else 1])

    def _theirs(self, words: list[Word], at: int) -> tuple[int, list[Word]]:
        """`seu pai` of somebody who is not here would be the listener's: `o pai dele`."""
        noun = words[at + 1] if at + 1 < len(words) else None
        after = words[at + 2].low if at + 2 < len(words) else ""
        if noun is None or self.at is None:
            return 1, [words[at]]
        if after and not noun.after and after not in AFTER_NOUN:
            raise Unsure(noun.core)
        whose = "dela" if self.people.is_woman(self.at) else "dele"
        before = words[at - 1].low if at else ""
        if before in ("de", "em", "a", "por"):
            raise Unsure(before)
        return 2, [words[at].said(THE[words[at].low]), Word(noun.core), Word(whose, after=noun.after)]

    def _of_them(self, word: Word, before: list[Word], said: list[Word]) -> list[Word]:
        woman = word.low == "dela"
        fits = [
            one for one in (self.at, *self.others) if one is not None and self.people.is_woman(one) == woman
        ]
        if not fits:
            fits = [one for one in (0, 1) if one != self.at and self.people.is_woman(one) == woman]
            if fits and sum(self.people.is_woman(one) == woman for one in range(len(self.people.cast))) > 1:
                raise Unsure(word.core)
        if not any(one in (0, 1) for one in fits):
            return [word]
        if len(set(fits)) > 1:
            raise Unsure(word.core)
        article = said[-2].low if len(said) >= 2 else ""
        if article not in ARTICLE_TO_MINE or said[-1].after:
            raise Unsure(word.core)
        noun, the = said.pop(), said.pop()
        owner = (ARTICLE_TO_MINE if fits[0] == 0 else ARTICLE_TO_YOURS)[article]
        return [the.said(owner), noun, word.said("")]

    def _clitic(self, word: Word) -> Word:
        if word.low == "se" and self.role == "speaker":
            return word.said("me")
        if word.low in ("lhe", "o", "a"):
            us = [one for one in self.others if one in (0, 1)]
            if not us:
                raise Unsure(word.core)
            if len(self.others) > 1:
                raise Unsure(word.core)
            return word.said("me" if us[0] == 0 else "te")
        return word

    def _is_if(self, words: list[Word], at: int) -> bool:
        return words[at + 1].low in EXPLICIT or named(words[at + 1]) is not None

    def _may_be_one_of_us(self, low: str) -> bool:
        if low == "lhe":
            return any(one in (0, 1) for one in self.others)
        return any(one != self.at and self.people.is_woman(one) == (low == "ela") for one in (0, 1))

    def _joined(self, words: list[Word], at: int) -> tuple[int, list[Word]]:
        group = _group(words, at + 1)
        if words[at].low == "nem" and at and words[at - 1].low == "que":
            return 1, [words[at]]
        if group is not None:
            if self.past and group[-1].low in lasting() and group[-1].low not in pasts():
                raise Unsure("what lasts beside what happens")
            if self.past and not {group[-1].low} & {*preterites(), *preterites().values()}:
                raise Unsure("two times in one clause")
            return 1 + len(group), [words[at], *self.verb(group)]
        after = words[at + 1] if at + 1 < len(words) else None
        if after is None or after.low in EXPLICIT or named(after) is not None or after.low in PREPOSITIONS:
            return 1, [words[at]]
        if re.search(r"(?:[aei]|[aei]u)$", after.low) and at + 2 < len(words):
            raise Unsure(after.core)
        return 1, [words[at]]

    def _subordinate(self, words: list[Word], at: int, main: set[str]) -> tuple[int, list[Word]]:
        after = words[at + 1] if at + 1 < len(words) else None
        if after is None or after.low in EXPLICIT or named(after) is not None:
            return 1, [words[at]]
        group = _group(words, at + 1)
        if group is None:
            if re.search(r"(?:a|e|ou|eu|iu)$", after.low):
                raise Unsure(after.core)
            return 1, [words[at]]
        if words[at].low == "que" and at == 0 and main & COREFERENT:
            inner = Clause(self.people, self.at, self.role, (), past=False)
            return 1 + len(group), [words[at], *inner.verb(group)]
        raise Unsure(after.core)


def named_word(words: list[Word], at: int) -> bool:
    """Whether a name of the cast stands there."""
    return at < len(words) and named(words[at]) is not None


def _finite(words: list[Word]) -> int:
    for at, word in enumerate(words):
        if word.low not in BEFORE_VERB and word.low not in CLITICS:
            return at
    raise Unsure(text_of(words))


def _group(words: list[Word], start: int) -> list[Word] | None:
    """The verb group that begins at `start`, or None when no verb does."""
    end = start
    while end < len(words) and words[end].low in BEFORE_VERB | (CLITICS - {"o", "a", "os", "as"}):
        end += 1
    if end >= len(words) or named(words[end]) is not None:
        return None
    low = words[end].low
    return (
        words[start : end + 1]
        if is_verb(low) or (end > start and re.search(r"(?:ou|eu|iu|a|e)$", low))
        else None
    )
