"""Reading a text clause by clause into facts."""

import re
from collections.abc import Sequence
from dataclasses import replace

from state.script import Language
from tools.models.offline.bank import bank
from tools.models.offline.clauses.grammar import UNKNOWN_ENDINGS, Grammar, grammar_of
from tools.models.offline.clauses.kinds import kind_of, kind_of_sentence
from tools.models.offline.clauses.memory import Memory
from tools.models.offline.clauses.parse import Parser, Parts, noun_end
from tools.models.offline.clauses.people import OF, Person, by_role, named_in, people_words
from tools.models.offline.clauses.pointing import Pointing
from tools.models.offline.clauses.split import QUOTES, Piece, pieces_of
from tools.models.offline.clauses.tokens import Token, sentences_of, tokenise
from tools.models.offline.fact import Fact, FactKind, Source

TOGETHER = frozenset(("os dois", "as duas"))
AND = {"en": "and", "es": "y", "pt-BR": "e"}
HONORIFICS = frozenset(("don", "doña", "dona"))
STANDS = frozenset(("está", "estão", "estava", "fica", "ficava", "mora", "dorme"))
"""After a place these have their subject behind them: `na maca está o homem`."""
LONGEST_SENTENCE = 70
"""Words beyond which nothing is read as grammar."""
END_MARKS = " .,;:!\u2026\u2014\u2013-"


