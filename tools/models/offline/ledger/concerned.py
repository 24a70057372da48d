"""Who does what a clause tells, and whom it is done to or who is beside them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from state.script import Language
from tools.models.offline.clauses.grammar import Grammar, grammar_of
from tools.models.offline.clauses.people import Person
from tools.models.offline.clauses.signs import without_signs
from tools.models.offline.clauses.things import ThingsTold, things_told
from tools.models.offline.deeds.happening import kinds_of
from tools.models.offline.ledger import clitics
from tools.models.offline.ledger.asked import asked_in, reflexive_in
from tools.models.offline.ledger.by_nobody import (
    comes_a_thing,
    happens_by_itself,
    has_noun,
    is_identity,
    is_impersonal,
    is_passive,
)
from tools.models.offline.ledger.clause import WORD, Piece, called, words_of_class
from tools.models.offline.ledger.in_clause import (
    ACCUSATIVE,
    BEFALLS,
    PAIR,
    REPORTS,
    Clause,
    is_it,
    main_verb,
    two_of,
)
from tools.models.offline.ledger.led_by import leader_of
from tools.models.offline.ledger.owners import is_only_owner, owner_of
from tools.models.offline.ledger.pairs import of_sex, pair_in
from tools.models.offline.ledger.strangers import is_of_a_nameless, is_of_people, names_a_stranger
from tools.models.offline.persons.teller import NAME as TELLER
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.fact import Fact

TRIO, NEAR = 3, 3


@dataclass
class Roll:
    """Grows clause by clause: whom the words so far have spoken of, the latest last."""

    people: tuple[Person, ...]
    language: Language
    recent: list[str] = field(default_factory=list)
    doers: tuple[str, ...] = ()
    """Who did the last thing that happened."""
    last_doers: tuple[str, ...] = ()
    """Who did what happened before the clause that is read."""
    elsewhere: bool = False
    """A thing or a stranger did it."""
    together: tuple[str, ...] = ()
    """The last two who were seen in one place: whom `they` means."""
    just_told: tuple[str, ...] = ()
    """Everybody of the clause before."""
    things: ThingsTold | None = None
    """What the clause before was about, where that is nobody."""
    absent: frozenset[str] = frozenset()
    """Who is away: nobody hands them anything."""
    gone: frozenset[str] = frozenset()
    """Who is dead, missing or sought: no pronoun means them where it can mean somebody who is there."""
    sender: str = ""
    """Who has just sent others off: `they` are those who went."""
    pair: tuple[str, ...] = ()
    """The last two who did something together, or with whom one other did something."""
    reports: bool = False
    """The last thing that happened was that somebody said, hid or knew something."""
    concerned: tuple[str, ...] = ()
    """To whom the last thing that happened was done."""
    ahead: str = ""
    """Who opens the sentence that follows: beside two others `they` are not who does that."""
    before: str = ""
    """The words of the clause before."""
    deeds: dict[str, int] = field(default_factory=dict)
    """How often everybody has done something."""
    cleft: str = ""
    """`Es Ana` before `quien sube`: who does what follows."""

    def read(self, piece: Piece, fact: Fact, *, first: bool, opens: bool) -> Clause:
        """The clause of a piece; `first` of its fact, or one that `opens` a sentence."""
        head, tail = self._halves(piece)
        before, self.before = self.before, piece.text
        self.cleft = clitics.pointed_out(before, self.named(before))
        enters = self._comes_in(before, piece)
        if enters:
            return self._entering(piece, enters)
        if is_identity(piece, head, self.language) and self.named(tail):
            return self._recognised(piece, tail, before)
        head, tail = clitics.turned_round(piece.text) or (head, tail)
        named = self.named(head)
        doers, elsewhere = self._doers(piece, head, tail, fact, named, first=first, opens=opens)
        others = [name for name in (*named, *self.named(tail)) if name not in doers]
        others += [name for name in self._pronouns(piece, doers, others) if name not in (*doers, *others)]
        others += [name for name in self._everyone(piece.text, doers) if name not in (*doers, *others)]
        clause = Clause(
            piece=piece, doers=tuple(doers), others=tuple(dict.fromkeys(others)), subject_elsewhere=elsewhere,
            stranger=elsewhere and not self._is_known(fact) and self._is_a_stranger(head, tail),
        )  # fmt: skip
        if without_signs(piece.text, self.named(piece.text), self.language) != piece.text:
            self.recent = [*(name for name in clause.people if name not in self.recent), *self.recent]
            return clause
        self.recent = [one for one in self.recent if one not in clause.people]
        self.recent += [*clause.others, *clause.doers]
        self.last_doers = self.doers
        self.deeds |= {name: self.deeds.get(name, 0) + 1 for name in clause.doers}
        self.doers, self.elsewhere = clause.doers or self.doers, elsewhere
        self.just_told = clause.people
        self.pair = two_of(clause.doers, clause.others) or self.pair
        self.things = things_told(piece.text, self.grammar, names=[one.name for one in self.people])
        self.concerned = clause.others
        reporting = ledger_words(self.language)["said"]
        kinds = {kinds_of(self.language).get(one.lemma, "") for one in piece.verbs}
        said = re.search(rf"(?<!\w)(?:{reporting})(?!\w)", piece.text, re.IGNORECASE)
        self.reports = said is not None or bool(kinds & REPORTS)
        return clause

    def _is_known(self, fact: Fact) -> bool:
        """`una mujer deja la perla` where reading knows who she is, though no word calls her by it."""
        return len(fact.about) == 1 and not fact.agent and not self.named(fact.text)

    def _is_a_stranger(self, head: str, tail: str) -> bool:
        return names_a_stranger(head, self.people, self.language) or is_of_people(head, tail, self.language)

    def _recognised(self, piece: Piece, tail: str, before: str) -> Clause:
        """`Una mujer de espaldas. Es su hermana Marta`: she who was told of is seen; else nobody is.

        `Alguém anda no corredor: é o hóspede, Anselmo`: whoever it was that did something has a name now.
        """
        met = tuple(name for name in self.named(tail) if name in self.just_told)[-1:]
        someone = {*WORD.findall(before.lower())} & self.grammar.words["pronouns_someone"]
        met = met or (tuple(self.named(tail)[-1:]) if someone else ())
        self.elsewhere, self.doers = not met, met or self.doers
        self.recent = [*(one for one in self.recent if one not in met), *met]
        return Clause(piece=piece, doers=met, others=(), subject_elsewhere=not met)

    def _comes_in(self, before: str, piece: Piece) -> str:
        """`The door opens and it's Danny, hiding something`: whoever is behind it comes in."""
        words = ledger_words(self.language)
        it_is = rf"(?:^|[,;:] |(?<!\w)(?:{words['and_it']}) )(?:{words['it_is']}) "
        found = re.search(it_is, piece.text, re.IGNORECASE)
        told = f"{before} {piece.text[: found.start()]}" if found else ""
        cue = re.search(rf"(?<!\w)(?:{words['entrance']})(?!\w)", told, re.IGNORECASE)
        return next(iter(self.named(piece.text[found.end() :])), "") if found and cue else ""

    def _entering(self, piece: Piece, who: str) -> Clause:
        self.recent = [*(one for one in self.recent if one != who), who]
        self.last_doers, self.doers, self.elsewhere = self.doers, (who,), False
        self.just_told = (who,)
        return Clause(piece=piece, doers=(who,), others=())

    def named(self, text: str) -> list[str]:
        """Those whom a text calls by a name or by what only they are, in its order."""
        places = [(found.start(), one.name) for one in self.people if (found := self._called(one, text))]
        return [name for _, name in sorted(places)]

    def _called(self, one: Person, text: str) -> re.Match[str] | None:
        return re.search(called(one, self.people, self.language), text, re.IGNORECASE)

    def _halves(self, piece: Piece) -> tuple[str, str]:
        """What stands before the verb and what from it on."""
        at = main_verb(piece, self.grammar)
        return piece.text[:at], piece.text[at:]

    @property
    def grammar(self) -> Grammar:
        """Of the language of the film."""
        return grammar_of(self.language)

    def _doers(
        self,
        piece: Piece,
        head: str,
        tail: str,
        fact: Fact,
        named: Sequence[str],
        *,
        first: bool,
        opens: bool,
    ) -> tuple[list[str], bool]:
        # `she's` is she.
        words = [re.sub(r"['\u2019](?:s|d|ll|ve|re)$", "", word.lower()) for word in WORD.findall(head)]
        near = self._paired(head, named)
        near = near or (self._by_pronoun(words[-NEAR:], fact, first=first) if named else None)
        if near is not None:
            # `Rojas parte y ella lo sigue`: who stands right before the verb.
            return near, False
        free = [name for name in named if not self.is_led(name, head) or self._has_article(name, head)]
        if free:
            return (free if self._together(free, head) else free[-1:]), False
        nameless = is_of_a_nameless(words, piece, fact, self.people, self.language)
        if self._may_be_of_things(piece, words) or is_it(words, self.grammar) or nameless:
            return [], True
        several = self._several(head) or self._by_relative(words, piece)
        if several:
            return several, False
        if (meant := self._by_pronoun(words, fact, first=first)) is not None:
            return meant, not meant
        behind = self._behind(piece, tail) if opens and self.grammar.drops_subjects else []
        if behind:
            return behind, False
        if names_a_stranger(head, self.people, self.language):
            return [], True
        if (
            comes_a_thing(piece, head, tail, self.language)
            or happens_by_itself(piece, head, tail, self.language)
            or has_noun(head, self.language)
            or (opens and len(self.doers) < PAIR and is_passive(piece, words, tail, self.language))
            or is_impersonal(piece, words, self.language)
            or clitics.is_done_by_others(piece, self.language)
            # An English sentence names whoever does it.
            or (opens and not first and not self.grammar.drops_subjects)
        ):
            return [], True
        if self.elsewhere and not opens:
            # `the lady smells it and lifts the lid`: a stranger goes on.
            return [], True
        return self._unnamed(piece, fact, first=first, opens=opens), False

    def _unnamed(self, piece: Piece, fact: Fact, *, first: bool, opens: bool) -> list[str]:
        """Who goes on, where a clause names nobody and nothing."""
        plural = bool(piece.verbs) and piece.verbs[0].plural and self.grammar.drops_subjects
        if opens and not plural and self._begins_anew(piece):
            return [self.lead]
        known = fact.agent in self.recent or not self.doers
        if first and fact.agent and known and not piece.quoted and not self.is_led(fact.agent, piece.text):
            return [fact.agent]
        return self._plural() if plural and len(self.doers) < PAIR else list(self.doers)

    def _plural(self) -> list[str]:
        """`Brigam`, `Llegan tarde`: the two of whom was told together, else the last two."""
        return list(self.pair) if {*self.pair} - self.gone - self._passers_by else self._own_pair(self.recent)

    def _may_be_of_things(self, piece: Piece, words: Sequence[str]) -> bool:
        """`The cakes are frozen. They arrive on a truck`: nobody who was told of before."""
        they = self.grammar.words["pronouns_they"] & {*words[-NEAR:]}
        if not they or self.things is None or not self.things.several:
            return False
        tail = [word.lower() for word in WORD.findall(self._halves(piece)[1])]
        done_to = len(tail) > 1 and tail[1] in self.grammar.determiners
        return not done_to or {verb.lemma for verb in piece.verbs[:1]} <= self._small("copulas")

    def _by_relative(self, words: Sequence[str], piece: Piece) -> list[str]:
        """`Interroga a Delia, la cajera, que se cruza de brazos`: she does, of whom was spoken last."""
        opens = bool(words) and words[0] in self._small("relative")
        if opens and self.cleft:
            return [self.cleft]
        last = PAIR if any(one.plural for one in piece.verbs[:1]) else 1
        return list(self.concerned[-last:]) if opens and self.concerned and not self.reports else []

    def _paired(self, head: str, named: Sequence[str]) -> list[str] | None:
        """`Ela e Bruna vão`: she is another than who is named beside her."""
        ands = "|".join(self._small("and"))
        for woman, key in ((True, "pronouns_she"), (False, "pronouns_he")):
            said = "|".join(self.grammar.words[key])
            beside = rf"^\W*(?:{said}) (?:{ands}) |(?<!\w)(?:{ands}) (?:{said})\W*$"
            if len(named) == 1 and re.search(beside, head, re.IGNORECASE):
                return [*self._last(woman=woman, apart=named), *named]
        return None

    def goes_on_with(self, names: Sequence[str], *, apart: str) -> None:
        """Whom one who stays behind has sent off: what follows is of them."""
        self.sender, self.doers = "", tuple(names)
        self.together, self.pair = tuple(names), two_of(names, ()) or self.pair
        self.recent = [apart, *(one for one in self.recent if one != apart)]

    def _several(self, head: str) -> list[str]:
        """Whom `they`, `los dos` and `os três` mean; nobody where it is not said."""
        said = ledger_words(self.language)["several"]
        near = rf"(?:(?:^|, )\W*(?:\w+ )?(?:{said})(?!\w))|(?:(?<!\w)(?:{said})\W*$)"
        found = re.search(near, head, re.IGNORECASE)
        if found is None:
            return []
        if {*WORD.findall(found.group().lower())} & self._small("three"):
            return self._last_three()
        if by_sex := self._by_plural(head) or self._of_sex(head[found.start() :]):
            return by_sex
        two = {*WORD.findall(found.group().lower())} & self._small("two")
        return self._last_pair()[-(PAIR if two else TRIO) :]

    def _by_plural(self, head: str) -> list[str]:
        """`both parents`, `la pareja`: the two who are that by their roles."""
        return pair_in(
            head,
            self.people,
            self.language,
            ledger_words(self.language),
            lambda woman: self._last(woman=woman),
        )

    def _last_three(self) -> list[str]:
        """`Os três`: those who have a name in the brief, before a passer-by who has none."""
        unnamed = {one.name for one in self.people if one.unnamed}
        own = [name for name in self.recent if name not in unnamed][-TRIO:]
        return own if len(own) == TRIO else self.recent[-TRIO:]

    def _last_pair(self) -> list[str]:
        """Those last seen together, unless somebody else has done something since."""
        if self.sender and self.sender not in self.pair and len(self.pair) == PAIR:
            return list(self.pair)
        apart = bool(self.doers) and not {*self.doers} & {*self.together}
        if self.ahead and len(self.recent) >= TRIO and (apart or len(self.together) != PAIR):
            # `They stare at each other. Mrs Bhatt just holds out her hand.`
            return [one for one in self.recent if one != self.ahead][-PAIR:]
        if {*self.together} & self._passers_by:
            # `Un cliente pide pan. Los dos amasan`: no passer-by is one of the two.
            return self._own_pair(self.recent)
        return self._own_pair(self.recent) if apart or not self.together else list(self.together)

    @property
    def _passers_by(self) -> set[str]:
        return {one.name for one in self.people if one.unnamed}

    def _own_pair(self, names: Sequence[str]) -> list[str]:
        """The last two of the story's own people, before a passer-by who has no name."""
        own = [name for name in names if name not in self._passers_by][-PAIR:]
        return own if len(own) == PAIR else list(names[-PAIR:])

    @property
    def lead(self) -> str:
        """Who has done most so far."""
        return max(self.deeds, key=lambda name: self.deeds[name], default="")

    def _begins_anew(self, piece: Piece) -> bool:
        """`Esa noche sigue a un camión`: at a new time, whom nobody names is the lead."""
        anew = ledger_words(self.language)["new_time"]
        told = self.grammar.drops_subjects and re.match(rf"\W*(?:{anew})(?!\w)", piece.text, re.IGNORECASE)
        now = max((self.deeds.get(name, 0) for name in self.doers), default=0)
        return bool(told) and self.deeds.get(self.lead, 0) > now

    def _of_sex(self, said: str) -> list[str]:
        return of_sex(said, self.people, self.together, self.recent, self.language)

    def _everyone(self, tail: str, doers: Sequence[str] = ()) -> list[str]:
        """`levanta a franja de todos`, `reparte a los dos`: those whom the story spoke of last."""
        words = ledger_words(self.language)
        found = re.search(rf"(?<!\w)(?:{words['everyone']})(?!\w)", tail, re.IGNORECASE)
        both_of = found is not None and bool({*WORD.findall(found.group().lower())} & self._small("two"))
        if both_of and len(self.doers) == PAIR:
            return list(self.doers)
        if found:
            there = [one for one in self.recent if one not in self.absent]
            return (there if len(there) >= PAIR else self.recent)[-TRIO:]
        of_kind = rf"(?<!\w)(?:{words['elders']}|{words['siblings']}|{words['parents']})(?!\w)"
        kind = re.search(of_kind, tail, re.IGNORECASE)
        named = [name for name in self._by_plural(kind.group()) if name not in doers] if kind else []
        both = re.search(rf"(?<!\w)(?:{words['both']})(?!\w)", tail, re.IGNORECASE)
        if named or both is None or len(doers) > 1:
            return named
        return self._of_sex(both.group()) or [one for one in self.recent if one not in doers][-PAIR:]

    def _by_pronoun(self, words: Sequence[str], fact: Fact, *, first: bool) -> list[str] | None:
        """Whom a subject pronoun means; None where there is none."""
        # `Com ela sobe o doutor`: whom a preposition leads to does not do it.
        led = self._small("of") | self.grammar.words["prepositions"]
        words = [word for before, word in pairwise(["", *words]) if before not in led]
        for woman, key in ((True, "pronouns_she"), (False, "pronouns_he")):
            if self.grammar.words[key] & {*words}:
                met = [one for one in self.concerned if self._fits(one, woman=woman)]
                if len(self.doers) > 1 and len(met) == 1:
                    # `They find Eva. She smiles`: of several who did it nobody is `she`.
                    return met
                is_told = first and fact.agent != TELLER[self.language]
                known = [fact.agent] if is_told and self._fits(fact.agent, woman=woman) else []
                return self._there(known) or self._last(woman=woman) or known
        return None

    def _behind(self, piece: Piece, tail: str) -> list[str]:
        """`Llega un soldado, Fabián`: who stands behind the verb and is led to by nothing."""
        coming = {verb.lemma for verb in piece.verbs[:1]} & self._small("coming")
        if not (coming or (clitics.object_leads(piece, self.language) and WORD.findall(tail)[1:2])):
            return []
        return [name for name in self.named(tail) if not self.is_led(name, tail)][:1]

    def _together(self, names: Sequence[str], head: str) -> bool:
        joined = {*WORD.findall(head.lower())} & self._small("and")
        return len(names) > 1 and ("," in head or bool(joined))

    def is_led(self, name: str, text: str) -> bool:
        """`de Ana`, `with Ana`, `Ana's`: not who does it."""
        one = next((person for person in self.people if person.name == name), None)
        found = self._called(one, text) if one is not None else None
        if found is None:
            return False
        before = leader_of(text[: found.start()], self.language)
        first = WORD.findall(found.group())[:1]
        owns = text[found.end() :].startswith(("'s", "\u2019s"))
        return owns or bool(self._small("of") & {*before}) or bool({*first} & self._small("melted"))

    def _has_article(self, name: str, head: str) -> bool:
        """`Um dia a Dalva resolve`: in Brazil names have articles, and `a` before a woman is one."""
        if self.language != "pt-BR" or not self._fits(name, woman=True):
            return False
        one = next(person for person in self.people if person.name == name)
        found = self._called(one, head)
        before = WORD.findall(head[: found.start()].lower())[-PAIR:] if found is not None else []
        led = frozenset(before[:-1]) & (self._small("of") | self.grammar.words["prepositions"])
        return before[-1:] == ["a"] and not led

    def _pronouns(self, piece: Piece, doers: Sequence[str], named: Sequence[str]) -> list[str]:
        """Whom `him`, `le` and `dela` mean, beside whoever does it."""
        words = {word.lower() for word in WORD.findall(piece.text)} - reflexive_in(piece.text)
        found = asked_in(piece.text, doers, self._last, self.language)
        owner = owner_of(piece.text, self.people, doers, self.language)
        if owner:
            return [owner, *found]
        for sex, woman in (("woman", True), ("man", False)):
            said = (self._small(f"object_{sex}") | self._small(f"of_{sex}")) & words
            subject = self.grammar.words["pronouns_she" if woman else "pronouns_he"]
            if not said or (said <= subject and not self._later(piece, said)):
                continue
            if any(self._fits(name, woman=woman) for name in (*named, *found)):
                # `I hated my father and told him so`: he is named right there.
                continue
            same = any(self._fits(name, woman=woman) for name in doers)
            if same and not said & (self._small(f"object_{sex}") - self._small(f"of_{sex}")):
                continue
            if doers and re.search(rf"(?<!\w)(?:{ledger_words(self.language)['motive']})(?!\w)", piece.text):
                # `Out of pity for her he writes`: why, and she is not there for it.
                continue
            if doers and is_only_owner(piece.text, self.language, woman=woman):
                continue
            # `until he opens the door himself`: he may be the one who was away.
            away = () if self._acts_later(piece, subject) else self.absent
            there = self._last(woman=woman, apart=(*doers, *away))
            # `His spade is still in the earth`, and he is not there.
            only_owns = not doers and said <= self._small(f"of_{sex}")
            found += there or ([] if only_owns else self._last(woman=woman, apart=doers))
        found += [name for name in self._objects(piece, (*doers, *named)) if name not in found]
        if self._small("datives") & {*words} and not found and not named:
            found += self._meant_by_dative(piece, doers)
        return found

    def _objects(self, piece: Piece, apart: Sequence[str]) -> list[str]:
        """Whom `la`, `lo` and `-los` mean beside a verb that is done to people."""
        found: list[str] = []
        for one in clitics.object_pronouns(piece, self.language):
            if one.several:
                pair = self._own_pair([name for name in self.recent if name not in apart])
                found += pair if len(pair) == PAIR else []
            else:
                found += self._last(woman=one.woman, apart=(*apart, *found))
        return found

    def _acts_later(self, piece: Piece, said: frozenset[str]) -> bool:
        """Whether a pronoun stands right before a verb."""
        words = [word.lower() for word in WORD.findall(piece.text)]
        finite = self.grammar.verbs.finite
        return any(one in said and two in finite for one, two in pairwise(words))

    def _later(self, piece: Piece, said: frozenset[str]) -> bool:
        """Whether a pronoun that could be a subject stands behind the verb."""
        return any(word.lower() in said for word in WORD.findall(self._halves(piece)[1]))

    def _meant_by_dative(self, piece: Piece, doers: Sequence[str]) -> list[str]:
        """`le da`, `se lo entrega`: the last one who is another; a mere `se` means who does it."""
        words = {word.lower() for word in WORD.findall(piece.text)}
        only_se = self._small("datives") & words == {"se"}
        if (only_se and not ACCUSATIVE.search(piece.text)) or BEFALLS.search(piece.text):
            return []
        head = self._halves(piece)[0].lower()
        told = [one for one in WORD.findall(head) if one in self._small("dative_leads")]
        several = {"les", "lhes"} & words and not {*doers} & {*self.pair}
        if several and self.pair and not told:
            return list(self.pair)
        # `a una señora le llega el olor` has said whom it means.
        return [] if told else [name for name in self.recent if name not in doers][-1:]

    def _small(self, name: str) -> frozenset[str]:
        return words_of_class(name, self.language)

    def _fits(self, name: str, *, woman: bool) -> bool:
        return any(one.name == name and one.woman == woman for one in self.people)

    def _there(self, names: Sequence[str]) -> list[str]:
        """Without those who are dead, missing or sought."""
        return [one for one in names if one not in self.gone]

    def _last(self, *, woman: bool, apart: Sequence[str] = ()) -> list[str]:
        # Who says `I` is no `she` and no `he`.
        apart = (*apart, TELLER[self.language])
        fitting = [one for one in self.recent if one not in apart and self._fits(one, woman=woman)]
        fitting = self._there(fitting) or fitting
        found = [one for one in fitting if one in self.just_told and one not in self.doers]
        if len(self.doers) > 1 and len(found) == 1:
            # `Os dois acham Célia. Ela olha`: not one of the two who did it together.
            return found
        return fitting[-1:]


def ledger_words(language: Language) -> Table:
    """The bank of the ledger."""
    table: Table = bank(language)["ledger"]
    return table
