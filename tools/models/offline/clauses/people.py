"""The people a text can speak of, and which of them a phrase means."""

from collections.abc import Sequence
from dataclasses import dataclass

from tools.models.offline.clauses.grammar import Grammar
from tools.models.offline.clauses.tokens import tokenise
from tools.models.offline.words import patterns as re
from tools.models.offline.words.names import name_parts

OF = frozenset(("of", "de", "del", "do", "da", "dos", "das"))
HONOURS = frozenset(
    ("mr", "mrs", "miss", "ms", "dr", "sr", "sra", "don", "doña", "dona", "señor", "señora", "seu")
)
OWNED = r"(?!\w|['\u2019]s)"


@dataclass(frozen=True, kw_only=True)
class Person:
    """One person of the cast, as far as reading needs to know."""

    name: str
    woman: bool
    role: str = ""
    unnamed: bool = False
    """The brief gives no name: it speaks of `the stranger`, the cast calls that person Marcus."""
    also: frozenset[str] = frozenset()
    """What else the brief calls them and nobody but them: `coronel`, `grandfather`, `guri`."""
    features: frozenset[str] = frozenset()
    """What can be seen in their face and told of them: `moustache`, `beard`, `glasses`."""

    @property
    def role_words(self) -> frozenset[str]:
        """The words of the first part of the role: `sister, a lawyer` is a sister; and of `also`."""
        said = (token.lower for token in tokenise(self.role.partition(",")[0]) if token.is_word)
        return frozenset(said) | self.also

    @property
    def heads(self) -> frozenset[str]:
        """What somebody is, not what kind: `harbour pilot` is a pilot, `widow who stayed` a widow."""
        first = re.split(r",| (?:who|of|that|from|in|at|with|and) ", self.role.lower())[0]
        return frozenset(token.lower for token in tokenise(first)[-1:]) | self.also


def aliases(person: Person, people: Sequence[Person]) -> list[str]:
    """The name and those of its parts that nobody else has."""
    others = [part.lower() for other in people if other is not person for part in other.name.split()]
    if person.name.split()[0].lower().rstrip(".") in HONOURS:
        # Beside a Colin Harker it is Mr Harker who is called `Harker`.
        others = [part for part in others if part != person.name.split()[-1].lower()]
    parts = [part for part in name_parts(person.name) if part[0].isupper()]
    return [person.name, *(part for part in parts if part.lower() not in others and part != person.name)]


def named_in(text: str, people: Sequence[Person], *, owned: bool = True) -> list[Person]:
    """The people whose names a text holds, in its order; `owned=False` leaves out `Mateo's`."""
    found: list[tuple[int, Person]] = []
    for person in people:
        places = [_place(text, alias, owned=owned) for alias in aliases(person, people)]
        hits = [place for place in places if place >= 0]
        if hits:
            found.append((min(hits), person))
    return [person for _, person in sorted(found, key=lambda pair: pair[0])]


def _place(text: str, alias: str, *, owned: bool) -> int:
    if not alias.isascii() and not re.search(
        r"[^\W\d_]", alias.encode("latin-1", "ignore").decode("latin-1")
    ):
        return text.find(alias)
    end = r"(?!\w)" if owned else OWNED
    found = re.search(rf"(?<!\w){re.escape(alias)}{end}", text)
    return found.start() if found else -1


def by_role(phrase: str, people: Sequence[Person], grammar: Grammar) -> Person | None:
    """Whom `the aunt` or `su jefa` means, when it can only be one."""
    of = {"of", "de", "del", "do", "da", "dos", "das", "who", "que", "that"}
    words: list[str] = []
    for token in tokenise(phrase.partition(",")[0]):
        # `a big man in a hood`: what he wears is not what he is.
        inner = len(words) > 1 and grammar.is_a(token, "prepositions")
        if token.lower in of or inner:
            break
        words.append(token.lower)
    nouns = [word for word in words if word not in grammar.determiners and not word.endswith("self")]
    if not nouns or len(nouns) == len(words):
        return None
    whole = [one for one in people if " ".join(nouns[-2:]) in one.also]
    if len(whole) == 1 and len(nouns) > 1:
        # `the old man`: only with both words.
        return whole[0]
    fitting = [one for one in people if set(nouns) & one.role_words - {"young", "old", "joven", "jovem"}]
    if grammar.language == "en":
        # `the harbour master` is no harbour pilot: what somebody is stands last.
        fitting = [one for one in fitting if nouns[-1] in one.heads]
    return fitting[0] if len(fitting) == 1 else None


def people_words(text: str, people: Sequence[Person]) -> list[Person]:
    """The people of a subject phrase: those it names and does not only mention as owners."""
    owners = "|".join(OF)
    return [
        one
        for one in named_in(text, people, owned=False)
        if not re.search(rf"(?<!\w)(?:{owners}) {re.escape(one.name.split()[0])}", text, re.IGNORECASE)
    ]
