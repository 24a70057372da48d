"""Spanish verb forms from infinitives."""

from collections.abc import Iterator

from tools.models.offline.clauses.forms import Form, Verbs, first_wins, rows
from tools.models.offline.words.bank import Table

IMPERFECT = {"ser": ("era", "eran"), "ir": ("iba", "iban"), "ver": ("veía", "veían")}
FUTURE_STEMS = {
    "tener": "tendr", "venir": "vendr", "poner": "pondr", "poder": "podr", "saber": "sabr", "querer": "querr",
    "hacer": "har", "decir": "dir", "salir": "saldr", "haber": "habr", "proponer": "propondr",
}  # fmt: skip


def verbs_of(table: Table) -> Verbs:
    """The third persons of the bank's verbs in the tenses a brief uses."""
    present, preterite, participles = (rows(table[name]) for name in ("present", "preterite", "participles"))
    changes = _changes(table["stem_changes"])
    infinitives = list(dict.fromkeys([*table["verbs"].split(), *present, *preterite, *changes]))
    finite = [
        pair for verb in infinitives for pair in _finite(verb, present, preterite, changes.get(verb, ""))
    ]
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
        finite=first_wins(finite),
        participles=frozenset(found | feminine | {f"{one}s" for one in feminine | found}),
        bases=frozenset(infinitives),
        lemmas=lemmas,
    )


def _changes(text: str) -> dict[str, str]:
    found = {}
    for row in text.split(";"):
        change, _, verbs = row.strip().partition(": ")
        found.update({verb: change for verb in verbs.split()})
    return found


def _finite(
    verb: str, present: dict[str, list[str]], preterite: dict[str, list[str]], change: str
) -> Iterator[tuple[str, Form]]:
    stem, ends_ar = verb[:-2], verb.endswith("ar")
    now = present.get(verb) or _regular_present(stem, change, ends_ar=ends_ar)
    past = preterite.get(verb) or ([f"{stem}ó", f"{stem}aron"] if ends_ar else [f"{stem}ió", f"{stem}ieron"])
    once = IMPERFECT.get(verb) or ((f"{stem}aba", f"{stem}aban") if ends_ar else (f"{stem}ía", f"{stem}ían"))
    future = FUTURE_STEMS.get(verb, verb.replace("í", "i"))
    for words, tense in ((now, "present"), (past, "past"), (once, "past")):
        for word in words:
            yield word, Form(verb, tense, plural=word.endswith("n"))  # type: ignore[arg-type]  # literals above
    yield f"{future}á", Form(verb, "future")
    yield f"{future}án", Form(verb, "future", plural=True)
    yield f"{future}ía", Form(verb)
    yield f"{future}ían", Form(verb, plural=True)


def _regular_present(stem: str, change: str, *, ends_ar: bool) -> list[str]:
    if change:
        old, _, new = change.partition(">")
        at = stem.rfind(old)
        stem = stem[:at] + new + stem[at + 1 :] if at >= 0 else stem
    return [f"{stem}a", f"{stem}an"] if ends_ar else [f"{stem}e", f"{stem}en"]


def _participle(verb: str) -> str:
    if verb.endswith("ar"):
        return f"{verb[:-2]}ado"
    return f"{verb[:-2]}ído" if verb[-3:-2] in "aeo" else f"{verb[:-2]}ido"


def _gerund(verb: str) -> str:
    if verb.endswith("ar"):
        return f"{verb[:-2]}ando"
    return f"{verb[:-2]}yendo" if verb[-3:-2] in "aeou" and not verb.endswith("guir") else f"{verb[:-2]}iendo"
