"""English verb forms from bases."""

from collections.abc import Iterator
from functools import lru_cache

from tools.models.offline.clauses.forms import Form, Verbs, first_wins, rows
from tools.models.offline.words.bank import Table, bank

BE_AND_HAVE = {
    "is": "be", "are": "be", "was": "be", "were": "be", "isn't": "be", "aren't": "be", "wasn't": "be",
    "weren't": "be", "has": "have", "had": "have", "hasn't": "have", "hadn't": "have", "does": "do",
    "doesn't": "do", "did": "do", "didn't": "do", "have": "have", "don't": "do", "haven't": "have",
}  # fmt: skip
PAST = ("was", "were", "wasn't", "weren't", "had", "hadn't", "did", "didn't")
FUTURE = ("will", "won't", "shall")


def verbs_of(table: Table) -> Verbs:
    """Every form of the bank's verbs; auxiliaries are finite forms too."""
    irregular = rows(table["irregular"])
    bases = [word.rstrip("_") for word in table["verbs"].split()]
    doubling = frozenset(word.rstrip("_") for word in table["doubling"].split())
    bases = list(dict.fromkeys([*bases, *irregular, *doubling]))
    finite = first_wins(
        [*_auxiliaries(table), *(pair for base in bases for pair in _finite(base, irregular, doubling))]
    )
    participles = {irregular[base][1] if base in irregular else _past(base, doubling) for base in bases}
    ing = {_ing(base, doubling) for base in bases}
    lemmas = {_ing(base, doubling): base for base in reversed(bases)}
    lemmas |= {
        irregular[base][1] if base in irregular else _past(base, doubling): base for base in reversed(bases)
    }
    return Verbs(
        finite=finite,
        participles=frozenset(participles | ing | {"been", "being", "gone", "engaged", "done"}),
        bases=frozenset([*bases, "be"]),
        lemmas={**lemmas, "gone": "go", "done": "do"},
    )


@lru_cache(maxsize=1)
def past_forms() -> dict[str, str]:
    """Third person of the present to past, of every verb of the bank."""
    table, forms = bank("en")["clauses"], {}
    for base, irregular, doubling in _bases(table):
        past = irregular[base][0] if base in irregular else _past(base, doubling)
        forms[_third(base)] = past
    forms.pop("becomes", None)
    return forms


@lru_cache(maxsize=1)
def ongoing_forms() -> dict[str, str]:
    """Third person of the present to `-ing`, of every verb of the bank."""
    return {_third(base): _ing(base, doubling) for base, _, doubling in _bases(bank("en")["clauses"])}


def _bases(table: Table) -> Iterator[tuple[str, dict[str, list[str]], frozenset[str]]]:
    irregular = rows(table["irregular"])
    doubling = frozenset(word.rstrip("_") for word in table["doubling"].split())
    bases = [word.rstrip("_") for word in table["verbs"].split()]
    for base in dict.fromkeys([*bases, *irregular, *doubling]):
        yield base, irregular, doubling


def _auxiliaries(table: Table) -> Iterator[tuple[str, Form]]:
    for word in table["modals"].split():
        yield word, Form(word, "future" if word in FUTURE else "present")
    for word, base in BE_AND_HAVE.items():
        yield word, Form(base, "past" if word in PAST else "present", plural=word in ("are", "were", "have"))


def _finite(
    base: str, irregular: dict[str, list[str]], doubling: frozenset[str]
) -> Iterator[tuple[str, Form]]:
    yield _third(base), Form(base)
    past = irregular[base][0] if base in irregular else _past(base, doubling)
    if past != base:
        yield past, Form(base, "past")
    yield base, Form(base, plural=True, bare=True)


def _third(base: str) -> str:
    if base in ("have", "do", "go"):
        return {"have": "has", "do": "does", "go": "goes"}[base]
    if base.endswith("y") and base[-2] not in "aeiou":
        return f"{base[:-1]}ies"
    return f"{base}es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else f"{base}s"


def _past(base: str, doubling: frozenset[str]) -> str:
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return f"{base[:-1]}ied"
    return f"{base}{base[-1]}ed" if base in doubling else f"{base}ed"


def _ing(base: str, doubling: frozenset[str]) -> str:
    if base.endswith("ie"):
        return f"{base[:-2]}ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return f"{base[:-1]}ing"
    double = base in doubling or base in ("run", "sit", "get", "hit", "cut", "let", "put", "win", "swim")
    return f"{base}{base[-1]}ing" if double else f"{base}ing"
