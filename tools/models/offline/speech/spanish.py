"""Spanish clauses in another mouth: yo and tú inside the verb, mi and tu, me and te."""

from tools.models.offline.speech.english import Turned
from tools.models.offline.speech.spanish_verbs import conjugated, is_verb, is_wished, of_us, pasts
from tools.models.offline.speech.words import People, Role, Unsure, Word, listed, named, text_of, words_of
from tools.models.offline.words import patterns as re

BEFORE_VERB = listed("es", "before_verb")
CLITICS = listed("es", "clitics")
POSSESSIVE = {"su": ("mi", "tu"), "sus": ("mis", "tus"), "suyo": ("mío", "tuyo"), "suya": ("mía", "tuya"),
              "suyos": ("míos", "tuyos"), "suyas": ("mías", "tuyas")}  # fmt: skip
WITH_SELF = {"con": ("conmigo", "contigo")}
STRESSED = {"speaker": "mí", "listener": "ti"}
CLITIC = {"speaker": "me", "listener": "te"}
PREPOSITIONS = listed("es", "prepositions")
ARTICLES = listed("es", "articles")
SUBORDINATE = listed("es", "subordinate")
COREFERENT = listed("es", "coreferent")
WISHING = listed("es", "wishing")
ASKED_WORDS = listed("es", "asked_words")
ASKING = listed("es", "asking")
SAYING = frozenset(("dice", "insiste", "escribe", "grita", "advierte"))
VERB_FIRST = listed("es", "verb_first")
BEING = listed("es", "being")
NEVER_ALONE = listed("es", "never_alone")
TIMES = listed("es", "times")
EXPLICIT = listed("es", "explicit")
ENCLITIC = re.compile(r"^(\w*(?:[aeiáéí]r|[áé]ndo))(les?|se(?:l[oa]s?))$")
"""`reclamarle`, `quedárselo`: somebody is in it who may be one of us."""
SELF_KEEPING = ("qued", "com", "beb", "jug", "gast", "call", "tom")
"""`quedárselo` is always for oneself; in `dárselo` it is for somebody else."""
REFLEXIVE = re.compile(r"^(\w*(?:[aeií]r|[áé]ndo))se$")


def turn(subject: str, verb: str, rest: str, *, people: People, about: tuple[str, ...], past: bool) -> Turned:
    """Turn a clause for its speaker and listener.

    Raises:
        Unsure: a word could be a verb or a noun, or somebody else's.
    """
    at = people.find(subject)
    role = people.role(at)
    others = tuple(place for name in about if (place := people.find(name)) is not None and place != at)
    if {people.find(part.strip()) for part in re.split(r" [ye] ", subject)} == {0, 1}:
        return _ours(words_of(verb.lower()), words_of(people.mark(rest)), people)
    past = past and verb.split()[-1].lower() in pasts()
    if subject.lower().startswith("lo que "):
        raise Unsure(subject)
    subject = re.sub(r", (?:que|quien|un|una|el|la) .*$", "", subject)
    if ":" in rest or (not rest.strip() and verb.lower().split()[-1] in NEVER_ALONE):
        raise Unsure(rest)
    rest = _without_asides(rest, people)
    clause = Clause(people, at, role, others, past)
    said_subject = clause.subject(subject)
    verb_words, rest_words = clause.addressed(words_of(verb.lower()), words_of(people.mark(rest)))
    if verb_words[-1].low in BEING and rest_words and rest_words[0].low in ("su", "sus"):
        # `fue su novio`: what somebody is, he is to another.
        rest_words = [rest_words[0].said(clause._owner(rest_words[0].low)), *rest_words[1:]]
    said_verb = clause.verb(verb_words)
    said_rest = clause.rest(rest_words, main={word.low for word in verb_words})
    if at is None and verb.lower() in VERB_FIRST and said_subject[:1].islower():
        return Turned("", f"{text_of(said_verb)} {said_subject}", people.unmark(text_of(said_rest)), role)
    return Turned(said_subject, text_of(said_verb), people.unmark(text_of(said_rest)), role)


def _without_asides(rest: str, people: People) -> str:
    """`sospecha de Germán, el heredero,` is only `de ti` to Germán himself."""
    for name in (people.cast[0].name, people.cast[1].name):
        rest = re.sub(rf"({re.escape(name)}), (?:el|la|un|una|su|que) [^,.;:]+(?:,(?= )|$)", r"\1", rest)
    return rest


