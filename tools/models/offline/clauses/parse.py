"""Finding subject and verb in one clause, or saying that there are none to be sure of."""

from collections.abc import Sequence
from dataclasses import dataclass

from tools.models.offline.clauses.forms import Form
from tools.models.offline.clauses.grammar import UNKNOWN_ENDINGS, Grammar
from tools.models.offline.clauses.people import OF, Person
from tools.models.offline.clauses.tokens import Token
from tools.models.offline.persons.people import person_words
from tools.models.offline.words.bank import bank

LONGEST_SUBJECT = 10
NOUN_WORDS = 4
LONGEST_PAIR = 6
PAIRS = frozenset(("dos", "tres", "dois", "duas", "três", "two", "three"))
QUANTITIES = frozenset(("all", "both", "half", "todo", "toda", "todos", "todas", "ambos", "ambas"))
PASSING = frozenset(
    ("ser", "estar", "caer", "pasar", "terminar", "acabar", "empezar", "durar", "avanzar", "parecer",
     "começar", "haber", "tener", "traer", "cambiar", "ter", "trazer", "mudar", "cair", "vir", "tornar")
)  # fmt: skip
"""What a night or a week does itself."""
PERFECT = frozenset(("ha", "han", "había", "habían", "tinha", "tinham", "havia", "haviam"))
OPEN = ("time_words", "personal_verbs", "by_itself", "homographs", "with_object")
"""Word classes that stand inside a noun phrase too: `dos días`."""
WHOLE = frozenset(("los", "las", "os", "as", "the"))


@dataclass(frozen=True, kw_only=True)
class Parts:
    """Where the parts of a clause are, as token numbers; `subject` is empty when it is left out."""

    lead: tuple[int, int]
    subject: tuple[int, int]
    verb: tuple[int, int]
    form: Form


