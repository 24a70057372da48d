"""Who of the people with names it is whom a text calls by a common noun: `a boy` is the Adrián of nine years.

Sex and age must agree; what somebody is, wears and looks like then tells who it is. Where two
would do, whom the text never names goes first: a brief lists nobody who is not in its story.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from state.script import Language
from tools.models.offline.brief.aside import unquoted
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.anaphora import Known, called_by, role_heads
from tools.models.offline.persons.described import described
from tools.models.offline.persons.identified import identities
from tools.models.offline.persons.mentions import Mention, mentions_of_people, nouns_of_people
from tools.models.offline.persons.people import WORD
from tools.models.offline.persons.trades import trade_in
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.names import name_parts

SLACK = 3
"""So many years beside a stage of life somebody may still be called by it."""
SEX, AGE, LOOK, WORD_SHARED, TRADE, ROLE, UNNAMED = 2, 2, 2, 2, 3, 4, 1
"""What every agreement is worth."""
SURE = 6
"""What it takes to be somebody whom the text names only later."""
STEM, LONG = 5, 4
"""Letters that make two words one, and that make a word tell something."""
APPOSED = r"[,.;]| (?:del[ae]|de él|de ella|of hers|of his),"
"""What ends a phrase that says once more who it is."""
MOST = 6
"""Openings and people at most that are weighed against each other."""
TOLD = ("garment", "hair", "build", "beard", "stature", "accessory", "hair_colour", "pattern")
"""What a phrase and a role may both say of a look."""


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """A phrase of the text, and who is meant by it."""

    name: str
    mention: Mention


@lru_cache(maxsize=256)
def likenesses(text: str, known: tuple[Known, ...], language: Language) -> tuple[Likeness, ...]:
    """Every phrase that can only mean one of these people, in the order of the text."""
    told = unquoted(text)
    matching = Matching(text=told, known=[one for one in known if one.name], language=language)
    return tuple(matching.all_of(mentions_of_people(told, language)))


@dataclass
class Matching:
    """Following a text and the people who come on in it."""

    text: str
    known: list[Known]
    language: Language
    bound: dict[int, Known] = field(default_factory=dict)
    """Who a mention means, by where it begins."""

    def all_of(self, mentions: Sequence[Mention]) -> list[Likeness]:
        """First those who are brought in, all together; then whom the text comes back to."""
        self._recognise(mentions)
        opening = [one for one in mentions if one.indefinite and one.start not in self.bound]
        self._open(opening)
        for one in mentions:
            if one.start in self.bound or one.indefinite:
                continue
            if self._is_stranger(one, mentions):
                continue
            beside = self._beside(one, mentions)
            if beside is not None:
                self.bound[one.start] = beside
            else:
                self._come_back_to(one, mentions)
        return [
            Likeness(name=self.bound[one.start].name, mention=one)
            for one in mentions
            if one.start in self.bound
        ]

    def _recognise(self, mentions: Sequence[Mention]) -> None:
        """Those of whom the text says who they are: `una mujer de espaldas. Es su hermana Marta`."""
        told = identities(self.text, tuple(self.known), self.language)
        people = {one.name: one for one in self.known}
        self.bound |= {one.start: people[told[one.start][0]] for one in mentions if one.start in told}

    def _open(self, opening: Sequence[Mention]) -> None:
        """The people brought in get the mentions that fit them best, nobody two of them."""
        weights = [
            {at: worth for at, one in enumerate(self.known) if (worth := self._worth_opening(mention, one))}
            for mention in opening
        ]
        told = [at for at, row in enumerate(weights) if row][:MOST]
        _, chosen = _best([weights[at] for at in told], frozenset())
        for at, who in zip(told, chosen, strict=True):
            if who is not None:
                self.bound[opening[at].start] = self.known[who]

    def _worth_opening(self, mention: Mention, one: Known) -> int:
        """How likely somebody is brought in by a phrase; nothing where they have a name by then."""
        at, worth = self._named_at(one), self.worth(mention, one)
        if worth is None or 0 <= at < mention.start:
            return 0
        if at < 0:
            return worth + UNNAMED
        same = re.search(r"[.!?;]", self.text[mention.end : at])
        return worth if same and worth >= SURE else 0

    def _is_stranger(self, mention: Mention, mentions: Sequence[Mention]) -> bool:
        """`The boy`, where `a boy` came in who is nobody of these."""
        before = [
            one
            for one in mentions
            if one.start < mention.start and one.noun == mention.noun and one.indefinite
        ]
        return bool(before) and not any(one.start in self.bound for one in before)

    def _beside(self, mention: Mention, mentions: Sequence[Mention]) -> Known | None:
        """`Un señor parado en la puerta: el padre de ella`: two phrases for one who has just come."""
        before = [one for one in mentions if one.end <= mention.start and one.start in self.bound]
        if not before or not re.match(APPOSED, self.text[mention.end :]):
            return None
        between = self.text[before[-1].end : mention.start]
        finite = grammar_of(self.language).verbs.finite
        acts = any(form and not form.bare for form in map(finite.get, WORD.findall(between.lower())))
        who = self.bound[before[-1].start]
        joined = re.fullmatch(r"[^.;!?:,]*[:,] ", between) is not None and not acts
        return who if joined and (mention.sex is None or who.sex in (None, mention.sex)) else None

    def _come_back_to(self, mention: Mention, mentions: Sequence[Mention]) -> None:
        """`The man`: one of those who are there by then, else one who was not told of yet."""
        there = [one for one in self.known if self._is_there(one, mention)]
        unseen = [one for one in self.known if one not in there]
        same = [one for one in there if mention.noun in self._called_before(one, mention, mentions)]
        who = self._likeliest(mention, same) or self._likeliest(mention, there)
        least = self.worth(mention, who) if who else self._most(mention, there)
        other = self._likeliest(mention, unseen, above=least or 0)
        who = other if other and self._may_come(mention, other) else who
        if who is not None:
            self.bound[mention.start] = who

    def _most(self, mention: Mention, people: Sequence[Known]) -> int:
        return max((self.worth(mention, one) or 0 for one in people), default=0)

    def _may_come(self, mention: Mention, one: Known) -> bool:
        """Whom the text names later is brought in by another word only when that is sure."""
        return self._named_at(one) < 0 or (self.worth(mention, one) or 0) >= SURE

    def _is_there(self, one: Known, mention: Mention) -> bool:
        named = 0 <= self._named_at(one) < mention.start
        return named or any(at < mention.start and who is one for at, who in self.bound.items())

    def _called_before(self, one: Known, mention: Mention, mentions: Sequence[Mention]) -> set[str]:
        return {
            told.noun for told in mentions if told.start < mention.start and self.bound.get(told.start) is one
        }

    def _likeliest(self, mention: Mention, people: Sequence[Known], *, above: int = 0) -> Known | None:
        """The one who fits better than all others."""
        worths = [(worth, one) for one in people if (worth := self.worth(mention, one)) is not None]
        best = max((worth for worth, _ in worths), default=0)
        fitting = [one for worth, one in worths if worth == best]
        return fitting[0] if best > above and len(fitting) == 1 else None

    def _named_at(self, one: Known) -> int:
        """Where the text first has somebody's name; below nothing where it never has."""
        plain = [part for part in name_parts(one.name) if part[0].isupper()]
        plain = [part for part in plain if part.lower() not in called_by(one.name)]
        plain = plain or [
            noun for noun in called_by(one.name)[:1] if noun not in nouns_of_people(self.language)
        ]
        places = [
            found.start()
            for part in plain
            if (found := re.search(rf"(?<!\w){re.escape(part)}(?!\w)", self.text))
        ]
        return min(places, default=-1)

    def worth(self, mention: Mention, one: Known) -> int | None:
        """How well a phrase fits somebody; None where it cannot be them."""
        if mention.sex and one.sex and mention.sex != one.sex:
            return None
        least, most = mention.years
        if one.years is not None and not least - SLACK <= one.years <= most + SLACK:
            return None
        is_so = self._by_role(mention, one)
        if is_so is None:
            return None
        worth = SEX * bool(mention.sex and one.sex)
        worth += AGE * (mention.aged and one.years is not None)
        return worth + is_so + self._by_look(mention, one)

    def _by_role(self, mention: Mention, one: Known) -> int | None:
        """What somebody is: none for a trade or a family that they do not have."""
        heads = {*role_heads(one.role), *called_by(one.name)}
        if mention.noun in heads:
            return ROLE
        own, trade = trade_in(one.role, self.language), trade_in(mention.noun, self.language)
        if self._is_plain(mention):
            return 0
        if trade and trade == own:
            return TRADE
        bond = _bond(mention.noun, self.language)
        if bond:
            return TRADE if any(_bond(head, self.language) == bond for head in heads) else None
        return 0 if self._by_look(mention, one) >= LOOK and not (own and trade) else None

    def _is_plain(self, mention: Mention) -> bool:
        """`man`, `niña`, `joven`: nothing that only some are."""
        tables = bank(self.language)["people"]
        plain = [*tables["generic"].values(), *(tables["ages"][key] for key in ("child", "teen"))]
        plain += [tables["mentions"]["plain"], *tables["mentions"]["stages"].values()]
        return any(mention.noun in words.split() for words in plain)

    def _by_look(self, mention: Mention, one: Known) -> int:
        """What both say of clothes and build, and the other words they share."""
        said, own = _look(mention.text, self.language), _look(one.role, self.language)
        alike = sum(bool(said[key]) and said[key] == own[key] for key in TOLD)
        shared = _stems(mention.text, mention.noun, self.language) & _stems(one.role, "", self.language)
        return max(LOOK * alike, WORD_SHARED * len(shared))