def _ours(verb: list[Word], rest: list[Word], people: People) -> Turned:
    """You and I as nosotros."""
    finite = _finite(verb)
    said = [word.said("nos") if word.low == "se" else word for word in verb[:finite]]
    if any(word.low in ("sus", "suyo", "suya", "ellos", "se", "les", "los") for word in rest):
        raise Unsure("sus")
    mine = Clause(people, None, "other", (), False).rest(_our(rest))
    group = [*said, verb[finite].said(of_us(verb[finite].core)), *verb[finite + 1 :]]
    return Turned("", text_of(group), people.unmark(text_of(mine)), "other", True)


def _our(rest: list[Word]) -> list[Word]:
    said = list(rest)
    for at, word in enumerate(rest[:-1]):
        if word.low == "su":
            noun = rest[at + 1].low
            said[at] = word.said("nuestra" if noun.endswith(("a", "ión", "dad")) else "nuestro")
    return said


class Clause:
    """One clause on its way into somebody's mouth."""

    def __init__(
        self, people: People, at: int | None, role: Role, others: tuple[int, ...], past: bool
    ) -> None:
        self.people, self.at, self.role, self.others, self.past = people, at, role, others, past
        self.asked: Role | None = None

    def subject(self, subject: str) -> str:
        """Nothing for yo and tú, which the verb says; a name or a noun phrase else."""
        if self.role != "other":
            return ""
        if self.at is not None:
            return self.people.cast[self.at].name
        owned = re.match(r"(sus?) (.+)$", subject)
        if owned:
            return f"{self._owner(owned[1])} {owned[2]}"
        marked = words_of(self.people.mark(subject))
        if any(word.low == "y" for word in marked) and any(named(word) in (0, 1) for word in marked):
            raise Unsure(subject)
        return self.people.unmark(
            text_of(Clause(self.people, None, "other", self.others, False).rest(marked))
        )

    def _owner(self, low: str) -> str:
        """Whose `su madre` is, when it can only be one other person's."""
        if len(self.others) != 1:
            raise Unsure(low)
        role = self.people.role(self.others[0])
        return low if role == "other" else POSSESSIVE[low][0 if role == "speaker" else 1]

    def addressed(self, verb: list[Word], rest: list[Word]) -> tuple[list[Word], list[Word]]:
        """`le pide a Lucía` as `me pide`, `engaña a Lucía` as `te engaña`, `verla a Lucía` as `verte`."""
        for at, word in enumerate(rest[:-1]):
            place = named(rest[at + 1])
            role = self.people.role(place)
            if word.low != "a" or place is None or role == "other":
                continue
            if any(one.low in SUBORDINATE for one in rest[:at]):
                raise Unsure("a clause between the verb and the name")
            gone = [*rest[:at], rest[at + 1].said(""), *rest[at + 2 :]]
            self.asked = role
            if _asks(verb, rest):
                # `me ruegas que queme`: the subjunctive goes with the present.
                self.past = False
                gone = [word for word in gone if word.core]
            before = rest[at - 1] if at else None
            if before is not None and re.search(r"[aeí]r$", before.low) and not before.after:
                if before.low in ("ir", "volver", "llegar", "regresar", "acercar") or _has_clitic(verb):
                    raise Unsure(before.core)
                gone[at - 1] = before.said(before.core + CLITIC[role])
                return verb, gone
            if before is not None and re.search(r"(?:ando|iendo|yendo)$", before.low) and not before.after:
                gone[at - 1] = before.said(re.sub(r"(a|e)ndo$", _stressed, before.core) + CLITIC[role])
                return verb, gone
            return _with_clitic(verb, CLITIC[role]), gone
        return self._clitics(verb, rest), rest

    def verb(self, words: list[Word]) -> list[Word]:
        """The verb group in person and tense."""
        finite = _finite(words)
        if self.past and len(words) - finite == 1:
            words = [*words[:finite], words[finite].said(pasts().get(words[finite].low, words[finite].low))]
        if self.role == "other":
            return words
        said = [self._reflexive(words, at) for at in range(finite)]
        return [*said, words[finite].said(conjugated(words[finite].core, self.role)), *words[finite + 1 :]]

    def rest(self, words: list[Word], main: set[str] | None = None) -> list[Word]:
        """What follows the verb: names, possessives, reflexives, further verbs."""
        said: list[Word] = []
        at = 0
        while at < len(words):
            taken, turned = self._piece(words, at, said, main or set())
            said += turned
            at += taken
        return said

    def _piece(self, words: list[Word], at: int, said: list[Word], main: set[str]) -> tuple[int, list[Word]]:
        word = words[at]
        after = words[at + 1] if at + 1 < len(words) else None
        place = named(word)
        if place is not None:
            return self._name(words, at, said)
        if word.low in ("con", *PREPOSITIONS, "de") and after is not None and not word.after:
            role = self.people.role(named(after))
            if named(after) is not None and role != "other":
                return 2, self._after_preposition(word, after, role, said)
        if word.low in POSSESSIVE:
            return 1, [word.said(self._possessive(word.low, words[:at]))]
        if (self.role != "other" or self.past) and word.low in ("y", "e", "pero", "o", "ni"):
            return self._joined(words, at)
        if self.role != "other" and word.low in ASKED_WORDS:
            group = _group(words, at + 1, strict=False)
            if group is not None and at + 1 + len(group) == len(words):
                inner = Clause(self.people, self.at, self.role, (), past=False)
                return 1 + len(group), [word, *inner.verb(group)]
        if self.role != "other" and word.low in SUBORDINATE:
            if word.low == "que" and at == 0 and main & WISHING and self.asked is None:
                return 1, [word]
            return self._subordinate(words, at, main)
        return 1, [self._small(words, at)]

    def _small(self, words: list[Word], at: int) -> Word:
        """Reflexives, and pronouns that could be one of us."""
        word = words[at]
        if enclitic := ENCLITIC.match(word.low):
            return self._enclitic(word, enclitic)
        reflexive = REFLEXIVE.match(word.low)
        if reflexive and self.role != "other":
            if self.others:
                raise Unsure(word.core)
            return word.said(reflexive[1] + CLITIC[self.role])
        meant = [
            one
            for one in self.others
            if word.low in ("él", "ella") and self.people.is_woman(one) == (word.low == "ella")
        ]
        if len(meant) == 1 and at and words[at - 1].low in {*PREPOSITIONS, "de", "a"}:
            return word.said(STRESSED.get(self.people.role(meant[0]), word.core))
        himself = word.low in ("sí", "consigo") and self.role != "other"
        ours = word.low in ("él", "ella") and self._may_be_one_of_us(word.low)
        if himself or ours or (word.low in CLITICS - {"se"} and self._to_us(words, at)):
            raise Unsure(word.core)
        return word

    def _enclitic(self, word: Word, found: re.Match[str]) -> Word:
        """`reclamarle` as `reclamarme`, `quedárselo` as `quedármelo`."""
        verb, tail = found.groups()
        keeps = tail.startswith("se") and verb.startswith(SELF_KEEPING)
        if keeps:
            return word if self.role == "other" else word.said(f"{verb}{CLITIC[self.role]}{tail[2:]}")
        us = [place for place in self.others if place in (0, 1)]
        if tail in ("le",) and len(self.others) == 1 and us:
            return word.said(f"{verb}{CLITIC[self.people.role(us[0])]}")
        if tail.startswith("se") and len(self.others) == 1 and us:
            return word.said(f"{verb}{CLITIC[self.people.role(us[0])]}{tail[2:]}")
        if not self.others and (tail != "les" or self.role != "other"):
            raise Unsure(word.core)
        return word

    def _name(self, words: list[Word], at: int, said: list[Word]) -> tuple[int, list[Word]]:
        word, role = words[at], self.people.role(named(words[at]))
        if role == "other":
            return 1, [word]
        before = words[at - 1].low if at else ""
        if before not in SUBORDINATE:
            raise Unsure(word.core)
        group = _group(words, at + 1)
        if group is None:
            raise Unsure(word.core)
        later = range(at + 1 + len(group), len(words))
        if any(words[i].low in ("y", "e", "pero") and _group(words, i + 1) for i in later):
            raise Unsure("whose the second verb is")
        inner = Clause(self.people, named(word), role, (), past=False)
        return 1 + len(group), inner.verb(group)

    def _after_preposition(self, word: Word, name: Word, role: Role, said: list[Word]) -> list[Word]:
        at = 0 if role == "speaker" else 1
        if word.low == "con":
            return [name.said(WITH_SELF["con"][at])]
        if word.low != "de":
            return [word, name.said(STRESSED[role])]
        if len(said) >= 2 and said[-2].low in ARTICLES and not said[-1].after:
            noun, article = said.pop(), said.pop()
            mine = ("mi", "tu")[at] if article.low in ("el", "la") else ("mis", "tus")[at]
            return [article.said(mine), noun.said(noun.core), name.said("")]
        if len(said) >= 2 and said[-2].low in ("un", "una"):
            raise Unsure(name.core)
        return [word, name.said(STRESSED[role])]

    def _possessive(self, low: str, before: list[Word]) -> str:
        met = {place for word in before if (place := named(word)) is not None}
        met.discard(self.at if self.at is not None else -1)
        us = {place for place in (self.at, *self.others) if place in (0, 1)}
        if not us:
            return low
        given = self.role != "other" and len(us) > 1 and any(word.low == "que" for word in before)
        if met or self.at is None or given:
            # Whose it is stays open only when it is nobody's here.
            raise Unsure(low)
        return low if self.role == "other" else POSSESSIVE[low][0 if self.role == "speaker" else 1]

    def _reflexive(self, words: list[Word], at: int) -> Word:
        word = words[at]
        if word.low != "se":
            return word
        after = words[at + 1].low
        if after in ("lo", "la", "los", "las"):
            return word
        if after in CLITICS:
            raise Unsure("se le")
        return word.said(CLITIC[self.role])

    def _clitics(self, verb: list[Word], rest: list[Word]) -> list[Word]:
        """`le miente`, when the only other one is here: `me miente`."""
        us = [place for place in self.others if place in (0, 1)]
        dative = any(word.low == "le" for word in verb)
        if (
            dative
            and not self.others
            and self.role != "other"
            and not any(one.low in ("a", "al") for one in rest)
        ):
            raise Unsure("le")
        given = [
            at for at, word in enumerate(verb[:-1])
            if word.low == "se" and verb[at + 1].low in ("lo", "la", "los", "las")
        ]  # fmt: skip
        if given:
            return self._given(verb, given[0], us, rest)
        clitic = [at for at, word in enumerate(verb) if word.low in ("le", "lo", "la")]
        if not clitic or not us:
            return verb
        if len(self.others) > 1 or any(word.low == "se" for word in verb):
            raise Unsure("le")
        verb = list(verb)
        role = self.people.role(us[0])
        verb[clitic[0]] = verb[clitic[0]].said(CLITIC[role])
        if _asks(verb, rest):
            self.asked, self.past = role, False
        return verb

    def _given(self, verb: list[Word], at: int, us: list[int], rest: list[Word]) -> list[Word]:
        """`se lo cuenta`, when the only other one is here: `me lo cuenta`."""
        if any(word.low in ("a", "al") for word in rest) or (len(self.others) == 1 and not us):
            return verb
        if len(self.others) != 1:
            raise Unsure("se lo")
        return [*verb[:at], verb[at].said(CLITIC[self.people.role(us[0])]), *verb[at + 1 :]]

    def _to_us(self, words: list[Word], at: int) -> bool:
        after = words[at + 1].low if at + 1 < len(words) else ""
        before = words[at - 1].low if at else ""
        opens = before in SUBORDINATE | BEFORE_VERB | {"y", "e", "se"}
        follows_noun = at >= 2 and words[at - 2].low in EXPLICIT
        pronoun = words[at].low in ("le", "les") or (is_verb(after) and (opens or follows_noun))
        return pronoun and any(place in (0, 1) for place in (*self.others, self.at) if place is not None)

    def _may_be_one_of_us(self, low: str) -> bool:
        people = [place for place in (0, 1) if self.people.is_woman(place) == (low == "ella")]
        return bool(people)

    def _joined(self, words: list[Word], at: int) -> tuple[int, list[Word]]:
        """`encuentra la carta y la esconde`: a second verb of the same subject."""
        group = _group(words, at + 1)
        if group is None:
            after = words[at + 1] if at + 1 < len(words) else None
            if (
                after is None
                or after.low in EXPLICIT
                or named(after) is not None
                or after.low in PREPOSITIONS
            ):
                return 1, [words[at]]
            if re.search(r"[aeé]$", after.low) and at + 2 < len(words):
                raise Unsure(after.core)
            return 1, [words[at]]
        if self.past and not {group[-1].low} & {*pasts(), *pasts().values()}:
            raise Unsure("two times in one clause")
        return 1 + len(group), [words[at], *self.verb(group)]

    def _subordinate(self, words: list[Word], at: int, main: set[str]) -> tuple[int, list[Word]]:
        group = _group(words, at + 1, strict=False)
        after = words[at + 1] if at + 1 < len(words) else None
        if group is None and after is not None and _pronoun_and_verb(words, at + 1):
            raise Unsure(after.core)
        if after is None or (after.low in EXPLICIT and group is None) or named(after) is not None:
            return 1, [words[at]]
        if group is None or group[-1].low in ("hay", "hubo", "hace", "falta"):
            return 1, [words[at]]
        if words[at].low == "que" and at == 0 and main & (ASKING | SAYING) and self.asked is not None:
            asked = group[-1].low + ("s" if self.asked == "listener" else "")
            return 1 + len(group), [words[at], *group[:-1], group[-1].said(asked)]
        if (
            words[at].low == "que"
            and at
            and words[at - 1].low in ("de", "hasta")
            and _time_follows(words, at)
        ):
            return 1, [words[at]]
        if (
            words[at].low == "que"
            and at == 0
            and main & COREFERENT
            and not _subject_follows(words, at + len(group))
        ):
            return 1 + len(group), [
                words[at],
                *Clause(self.people, self.at, self.role, (), False).verb(group),
            ]
        raise Unsure(after.core)