class Parser:
    """Reads clauses of one language in which certain people occur."""

    def __init__(self, grammar: Grammar, people: Sequence[Person]) -> None:
        self.grammar = grammar
        self.people = people
        self.roles = frozenset(word for one in people for word in one.role_words)
        self.callings = frozenset().union(*(one.heads for one in people)) | person_words(
            bank(grammar.language)["reading"]
        )
        self.names = frozenset(part.lower() for one in people for part in one.name.split())

    def parse(self, tokens: Sequence[Token], *, shared: bool = False) -> Parts | None:
        """The parts of a clause; `shared` allows it to begin with its verb in any language."""
        at = self._first_verb(tokens, shared=shared)
        if at is None:
            return None
        start = self._group_start(tokens, at)
        lead_end, subject_start = self._subject_start(tokens, start)
        subject_end = self._without_comma(tokens, start)
        if self._only_led(tokens[:start]):
            lead_end = subject_start = subject_end = start
        if subject_start >= subject_end and not (shared or self.grammar.drops_subjects):
            return None
        form = self._form(tokens, at)
        if form is None or not self._sound(tokens[subject_start:subject_end]):
            return None
        if subject_start >= subject_end:
            lead_end = start = self._after_adverbs(tokens, start, at)
        return Parts(
            lead=(0, lead_end),
            subject=(subject_start, max(subject_start, subject_end)),
            verb=(start, self._group_end(tokens, at)),
            form=form,
        )

    def _only_led(self, head: Sequence[Token]) -> bool:
        """`Para não perder o ponto, inventa`: one comma, right before the verb, closes what leads."""
        if not self.grammar.drops_subjects or len(head) < 2 or head[-1].text != ",":
            return False
        one = sum(token.text == "," for token in head) == 1
        opens = any(self.grammar.is_a(head[0], name) for name in ("prepositions", "leading", "opening"))
        infinitive = head[1].lower in self.grammar.verbs.bases or (
            len(head) > 2 and head[2].lower in self.grammar.verbs.bases
        )
        return one and opens and (infinitive or head[0].lower == "se")

    def _after_adverbs(self, tokens: Sequence[Token], start: int, at: int) -> int:
        """`Hoy entra`: an adverb before a verb without a subject leads the sentence."""
        while start < at and self.grammar.is_a(tokens[start], "adverbs"):
            if self.grammar.is_a(tokens[start], "negations"):
                break
            start += 1
        return start

    def has_verb(self, tokens: Sequence[Token]) -> bool:
        """Whether a stretch of words holds a finite verb of its own."""
        return self._first_verb(tokens, shared=True) is not None

    def starts_clause(self, tokens: Sequence[Token]) -> bool:
        """Whether words after a conjunction are a clause: a verb at once, or a plain subject and a verb."""
        grammar = self.grammar
        at = 0
        while at < len(tokens) and self._skippable(tokens[at]):
            at += 1
        if at >= len(tokens) - 1 and not (at < len(tokens) and self._strong(tokens[at])):
            return False
        first = self._candidate(tokens, at, shared=True) if at < len(tokens) else None
        if first is not None and not first.bare:
            return True
        verb = self._first_verb(tokens, shared=False)
        if verb is None or verb > LONGEST_SUBJECT:
            return False
        begins = tokens[0]
        proper = (
            begins.lower in ("há", "hace")
            or begins.lower in grammar.pronouns
            or begins.lower in grammar.determiners
            or begins.lower in self.names
        )
        marks = any(token.text in ",;:" for token in tokens[:verb]) and not self._aside(
            tokens[: self._group_start(tokens, verb)]
        )
        return proper and not marks and self._sound(tokens[: self._group_start(tokens, verb)])

    def _aside(self, head: Sequence[Token]) -> bool:
        """`Adalberto, da barraca da frente, vende`: a name, and something about it between two commas."""
        commas = [at for at, token in enumerate(head) if token.text == ","]
        return (
            len(commas) == 2
            and (head[0].lower in self.names | self.grammar.words["articles"])
            and commas[0] <= 2
            and commas[1] == len(head) - 1
            and not any(token.text in ";:" for token in head)
        )

    def _strong(self, token: Token) -> bool:
        form = self.grammar.form(token)
        return form is not None and not form.bare

    def _skippable(self, token: Token) -> bool:
        return any(self.grammar.is_a(token, name) for name in ("adverbs", "negations", "clitics"))

    def _first_verb(self, tokens: Sequence[Token], *, shared: bool) -> int | None:
        inside = 0
        for at in range(len(tokens)):
            if tokens[at].text == "(":
                inside += 1
            if tokens[at].text == ")":
                inside -= 1
            if inside == 0 and self._candidate(tokens, at, shared=shared) is not None:
                return self._past_noun(tokens, self._past_lead(tokens, at, shared=shared))
        return None

    def _past_noun(self, tokens: Sequence[Token], at: int) -> int:
        """`The wedding plans fall apart`: the first of two is a noun, but for `helps find`."""
        if self.grammar.language != "en" or at + 1 >= len(tokens) or at == 0:
            return at
        first, second = self.grammar.form(tokens[at]), self.grammar.form(tokens[at + 1])
        doubled = first is not None and second is not None and second.bare and first.tense == "present"
        auxiliary = self.grammar.is_a(tokens[at], "auxiliaries")
        helping = first is not None and first.base in ("help", "let", "dare", "go", "come")
        return at + 1 if doubled and not auxiliary and not helping else at

    def _past_lead(self, tokens: Sequence[Token], at: int, *, shared: bool) -> int:
        """`Na última prova, a noiva desiste`: what looks like a verb may only end the lead."""
        comma = at + 1
        if comma < len(tokens) and tokens[comma].text == "," and at > 0 and self._is_lead(tokens[:at]):
            later = self._first_verb(tokens[comma + 1 :], shared=shared)
            return at if later is None else comma + 1 + later
        return at

    def _candidate(self, tokens: Sequence[Token], at: int, *, shared: bool) -> Form | None:
        """The form of the word at `at`, if it can be the verb of this clause."""
        token, grammar = tokens[at], self.grammar
        if not token.is_word or (token.text[0].isupper() and at > 0) or token.lower in self.names:
            return None
        form = self._form(tokens, at)
        if form is None or self._tells_time(tokens, at) or self._only_names(tokens, at):
            return None
        before = at - 1
        while before >= 0 and self._skippable(tokens[before]):
            if self._is_article(tokens, before):
                return None
            before -= 1
        if before < 0:
            allowed = (shared or grammar.drops_subjects) and not form.bare
            return form if allowed else None
        return form if self._may_follow(tokens, before, form, at) else None

    def _only_names(self, tokens: Sequence[Token], at: int) -> bool:
        """`a stranger named Caleb` names him and goes on to its verb."""
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        naming = tokens[at].lower in ("named", "called", "nicknamed")
        return naming and after is not None and after.text[0].isupper()

    def _tells_time(self, tokens: Sequence[Token], at: int) -> bool:
        """`hace veinte años` and `há dez anos` are no verbs."""
        near = tokens[at + 1 : at + 4]
        ago = tokens[at].lower in ("hace", "há", "faz")
        return ago and any(token.lower in self.grammar.words["time_words"] for token in near)

    def _is_article(self, tokens: Sequence[Token], at: int) -> bool:
        """`la`, `o`, `a` are articles unless they follow somebody or a negation: `Ana la busca`."""
        token = tokens[at]
        if token.lower not in self.grammar.words["articles"]:
            return False
        if at == 0:
            return True
        before = tokens[at - 1]
        return not (
            before.lower in self.names
            or before.lower in self.grammar.pronouns
            or before.lower in self.grammar.words["negations"]
        )

    def _may_follow(self, tokens: Sequence[Token], before: int, form: Form, at: int) -> bool:
        grammar, word = self.grammar, tokens[before]
        if before > 0 and word.lower in PAIRS and tokens[before - 1].lower in WHOLE:
            return True
        if word.lower in ("having", "being"):
            return False
        closed = ("articles", "possessives", "prepositions", "relatives", "opening", "leading")
        if word.lower not in grammar.pronouns and any(word.lower in grammar.words[name] for name in closed):
            return False
        if not form.bare:
            return word.text != "," or self._after_aside(tokens, before)
        plural = word.lower in grammar.words["pronouns_they"] or word.lower in grammar.words["pronouns_first"]
        joined = any(token.lower in ("and", "both") for token in tokens[max(0, before - 3) : before])
        many = word.lower.endswith("s") and not word.lower.endswith("ss") and word.lower not in self.names
        opened = any(token.lower in ("to", "can", "must") for token in tokens[before:at])
        return (plural or joined or many) and not opened and word.is_word

    def _after_aside(self, tokens: Sequence[Token], comma: int) -> bool:
        """A verb right after a comma belongs to the subject before an aside: `Mateo, her brother, wants`."""
        marks = [at for at in range(comma) if tokens[at].text == ","]
        return (len(marks) == 1 and marks[0] > 0) or (self.grammar.drops_subjects and not marks)

    def _form(self, tokens: Sequence[Token], at: int) -> Form | None:
        known = self.grammar.form(tokens[at])
        if known is not None or at == 0:
            return known
        before, token = tokens[at - 1], tokens[at]
        if "-" in token.text:
            return None
        after_somebody = before.lower in self.names | self.roles or before.lower in (
            self.grammar.words["pronouns_she"] | self.grammar.words["pronouns_he"]
        )
        closed = any(token.lower in words for words in self.grammar.words.values())
        ends = token.lower.endswith(UNKNOWN_ENDINGS[self.grammar.language])
        first = at <= NOUN_WORDS and not any(self.grammar.form(one) for one in tokens[: at - 1])
        if after_somebody and ends and not closed and token.text.islower() and len(token.text) > 3 and first:
            past = token.lower.endswith(("ed", "ó", "ou", "eu", "iu", "aron", "aram"))
            return Form(token.lower, "past" if past else "present")
        return None

    def _group_start(self, tokens: Sequence[Token], at: int) -> int:
        start = at
        while start > 0 and self._skippable(tokens[start - 1]):
            start -= 1
        return start

    def _group_end(self, tokens: Sequence[Token], at: int) -> int:
        """The end of an auxiliary with what it needs: `has never been told`, `va a vender` only `va`."""
        end = at + 1
        if not self.grammar.is_a(tokens[at], "auxiliaries"):
            return end
        modal = self.grammar.is_a(tokens[at], "modals")
        wanted = self.grammar.verbs.bases if modal else self.grammar.verbs.participles
        look = end
        while look < len(tokens) and look < end + 3:
            word = tokens[look].lower
            does = tokens[at].lower in ("does", "doesn't", "do", "don't", "did", "didn't")
            done = self.grammar.drops_subjects and word.endswith(("ado", "ido", "ído"))
            if (
                word in wanted
                or (done and tokens[at].lower in PERFECT)
                or (does and word in self.grammar.verbs.bases)
            ):
                end = look + 1
                wanted = (
                    self.grammar.verbs.participles if word in ("been", "be", "being", "sido") else frozenset()
                )
                look = end
            elif self._skippable(tokens[look]):
                look += 1
            else:
                break
        return end

    def _without_comma(self, tokens: Sequence[Token], end: int) -> int:
        while end > 0 and tokens[end - 1].text == ",":
            end -= 1
        return end

    def _subject_start(self, tokens: Sequence[Token], verb: int) -> tuple[int, int]:
        """Where the lead ends and where the subject begins."""
        head = tokens[:verb]
        if not head:
            return 0, 0
        if self._only_when(head, tokens[verb:]):
            return verb, verb
        comma = next((at for at, token in enumerate(head) if token.text == ","), None)
        if comma and comma < len(head) - 1 and self._is_lead(head[:comma]):
            deeper = self._subject_start(tokens[comma + 1 :], verb - comma - 1)
            return comma + 1 + deeper[0], comma + 1 + deeper[1]
        if self._is_lead(head):
            start = self._walk_back(head)
            return start, start
        return 0, 0

    def _only_when(self, head: Sequence[Token], after: Sequence[Token]) -> bool:
        """`Esa noche actúan`, `Al vaciar el armario encuentran`: a time before a verb without a subject."""
        if not self.grammar.drops_subjects or any(token.text == "," for token in head):
            return False
        named = any(token.lower in self.names for token in head)
        if head[0].lower in ("al", "ao") and len(head) > 1 and head[1].lower in self.grammar.verbs.bases:
            return not named and head[-1].lower not in self.grammar.pronouns
        if self.grammar.is_a(head[0], "prepositions") and self._is_time(head[-1]) and not named:
            return True
        if head[0].lower not in self.grammar.determiners or named:
            return False
        form = self.grammar.form(after[0]) if after else None
        finite = next((one for one in map(self.grammar.form, after) if one is not None), form)
        noun = next((at for at in (1, 2) if at < len(head) and self._is_time(head[at])), 0)
        alone = noun > 0 and (noun == len(head) - 1 or head[noun + 1].lower in OF)
        return alone and len(after) > 1 and finite is not None and finite.base not in PASSING

    def _is_time(self, token: Token) -> bool:
        return token.lower in self.grammar.words["time_words"]

    def _is_lead(self, head: Sequence[Token]) -> bool:
        first, grammar = head[0], self.grammar
        opens = any(grammar.is_a(first, name) for name in ("prepositions", "leading", "adverbs", "opening"))
        timed = any(token.lower in grammar.words["time_words"] - self.names for token in head[:4])
        # `Having sentenced the wrong twin,`, `Sonriendo,`: what leads may be a participle.
        doing = first.lower in grammar.verbs.lemmas and first.lower not in grammar.verbs.finite
        return (opens and not self._is_article(head, 0)) or timed or doing

    def _walk_back(self, head: Sequence[Token]) -> int:
        """Where the subject before the verb begins, when adverbial words stand before it."""
        grammar, at = self.grammar, len(head) - 1
        if head[at].lower in grammar.pronouns:
            return at
        while at >= 0:
            word, before = head[at], head[at - 1] if at > 0 else None
            starts = word.lower in grammar.determiners or word.lower in self.names
            chained = before is not None and (
                (grammar.is_a(before, "prepositions") and before.lower in OF)
                or before.lower in ("and", "y", "e")
                or before.lower in QUANTITIES
                or before.lower in self.names
                or (word.lower in self.names and before.lower in self.callings)
            )
            if starts and not chained:
                free = before is None or not grammar.is_a(before, "prepositions")
                return at if free else len(head)
            at -= 1
        if head[-1].lower in self.names:
            return len(head) - 1
        return len(head) if grammar.drops_subjects else 0

    def _sound(self, subject: Sequence[Token]) -> bool:
        """No pronoun inside a subject, and nothing that only a second clause explains."""
        if not subject:
            return True
        if len(subject) > LONGEST_SUBJECT + 6 or subject[0].text in ',;:"“«(':
            return False
        joins = [at for at, token in enumerate(subject) if self.grammar.is_a(token, "coordinators")]
        if joins and len(subject) > LONGEST_PAIR and self.grammar.is_a(subject[-2], "articles"):
            return False
        inner = [token for token in subject[1:] if token.lower in self.grammar.pronouns]
        return not inner or any(token.text == "," for token in subject)


def noun_end(tokens: Sequence[Token], grammar: Grammar) -> int:
    """How many words a noun phrase has that begins with its determiner: three in `a love letter he sent`."""
    end = 1
    for token in tokens[1 : NOUN_WORDS + 1]:
        form = grammar.form(token)
        closed = any(token.lower in listed for name, listed in grammar.words.items() if name not in OPEN)
        closed = closed and not (end == 1 and token.lower in ("solo", "solitario", "só", "mera"))
        verb = form is not None and not form.bare and end > 1
        verb = verb or (grammar.drops_subjects and token.lower.endswith("ndo"))
        if closed or not token.is_word or verb or token.text[0].isupper():
            break
        end += 1
    return end
