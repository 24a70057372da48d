"""Reading a text into facts: its own sentences in its own order, each told so that it stands alone."""

from collections.abc import Sequence
from dataclasses import replace

from state.script import Language
from tools.models.offline.clauses.clause import END_MARKS, Clause, Clauses
from tools.models.offline.clauses.deeds import deed_of
from tools.models.offline.clauses.grammar import UNKNOWN_ENDINGS
from tools.models.offline.clauses.heard import Heard
from tools.models.offline.clauses.joints import ADDING, TURNING, Span, spans_of
from tools.models.offline.clauses.kinds import is_decisive, kind_of, kind_of_sentence
from tools.models.offline.clauses.people import Person, named_in
from tools.models.offline.clauses.split import QUOTES, Piece, pieces_of
from tools.models.offline.clauses.telling import role_told
from tools.models.offline.clauses.tokens import Token, sentences_of, tokenise
from tools.models.offline.clauses.verbs import is_verb_here, lemma_of
from tools.models.offline.clauses.wording import Told, Wording
from tools.models.offline.words.bank import bank
from tools.models.offline.words.fact import Fact, FactKind, Source

LONGEST_SENTENCE = 70
"""Words beyond which nothing is read as grammar."""
LONGEST_TOGETHER = 45
"""Words up to which sentences stay together that only the first explains."""
CLOSING = '.?!\u2026"\u201d\u00bb)'