class Reader(Pointing):
    """Reads texts about the same people; what it heard in one it still knows in the next."""

    def __init__(self, language: Language, people: Sequence[Person]) -> None:
        self.grammar: Grammar = grammar_of(language)
        self.people = people
        self.parser = Parser(self.grammar, people)
        self.memory = Memory(people=people, grammar=self.grammar)
        self.introduced: set[str] = set()
        self.spoken_of = ""
        """The subject of the clause before, in the same sentence or the one before."""

    def read(self, text: str, *, source: Source = "description", scene: int = 0) -> list[Fact]:
        """Every clause of a text as a fact; what cannot be read stays a whole sentence."""
        sentences = sentences_of(text)
        past = self._in_the_past(sentences)
        found: list[Fact] = []
        for sentence in sentences:
            for fact in self._sentence(sentence, past=past):
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
        told, facts = bank(self.grammar.language)["clauses"]["told"], []
        for part in (part.strip(END_MARKS) for part in role.split(",")):
            first = tokenise(part)[:1]
            if not first or any(mark in part for mark in QUOTES):
                continue
            form = self.grammar.form(first[0])
            if form is not None and not form.bare and len(part.split()) > 1:
                facts += self._about(person, part, source="role")
                continue
            has_article = self.grammar.is_a(first[0], "articles")
            article = "" if has_article or not told["article"] else f"{told['article']} "
            facts.append(self._plain(person, told["is"], f"{article}{part}", "situation", "role"))
        return facts

    def _want(self, person: Person, wants: str) -> Fact:
        told = bank(self.grammar.language)["clauses"]["told"]
        first = tokenise(wants)[:1]
        form = self.grammar.form(first[0]) if first else None
        if form is not None and form.base in self.grammar.kinds["desire"]:
            found = self._about(person, wants, source="want")
            if found and found[0].subject == person.name:
                return replace(found[0], kind="desire")
        proper = first and first[0].lower in self.parser.names
        return self._plain(
            person, told["wants"], (wants if proper else _lower(wants)).strip(END_MARKS), "desire", "want"
        )

    def _secret(self, person: Person, secret: str) -> list[Fact]:
        found = self._about(person, secret, source="secret")
        if found and found[0].subject:
            return [replace(one, kind="secret") for one in found]
        told = bank(self.grammar.language)["clauses"]["told"]
        text = told["secret"].format(name=person.name, text=_lower(secret).strip(END_MARKS))
        return [
            Fact(
                subject="", verb="", rest="", text=text, kind="secret", about=(person.name,), source="secret"
            )
        ]

    def _about(self, person: Person, text: str, *, source: Source) -> list[Fact]:
        """A text that begins with somebody's verb, or with a pronoun that means them."""
        self.memory.subject = (person,)
        first = tokenise(text)[:1]
        form = self.grammar.form(first[0]) if first else None
        begins = bool(first) and (
            form is not None
            or self.grammar.is_a(first[0], "negations")
            or self._looks_like_verb(text, first[0])
        )
        return self.read(f"{person.name} {_lower(text)}" if begins else _capital(text), source=source)

    def _looks_like_verb(self, text: str, first: Token) -> bool:
        """A small word with the ending of a verb, and more after it: `pawned the ring`."""
        closed = any(first.lower in listed for listed in self.grammar.words.values())
        ends = first.lower.endswith(UNKNOWN_ENDINGS[self.grammar.language])
        return first.text.islower() and ends and not closed and len(text.split()) > 2

    def _plain(self, person: Person, verb: str, rest: str, kind: FactKind, source: Source) -> Fact:
        about = tuple(one.name for one in named_in(rest, self.people) if one is not person)
        return Fact(
            subject=person.name, verb=verb, rest=rest, text=f"{person.name} {verb} {rest}.",
            kind=kind, about=about, source=source,
        )  # fmt: skip

    def _in_the_past(self, sentences: Sequence[str]) -> bool:
        """Whether a text tells its whole story in the past tense."""
        tenses = [
            parts.form.tense
            for sentence in sentences[:20]
            if len(sentence.split()) <= LONGEST_SENTENCE
            and (parts := self.parser.parse(tokenise(sentence))) is not None
        ]
        return bool(tenses) and tenses.count("past") > 0.7 * len(tenses)

    def _sentence(self, sentence: str, *, past: bool) -> list[Fact]:
        tokens = tokenise(sentence)
        body = [token for token in tokens if token.text not in ".!\u2026\u00bf\u00a1"]
        question = sentence.rstrip('"\u201d\u00bb)').endswith("?")
        quoted = any(token.text in QUOTES for token in tokens)
        if question or quoted or not 0 < len(body) <= LONGEST_SENTENCE:
            return self._whole(sentence)
        facts: list[Fact] = []
        pieces = pieces_of(body, self.parser, self.people, sentence)
        for number, piece in enumerate(pieces):
            fact = self._clause(sentence, piece, shared=number > 0, past=past)
            if fact is None:
                # One clause that cannot be placed makes the whole sentence uncertain.
                return self._whole(sentence)
            facts.append(fact)
            self.spoken_of = fact.subject
        return facts

    def _whole(self, sentence: str) -> list[Fact]:
        """A sentence that stays as it is."""
        sentence = self._with_name(sentence)
        about = named_in(sentence, self.people)
        self.memory.hear(sentence, ())
        ends = sentence.rstrip()[-1:] in '.?!\u2026"\u201d\u00bb)'
        first = tokenise(sentence)[:1]
        return [
            Fact(
                subject="", verb="", rest="",
                text=_capital(sentence if ends else f"{sentence}."),
                kind=kind_of_sentence(sentence, self.grammar),
                about=tuple(one.name for one in about),
                leans=bool(first) and self._points_back(first[0]),
            )
        ]  # fmt: skip

    def _with_name(self, sentence: str) -> str:
        """A sentence that begins with a pronoun, with the name in its place when only one is meant."""
        first, gap, others = sentence.partition(" ")
        who = self.memory.behind(first.lower())
        return f"{_capital(who[0].name)}{gap}{others}" if len(who) == 1 else sentence

    def _points_back(self, word: Token) -> bool:
        return word.lower in self.grammar.pronouns - self.grammar.words["pronouns_someone"]

    def _clause(self, sentence: str, piece: Piece, *, shared: bool, past: bool) -> Fact | None:
        tokens = [token for token in piece.tokens if token.is_word or token.text not in "?"]
        while tokens and not tokens[0].is_word:
            tokens = tokens[1:]
        parts = self.parser.parse(tokens, shared=shared or piece.subject is not None)
        if parts is None:
            return None
        lead = _slice(sentence, tokens, parts.lead).strip(END_MARKS)
        verb = _lower(_slice(sentence, tokens, parts.verb))
        after = self._named_thing(_slice(sentence, tokens, (parts.verb[1], len(tokens))).rstrip(END_MARKS))
        shown = self._of_the_cast(after)
        after = self._with_names(after)
        # After a mark that ends the clause nothing belongs to its verb.
        ends = (":", ";", ",") if self.grammar.language == "pt-BR" else (":", ";")
        rest = "" if after[:1] in ends else after.strip(END_MARKS)
        turned = self._turned(sentence, tokens, parts) if piece.subject is None else None
        who, subject, spoken, leans = turned or self._subject(sentence, tokens, parts, piece, shared=shared)
        if not subject and turned is None:
            return None
        text = self._told(tokens, parts, (lead, "" if turned else spoken, verb, after))
        if not subject:
            return self._impersonal(text)
        if turned:
            rest = _behind(rest, spoken)
            first = tokenise(rest)[:1]
            if first and self.grammar.is_a(first[0], "coordinators"):
                return None
        elif self._runs_on(tokens[parts.verb[1] :]):
            return None
        about = [one.name for one in named_in(f"{lead} {rest}", self.people) if one not in who]
        about += [one.name for one in shown if one not in who and one.name not in about]
        about += [one.name for one in self.objects(rest, who) if one.name not in about]
        about += [one.name for one in self.owner(subject, verb, rest, who) if one.name not in about]
        if not about:
            about += [one.name for one in self.clitic(verb, rest, who)]
        about += [one.name for one in self.clitics(verb, rest, who) if one.name not in about]
        kind = kind_of(text[:-1], parts.form, verb, self.grammar, told_in_past=past)
        self.memory.hear(text, who)
        self.memory.last = (*who, *(one for one in self.people if one.name in about))
        if not who and self.grammar.language == "en" and subject.split()[0] in ("a", "an", "the"):
            self.memory.thing = f"the {subject.partition(' ')[2]}"
        self._remember_thing(rest)
        return Fact(
            subject=subject, verb=verb, rest=rest, lead=lead, tense=parts.form.tense, kind=kind, text=text,
            leans=leans,
            about=tuple(dict.fromkeys([*about, *(one.name for one in who[1:] if one in self.people)])),
        )  # fmt: skip

    def _runs_on(self, after: Sequence[Token]) -> bool:
        """`Nadie habla, solo se oye el mar`: a second clause that nothing joins to the first."""
        if not self.grammar.drops_subjects or len(after) < 2 or after[0].text != ",":
            return False
        closed = any(self.grammar.is_a(after[1], name) for name in ("relatives", "prepositions", "leading"))
        return not closed and self.parser.has_verb(after[1:])

    def _of_the_cast(self, rest: str) -> list[Person]:
        """Whom a clause speaks of by what they are: `a boy who never speaks`."""
        words = self.grammar.determiners
        return [
            one for one in self.people
            if one.unnamed and re.search(
                rf"(?<!\w)(?:{'|'.join(map(re.escape, words))}) (?:[\w-]+ )?{re.escape(one.role)}(?![\w-])",
                rest, re.IGNORECASE,
            )
        ]  # fmt: skip

    def _with_names(self, rest: str) -> str:
        """`the boy` is called by the name the film gives him, unless the words go on to say which boy."""
        if self.grammar.language != "en":
            return rest
        for one in self.people:
            role = re.escape(one.role.partition(",")[0])
            known = one.unnamed and one.name in self.introduced
            if known or (not one.unnamed and "\\ " in role):
                alone = r"(?![\w-])(?! (?:who|that|of|in|from|with))"
                rest = re.sub(rf"(?<!\w)the (?:new |old |young )?{role}{alone}", one.name, rest)
        return rest

    def _told(self, tokens: Sequence[Token], parts: Parts, words: tuple[str, str, str, str]) -> str:
        """The clause as a sentence, with the commas it had."""
        lead, spoken, verb, rest = words
        comma = "," if lead and tokens[parts.lead[1] - 1].text == "," else ""
        closes = parts.subject[0] < parts.subject[1] and tokens[parts.verb[0] - 1].text == ","
        aside = "," if spoken.endswith(",") or (("," in spoken or comma) and closes) else ""
        opening = f"{lead}{comma} " if lead else ""
        gap = "" if rest[:1] in tuple(",;:") else " "
        told = f"{spoken.rstrip(',')}{aside} {verb}{gap}{rest}".strip()
        return _capital(f"{opening}{told}.")

    def _impersonal(self, text: str) -> Fact:
        """`Hay seis platos`: nobody does it."""
        self.memory.hear(text, ())
        return Fact(
            subject="", verb="", rest="", text=text,
            about=tuple(one.name for one in named_in(text, self.people)),
        )  # fmt: skip

    def _turned(
        self, sentence: str, tokens: Sequence[Token], parts: Parts
    ) -> tuple[tuple[Person, ...], str, str, bool] | None:
        """A subject behind its verb, `llega un hombre`; nothing at all for `hay seis platos`."""
        first = tokens[parts.verb[1] - 1].lower
        by_itself = self._happens_by_itself(tokens, parts) or self._nobody_does(tokens, parts)
        if parts.subject[0] >= parts.subject[1] and by_itself:
            return (), "", "", False
        if parts.subject[0] < parts.subject[1] or first not in self.grammar.words["inverted"]:
            return None
        rest = tokens[parts.verb[1] :]
        if not rest or first in self.grammar.words["existential"]:
            return ((), "", "", False) if rest else None
        if len(rest) > 1 and rest[1].lower in self.grammar.verbs.bases and self.grammar.language == "pt-BR":
            # `começa a afiar`: a preposition, no article.
            return None
        while len(rest) > 1 and rest[0].lower in HONORIFICS:
            rest = rest[1:]
        opens = rest[0].lower in self.grammar.determiners or rest[0].text[0].isupper()
        if not opens or self.grammar.is_a(tokens[parts.verb[0]], "clitics"):
            return None
        end = noun_end(rest, self.grammar)
        if len(rest) > end and rest[end].lower == "que":
            # `sube una mujer que llora`: what she does belongs to her.
            end = len(rest)
        while len(rest) > end + 1 and rest[end].lower in OF and rest[end + 1].text[0].islower():
            end += 1 + noun_end(rest[end + 1 :], self.grammar)
        phrase = _slice(sentence, rest, (0, end))
        named = people_words(phrase, self.people)
        person = named[0] if named else by_role(phrase, self.people, self.grammar)
        if person is not None:
            return (person,), person.name, phrase, False
        other = self.memory.stranger(phrase)
        return (other,) if other else (), _small(phrase, self.grammar), phrase, False

    def _happens_by_itself(self, tokens: Sequence[Token], parts: Parts) -> bool:
        """`se abre la puerta`, `se le olvida la cita`: it is not who was spoken of that does it."""
        words = [token.lower for token in tokens[slice(*parts.verb)]]
        after = tokens[parts.verb[1] :]
        if self.grammar.language != "es" or "se" not in words:
            return False
        if {"le", "les"} & set(words):
            return True
        noun = bool(after) and after[0].lower in ("el", "la", "los", "las", "un", "una")
        return noun and parts.form.base in self.grammar.words["by_itself"]

    def _nobody_does(self, tokens: Sequence[Token], parts: Parts) -> bool:
        """`fica claro que`, `na maca está o homem`: the subject comes later, nobody was left out."""
        spoken = " ".join(token.lower for token in tokens[parts.verb[0] :])
        if any(re.match(pattern, spoken) for pattern in self.grammar.kinds["impersonal"]):
            return True
        after = tokens[parts.verb[1]].lower if parts.verb[1] < len(tokens) else ""
        stands = tokens[parts.verb[1] - 1].lower in STANDS or tokens[parts.verb[0]].lower in STANDS
        led = parts.lead[1] > 0 and self.grammar.is_a(tokens[0], "prepositions")
        return bool(led and stands and after in self.grammar.words["articles"])

    def _named_thing(self, rest: str) -> str:
        """`hides it` says what is hidden, when that is known."""
        first, gap, others = rest.partition(" ")
        after = tokenise(others)[:1]
        clause = bool(after) and self.grammar.form(after[0]) is not None
        known = first == "it" and not clause and self.memory.thing and self.grammar.language == "en"
        return f"{self.memory.thing}{gap}{others}" if known else rest

    def _subject(
        self, sentence: str, tokens: Sequence[Token], parts: Parts, piece: Piece, *, shared: bool
    ) -> tuple[tuple[Person, ...], str, str, bool]:
        """Who it is, the subject of the fact, how the text says it, and whether it leans on what was said."""
        phrase = _slice(sentence, tokens, parts.subject).strip(" ,")
        if piece.subject is not None:
            return (piece.subject,), piece.subject.name, piece.subject.name, False
        if not phrase and shared and self.spoken_of:
            named = [one for one in self.memory.subject if one.name in self.spoken_of]
            return tuple(named), self.spoken_of, self.spoken_of, False
        if not phrase:
            who = self.memory.left_out(plural=parts.form.plural)
            return who, self._joined(who), self._joined(who), False
        first, aside, _ = phrase.partition(", ")
        if phrase.lower() in self.grammar.pronouns or (aside and first.lower() in self.grammar.pronouns):
            return self._pronoun(first, goes_on=shared)
        if phrase.lower() in TOGETHER and (both := self.memory.together()):
            return both, self._joined(both), phrase, False
        return self._spelled_out(phrase, parts)

    def _spelled_out(self, phrase: str, parts: Parts) -> tuple[tuple[Person, ...], str, str, bool]:
        """A subject that is more than a pronoun: names, roles, or something that is nobody of the cast."""
        named = people_words(phrase, self.people)
        if len(named) == 1 and parts.form.plural and self.grammar.drops_subjects:
            # `Los peones de la finca Solano llevan`: more than the one who is named.
            return (), _small(phrase, self.grammar), phrase, False
        if len(named) > 1:
            return tuple(named), self._joined(named), phrase, False
        if named:
            return (named[0],), named[0].name, self._with_owner(phrase, named[0]), False
        person = by_role(phrase, self.people, self.grammar)
        if person is not None:
            return (person,), person.name, self._introduce(person, phrase), False
        other = self.memory.stranger(phrase)
        return (other,) if other else (), _small(phrase, self.grammar), phrase, False

    def _plural_role(self, phrase: str) -> tuple[Person, ...]:
        """`Two sisters`, when the cast has just so many: they have names."""
        words = phrase.lower().split()
        if self.grammar.language != "en" or not 1 <= len(words) <= 2 or not words[-1].endswith("s"):
            return ()
        found = tuple(one for one in self.people if words[-1][:-1] in one.heads)
        counts = {"two": 2, "both": 2, "three": 3, "the": len(found)}
        return found if len(found) > 1 and counts.get(words[0], len(found)) == len(found) else ()

    def _pronoun(self, phrase: str, *, goes_on: bool) -> tuple[tuple[Person, ...], str, str, bool]:
        words = self.grammar.words
        if phrase.lower() in words["pronouns_someone"]:
            return (), phrase.lower(), phrase.lower(), False
        if phrase.lower() in words["pronouns_it"]:
            thing = self.memory.thing
            return (), thing, thing, not thing
        who = self.memory.behind(phrase.lower(), contrast=goes_on)
        return who, self._joined(who), self._joined(who), False

    def _introduce(self, person: Person, phrase: str) -> str:
        """Somebody the brief gives no name is called by name and role at first."""
        if not person.unnamed:
            return person.name if person.name in self.introduced else phrase
        first = person.name not in self.introduced
        self.introduced.add(person.name)
        return f"{person.name}, {_small(phrase, self.grammar)}," if first else person.name

    def _with_owner(self, phrase: str, person: Person) -> str:
        """`Her brother Mateo` says whose brother, when only one person can be meant."""
        first, _, others = phrase.partition(" ")
        if self.grammar.language != "en" or first.lower() not in ("her", "his") or not others:
            return phrase
        if any(one not in self.people for one in self.memory.subject):
            return phrase
        heard = [one for one in self.memory.mentioned if one is not person and one in self.people]
        fitting = [one for one in heard if one.woman == (first.lower() == "her")]
        lead = [one for one in self.memory.subject if one in fitting] or fitting[-1:]
        return f"{lead[0].name}'s {others}" if lead else phrase

    def _joined(self, who: Sequence[Person]) -> str:
        names = [one.name for one in who]
        if len(names) < 2:
            return names[0] if names else ""
        return f"{', '.join(names[:-1])} {AND[self.grammar.language]} {names[-1]}"

    def _remember_thing(self, rest: str) -> None:
        if self.grammar.language != "en":
            return
        tokens = tokenise(rest)
        for at, token in enumerate(tokens):
            if token.lower in ("a", "an", "the", "her", "his", "their"):
                if at and self.grammar.is_a(tokens[at - 1], "prepositions"):
                    # `plays chess in the park`: it is not the park that is forbidden next.
                    self.memory.thing = ""
                    return
                end = noun_end(tokens[at:], self.grammar)
                if end > 1:
                    self.memory.thing = f"the {_slice(rest, tokens, (at + 1, at + end))}"
                return