def _best(rows: Sequence[dict[int, int]], taken: frozenset[int]) -> tuple[int, list[int | None]]:
    """The choice of somebody else for every row that is worth most together; None for nobody."""
    if not rows:
        return 0, []
    rest, chosen = _best(rows[1:], taken)
    best, who = rest, [None, *chosen]
    for at, worth in rows[0].items():
        if at in taken:
            continue
        rest, chosen = _best(rows[1:], taken | {at})
        if worth + rest > best:
            best, who = worth + rest, [at, *chosen]
    return best, who


@lru_cache(maxsize=1024)
def _look(text: str, language: Language) -> dict[str, object]:
    told = described("", text, "", (), language)
    return {key: getattr(told, key) for key in TOLD}


@lru_cache(maxsize=1024)
def _stems(text: str, noun: str, language: Language) -> frozenset[str]:
    """The words that tell something, by their beginnings."""
    grammar = grammar_of(language).words
    small = frozenset().union(*(grammar[key] for key in ("prepositions", "articles", "possessives")))
    words = {word.lower() for word in WORD.findall(text)} - small - {noun}
    numbers = bank(language)["people"]["numbers"]
    told = {*f"{numbers['units']} {numbers['tens']} {bank(language)['people']['ages']['years']}".split()}
    return frozenset(word[:STEM] for word in words - told if len(word) >= LONG)


def _bond(word: str, language: Language) -> str:
    """What kind of relative a word means, and of which sex."""
    kin = bank(language)["people"]["kin"]
    return next((key for key in BONDS if word in kin[key].split()), "")


BONDS = ("child", "parent", "grandchild", "grandparent", "sibling", "elder", "younger", "cousin", "spouse")