class Reader(Clauses):
    """Reads texts about the same people; what it heard in one it still knows in the next."""

    def __init__(self, language: Language, people: Sequence[Person]) -> None:
        super().__init__(language, people)
        self.heard = Heard(people=people, grammar=self.grammar)
        self.wording = Wording(self.grammar, self.heard)

    def read(self, text: str, *, source: Source = "description", scene: int = 0) -> list[Fact]:
        """A text as facts; what cannot be told alone stays with what was said before it."""
        sentences = sentences_of(text)
        past = self._in_the_past(sentences)
        found: list[Fact] = []
        for sentence in sentences:
            for fact in self._sentence(sentence, past=past):
                if found and fact.leans and _words(found[-1].text) + _words(fact.text) <= LONGEST_TOGETHER:
                    found[-1] = _together(found[-1], fact)
                else:
                    found.append(replace(fact, source=source, scene=scene))
        return found

    def read_person(self, person: Person, *, role: str, wants: str, secret: str) -> list[Fact]:
        """What a brief says under somebody's name, each part as a fact about them."""
        facts = self._role(person, role) if role.strip() else []
        if wants.strip():
            facts.append(self._want(person, wants.strip()))
        if secret.strip():
            facts += self._secret(person, secret.strip())
        return facts

    def _role(self, person: Person, role: str) -> list[Fact]:
        """`daughter, a translator who left` is what somebody is, part by part."""
        facts: list[Fact] = []
        for part in (part.strip(END_MARKS) for part in role.split(",")):
            first = tokenise(part)[:1]
            if not first or any(mark in part for mark in QUOTES):
                continue
            if self._says_what_they_did(part):
                facts += self._about_person(person, part, source="role")
                continue
            verb, rest = role_told(part, self.grammar, woman=person.woman)
            if verb:
                facts.append(self._plain(person, verb, rest, "situation", "role"))
        return facts

    def _says_what_they_did(self, part: str) -> bool:
        """`runs a bar`, `sold the ring`; a `retired bus driver` only is what he is."""
        tokens = tokenise(part)
        form = self.grammar.form(tokens[0])
        if form is None or form.bare or len(tokens) < 2:
            return False
        participle = self.grammar.language == "en" and tokens[0].lower in self.grammar.verbs.participles
        goes_on = self.grammar.determiners | self.grammar.words["prepositions"] | self.parser.names
        return not participle or tokens[1].lower in goes_on

    def _want(self, person: Person, wants: str) -> Fact:
        told = bank(self.grammar.language)["clauses"]["told"]
        first = tokenise(wants)[:1]
        form = self.grammar.form(first[0]) if first else None
        if form is not None and form.base in self.grammar.kinds["desire"]:
            found = self._about_person(person, wants, source="want")
            if found and found[0].subject == person.name:
                return replace(found[0], kind="desire")
        proper = first and first[0].lower in self.parser.names
        rest = (wants if proper else _lower(wants)).strip(END_MARKS)
        return self._plain(person, told["wants"], rest, "desire", "want")

    def _secret(self, person: Person, secret: str) -> list[Fact]:
        found = self._about_person(person, secret, source="secret")
        if found and found[0].subject:
            return [replace(one, kind="secret", decisive=True) for one in found]
        told = bank(self.grammar.language)["clauses"]["told"]
        text = told["secret"].format(name=person.name, text=_lower(secret).strip(END_MARKS))
        return [
            Fact(
                subject="", verb="", rest="", text=text, kind="secret", about=(person.name,),
                source="secret", decisive=True,
            )
        ]  # fmt: skip

    def _about_person(self, person: Person, text: str, *, source: Source) -> list[Fact]:
        """A text that begins with somebody's verb, or with a pronoun that means them."""
        self.memory.subject = (person,)
        tokens = tokenise(text)
        first = tokens[0] if tokens else None
        if first is None:
            return []
        words = self.grammar.words
        if first.lower in words["pronouns_she"] | words["pronouns_he"]:
            return self.read(f"{person.name}{text[first.end :]}", source=source)
        form = self.grammar.form(first)
        begins = form is not None or self.grammar.is_a(first, "negations") or self._like_verb(text, first)
        return self.read(f"{person.name} {_lower(text)}" if begins else _capital(text), source=source)

    def _like_verb(self, text: str, first: Token) -> bool:
        """A small word with the ending of a verb, and more after it: `pawned the ring`."""
        closed = any(first.lower in listed for listed in self.grammar.words.values())
        ends = first.lower.endswith(UNKNOWN_ENDINGS[self.grammar.language])
        return first.text.islower() and ends and not closed and len(text.split()) > 2

    def _plain(self, person: Person, verb: str, rest: str, kind: FactKind, source: Source) -> Fact:
        about = tuple(one.name for one in named_in(rest, self.people) if one is not person)
        form = self.grammar.verbs.finite.get(verb)
        return Fact(
            subject=person.name, verb=verb, rest=rest, text=f"{person.name} {verb} {rest}.", kind=kind,
            about=about, source=source, agent=person.name, verb_lemma=form.base if form else "", sure=True,
        )  # fmt: skip

    def _in_the_past(self, sentences: Sequence[str]) -> bool:
        """Whether a text tells its whole story in the past tense."""
        tenses = [
            parts.form.tense
            for sentence in sentences[:20]
            if _words(sentence) <= LONGEST_SENTENCE
            and (parts := self.parser.parse(tokenise(sentence))) is not None
        ]
        return bool(tenses) and tenses.count("past") > 0.7 * len(tenses)

    def _sentence(self, sentence: str, *, past: bool) -> list[Fact]:
        tokens = [token for token in tokenise(sentence) if token.text not in ".!\u2026\u00bf\u00a1"]
        question = sentence.rstrip('"\u201d\u00bb)').endswith("?")
        quoted = any(token.text in QUOTES - {"(", ")"} for token in tokens)
        if question or quoted or not 0 < len(tokens) <= LONGEST_SENTENCE:
            return [self._whole(sentence, tokens)]
        spans = spans_of(sentence, tokens, self.parser, self.wording.placed)
        if tokens[0].lower in ADDING | TURNING and len(tokens) > 1:
            spans[0] = replace(spans[0], opener=1)
        facts: list[Fact] = []
        for number, span in enumerate(spans):
            first = number == 0
            stretch = sentence if len(spans) == 1 else _stretch(sentence, tokens, span, first=first)
            facts.append(self._span(sentence, tokens[span.start : span.end], span, stretch, past=past))
        return facts

    def _span(self, sentence: str, tokens: Sequence[Token], span: Span, stretch: str, *, past: bool) -> Fact:
        """One stretch of a sentence as a fact: its text, and the parts of its first clause."""
        body = tokens[span.opener :]
        piece = self._main(pieces_of(body, self.parser, self.people, sentence), body)
        clause = self.clause(sentence, piece) if piece else None
        told = self._told(stretch, sentence, tokens, span, clause)
        agent = self._agent(sentence, clause, told)
        self.heard.hear(told.text, agent)
        text = _ended(told.text)
        kind = kind_of_sentence(text, self.grammar)
        if clause is not None:
            kind = kind_of(text[:-1], clause.parts.form, clause.verb, self.grammar, told_in_past=past)
        fact = Fact(
            subject="", verb="", rest="", text=text, kind=kind, leans=told.unplaced,
            written=_ended(_capital(stretch)) if _ended(_capital(stretch)) != text else "",
            about=tuple(one.name for one in self.heard.spoken[-1].people),
            decisive=is_decisive(text, self.grammar),
        )  # fmt: skip
        known = agent is not None or (told.pronoun and told.several)
        if clause is None or told.unplaced or (_is_pronoun(clause, self) and not known):
            return fact
        return self._with_deed(fact, clause, agent, sentence)

    def _main(self, pieces: Sequence[Piece], body: Sequence[Token]) -> Piece | None:
        """The main clause of a stretch: the second of `When Tomas dies, his daughters fight`."""
        own = [piece for piece in pieces if piece.subject is None]
        if not own:
            return None
        parts = self.parser.parse(body)
        verb = parts.verb[0] if parts else 1
        opens = ("opening", "leading")
        opened = [at for at in range(verb) if any(self.grammar.is_a(body[at], name) for name in opens)]
        opened = [at for at in opened if at == 0 or body[at - 1].text == ","]
        if not opened:
            return own[0]
        for at in (at for at, token in enumerate(body) if token.text == "," and at > opened[0] + 1):
            inner, right = body[opened[0] + 1 : at], body[at + 1 :]
            if self.parser.parse(inner) is not None and self.parser.starts_clause(right):
                return Piece(tokens=tuple(right))
        return None if self.parser.has_verb(body[opened[0] + 1 : verb + 1]) else own[0]

    def _agent(self, sentence: str, clause: Clause | None, told: Told) -> Person | None:
        """Who does it, when the words or what was heard leave no doubt."""
        if clause is None or (clause.parts.subject[0] >= clause.parts.subject[1] and not clause.behind):
            return told.agent
        if not _is_pronoun(clause, self):
            one = len(clause.who) == 1 and clause.who[0] in self.people
            return clause.who[0] if one else None
        start, end = clause.parts.subject
        words = self.grammar.words
        word = clause.tokens[start].lower if start < end else ""
        if word not in words["pronouns_she"] | words["pronouns_he"]:
            return None
        before = sentence[: clause.tokens[0].start]
        return self.heard.meant(woman=word in words["pronouns_she"], before=before)

    def _with_deed(self, fact: Fact, clause: Clause, agent: Person | None, sentence: str) -> Fact:
        """The fact with who does what to whom."""
        tokens, parts = clause.tokens, clause.parts
        certain = is_verb_here(tokens, parts, self.parser)
        lemma = lemma_of(tokens, parts, self.parser) if certain else ""
        overt = parts.subject[0] < parts.subject[1] or clause.behind
        subject = agent.name if agent and (not overt or len(clause.who) == 1) else clause.subject
        deed = deed_of(sentence, tokens, parts, "" if clause.behind else lemma, self.parser)
        if deed.person is not None and deed.person is agent:
            deed = replace(deed, person=None)
        cast = {one.name for one in self.people}
        about = [
            *(one for one in clause.about if one in cast),
            *fact.about,
            *([deed.person.name] if deed.person else []),
        ]
        known = agent is not None or (overt and not _is_pronoun(clause, self))
        known = known and (not overt or clause.behind or self._is_noun(tokens[parts.subject[0]]))
        return replace(
            fact, subject=subject, verb=clause.verb, rest=clause.rest, lead=clause.lead,
            tense=parts.form.tense, about=tuple(dict.fromkeys(one for one in about if one != subject)),
            agent=agent.name if agent else "", verb_lemma=lemma, object=deed.object,
            object_person=deed.person.name if deed.person else "", sure=bool(lemma) and known,
        )  # fmt: skip

    def _is_noun(self, first: Token) -> bool:
        """Whether a subject that begins so is one: `Primeiro culpa` has none."""
        known = self.grammar.determiners | self.grammar.pronouns | self.parser.names
        return first.lower in known or (first.start > 0 and first.text[0].isupper())

    def _told(
        self, stretch: str, sentence: str, tokens: Sequence[Token], span: Span, clause: Clause | None
    ) -> Told:
        """The words of a stretch, its first pronoun named when that is certain."""
        opening = stretch[: tokens[span.opener].start - tokens[0].start] if span.opener else ""
        marks = len(stretch) - len(stretch.lstrip(" \u00bf\u00a1(\u2014\u2013-"))
        plain = stretch[len(opening) :] if opening else stretch[marks:]
        body = tokens[span.opener :]
        parts = self.parser.parse(body)
        no_subject = parts is not None and parts.subject[0] >= parts.subject[1]
        if no_subject and self.grammar.drops_subjects and clause is not None and not clause.behind and parts:
            told = self.wording.left_out(plain, body, parts)
        else:
            told = self.wording.told(plain, body, parts, sentence=sentence)
        return replace(told, text=_capital(f"{opening}{told.text}"))

    def _whole(self, sentence: str, tokens: Sequence[Token]) -> Fact:
        """A sentence that stays as it is."""
        self.memory.hear(sentence, ())
        self.heard.hear(sentence)
        return Fact(
            subject="", verb="", rest="", text=_ended(_capital(sentence)),
            kind=kind_of_sentence(sentence, self.grammar),
            about=tuple(one.name for one in named_in(sentence, self.people)),
            leans=bool(tokens)
            and tokens[0].lower in self.grammar.pronouns - self.grammar.words["pronouns_someone"],
            decisive=is_decisive(sentence, self.grammar),
        )  # fmt: skip