def _asks(verb: list[Word], rest: list[Word]) -> bool:
    """`le pide que`, and `le dice que cambie`: what follows is wished, not told."""
    if any(word.low in ASKING for word in verb):
        return True
    told = any(word.low in SAYING for word in verb) and rest and rest[0].low == "que"
    group = _group(rest, 1, strict=False) if told else None
    return group is not None and is_wished(group[-1].low)


def _pronoun_and_verb(words: list[Word], at: int) -> bool:
    """`que la descubra`: a pronoun and a verb, no article and noun."""
    if words[at].low not in ("la", "lo", "las", "los") or at + 1 >= len(words):
        return False
    verb = words[at + 1]
    return is_wished(verb.low) and (at + 2 >= len(words) or bool(verb.after))


def _stressed(found: re.Match[str]) -> str:
    return {"a": "ándo", "e": "éndo"}[found[1]]


def _finite(words: list[Word]) -> int:
    for at, word in enumerate(words):
        if word.low not in BEFORE_VERB and word.low not in CLITICS:
            return at
    raise Unsure(text_of(words))


def _has_clitic(verb: list[Word]) -> bool:
    return any(word.low in CLITICS for word in verb)


def _with_clitic(verb: list[Word], clitic: str) -> list[Word]:
    for at, word in enumerate(verb):
        if word.low in ("le", "lo", "la"):
            return [*verb[:at], word.said(clitic), *verb[at + 1 :]]
        if word.low in CLITICS:
            raise Unsure(word.core)
    finite = _finite(verb)
    return [*verb[:finite], Word(clitic), *verb[finite:]]


