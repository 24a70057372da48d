"""Portuguese verb forms from infinitives."""

from collections.abc import Iterator

from tools.models.offline.clauses.forms import Form, Verbs, first_wins, rows
from tools.models.offline.words.bank import Table

IMPERFECT = {
    "ser": ("era", "eram"), "ir": ("ia", "iam"), "ter": ("tinha", "tinham"), "vir": ("vinha", "vinham"),
    "pôr": ("punha", "punham"), "propor": ("propunha", "propunham"), "manter": ("mantinha", "mantinham"),
}  # fmt: skip
FUTURE_STEMS = {"fazer": "far", "dizer": "dir", "trazer": "trar", "pôr": "por"}


def verbs_of(table: Table) -> Verbs:
    """The third persons of the bank's verbs in the tenses a brief uses."""
    present, preterite, participles = (rows(table[name]) for name in ("present", "preterite", "participles"))
    infinitives = list(dict.fromkeys([*table["verbs"].split(), *present, *preterite]))
    finite = [pair for verb in infinitives for pair in _finite(verb, present, preterite)]
    found = {
        one for verb in infinitives for one in (*participles.get(verb, [_participle(verb)]), _gerund(verb))
    }
    lemmas = {
        one: verb
        for verb in reversed(infinitives)
        for one in (*participles.get(verb, [_participle(verb)]), _gerund(verb))
    }
    feminine = {one[:-1] + "a" for one in found if one.endswith("o") and not one.endswith("ndo")}
    return Verbs(
        finite=first_wins([*finite, *_before_that(finite)]),
        participles=frozenset(found | feminine | {f"{one}s" for one in feminine | found}),
        bases=frozenset(infinitives),
        lemmas=lemmas,
    )


def _finite(
    verb: str, present: dict[str, list[str]], preterite: dict[str, list[str]]
) -> Iterator[tuple[str, Form]]:
    stem, kind = verb[:-2], verb[-2:]
    now = present.get(verb) or ([f"{stem}a", f"{stem}am"] if kind == "ar" else [f"{stem}e", f"{stem}em"])
    past = preterite.get(verb) or _preterite(stem, kind)
    once = IMPERFECT.get(verb) or (
        (f"{stem}ava", f"{stem}avam") if kind == "ar" else (f"{stem}ia", f"{stem}iam")
    )
    future = FUTURE_STEMS.get(verb, verb)
    for words, tense in ((now, "present"), (past, "past"), (once, "past")):
        yield words[0], Form(verb, tense)  # type: ignore[arg-type]  # the literals above
        yield words[-1], Form(verb, tense, plural=True)  # type: ignore[arg-type]  # as above
    yield f"{future}á", Form(verb, "future")
    yield f"{future}ão", Form(verb, "future", plural=True)
    yield f"{future}ia", Form(verb)
    yield f"{future}iam", Form(verb, plural=True)


def _before_that(finite: list[tuple[str, Form]]) -> Iterator[tuple[str, Form]]:
    """`deixara` beside `deixaram`: what had happened before the story."""
    for word, form in finite:
        if form.tense == "past" and form.plural and word.endswith("ram"):
            yield word[:-1], Form(form.base, "past")


def _preterite(stem: str, kind: str) -> list[str]:
    if kind == "ar":
        return [f"{stem}ou", f"{stem}aram"]
    return [f"{stem}eu", f"{stem}eram"] if kind == "er" else [f"{stem}iu", f"{stem}iram"]


def _participle(verb: str) -> str:
    if verb.endswith("ar"):
        return f"{verb[:-2]}ado"
    return f"{verb[:-2]}ído" if verb[-3:-2] in "aou" and not verb.endswith("guir") else f"{verb[:-2]}ido"


def _gerund(verb: str) -> str:
    return f"{verb[:-2]}{ {'ar': 'ando', 'er': 'endo'}.get(verb[-2:], 'indo') }"