def _is_pronoun(clause: Clause, reader: Reader) -> bool:
    """Whether the subject is a pronoun or left out: then only what was heard says who it is."""
    start, end = clause.parts.subject
    if start >= end:
        return not clause.behind
    words = reader.grammar
    return clause.tokens[start].lower in words.pronouns - words.words["pronouns_someone"]


def _stretch(sentence: str, tokens: Sequence[Token], span: Span, *, first: bool) -> str:
    """The words of a span as they are written."""
    start = 0 if first else tokens[span.start].start
    last = span.end == len(tokens)
    return sentence[start:] if last else sentence[start : tokens[span.end - 1].end]


def _ended(text: str) -> str:
    """A sentence with its full stop."""
    text = text.strip()
    if text[-1:] in CLOSING:
        return text
    return f"{text.rstrip(END_MARKS)}."


def _together(one: Fact, two: Fact) -> Fact:
    """Two sentences of which the second says nothing without the first."""
    kind = two.kind if one.kind in ("situation", "backstory") else one.kind
    about = tuple(dict.fromkeys((*one.about, *(name for name in two.about if name != one.subject))))
    return replace(
        one,
        text=f"{one.text} {two.text}",
        written=_both_written(one, two),
        kind=kind,
        about=about,
        decisive=one.decisive or two.decisive,
    )


def _both_written(one: Fact, two: Fact) -> str:
    """Two sentences in the brief's own words, where either differs from what is told."""
    return f"{one.written or one.text} {two.written or two.text}" if one.written or two.written else ""


def _words(text: str) -> int:
    return len(text.split())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    """The first letter small, unless the word is all capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