def _group(words: list[Word], start: int, *, strict: bool = True) -> list[Word] | None:
    """The verb group that begins at `start`, or None when no verb does."""
    end = start
    while end < len(words) and words[end].low in BEFORE_VERB | CLITICS:
        end += 1
    if end >= len(words) or named(words[end]) is not None:
        return None
    clitic = end > start and words[end - 1].low in CLITICS
    article = end > start and words[end - 1].low in ("la", "los", "las", "lo")
    low = words[end].low
    if is_verb(low) or (clitic and not article and re.search(r"[aeóí]$|ía$|aba$", low)):
        return words[start : end + 1]
    if re.search(r"(?:[aeií]r|ndo)(?:se|l[eao]s?)$", low):
        return None
    if not strict and end == start and low not in EXPLICIT and re.search(r"(?:[aeó]|ía|aba|rá)$", low):
        return words[start : end + 1]
    return None


def _subject_follows(words: list[Word], at: int) -> bool:
    after = words[at + 1].low if at + 1 < len(words) else ""
    verb = words[at].low
    return after in EXPLICIT and verb in (
        "murió",
        "muere",
        "llega",
        "llegó",
        "viene",
        "vino",
        "existe",
        "está",
        "desapareció",
        "era",
        "es",
        "fue",
    )


def _time_follows(words: list[Word], at: int) -> bool:
    """`antes de que termine la semana`: the time is the subject."""
    rest = [word.low for word in words[at + 2 :]]
    return len(rest) >= 2 and rest[0] in EXPLICIT and rest[1] in TIMES