def _slice(sentence: str, tokens: Sequence[Token], span: tuple[int, int]) -> str:
    """The words of a span as written, without what was cut out between them."""
    start, end = span
    if start >= end:
        return ""
    text = ""
    for before, token in zip([None, *tokens[start : end - 1]], tokens[start:end], strict=False):
        gap = sentence[before.end : token.start] if before is not None else ""
        text += (" " if len(gap) > 1 else gap) + token.text
    return re.sub(r"\s+", " ", text).strip()


def _behind(rest: str, subject: str) -> str:
    """What follows a subject that stands after its verb."""
    plain = re.sub(r"^(?:(?:don|doña|dona) )+", "", rest, flags=re.IGNORECASE)
    found = plain.lower().startswith(subject.lower())
    after = plain[len(subject) :] if found and subject else rest
    aside = found and re.match(r", (?:(?:el|la|un|una|su|o|a|um|uma|seu|sua) |[^\W\d_a-zà-ÿ])", after)
    return "" if aside else after.strip(END_MARKS)


def _small(phrase: str, grammar: Grammar) -> str:
    """A phrase as it stands inside a sentence."""
    first = phrase.split()[0]
    closed = first.lower() in grammar.determiners
    return phrase[:1].lower() + phrase[1:] if closed else phrase


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    """The first letter small, unless the word is all capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
