"""Who is in a scene: read off the facts it dramatises."""

from collections.abc import Collection, Sequence

from state.script import Character
from tools.models.offline.clauses.people import Person, named_in
from tools.models.offline.words.fact import Fact

MOST_PEOPLE = 3
GROUPS = frozenset({
    "family", "company", "couple", "team", "band", "crew", "gang", "group", "class", "choir", "familia",
    "compañía", "pareja", "equipo", "banda", "grupo", "clase", "coro", "pandilla", "matrimonio",
    "família", "companhia", "casal", "equipe", "turma", "coral", "trupe",
})  # fmt: skip
"""Nouns in the singular that mean several people."""


def people_of_scene(
    facts: Sequence[Fact],
    cast: Sequence[Character],
    seen: Sequence[str],
    *,
    scenes: int = 12,
    idle: Sequence[str] = (),
    met: Collection[str] | None = None,
) -> list[Character]:
    """Those whom the facts are about, the one with the secret second; then whom nobody has seen yet.

    `met` are the people the story has spoken of so far: nobody else is there before their time, so
    that somebody may be alone. Without it anybody may be.
    """
    told = told_of(facts, cast)
    hiding = next((fact.subject for fact in facts if fact.kind == "secret" and fact.subject in told), "")
    if not told:
        told = [cast[0].name]
    if any(_several(fact) for fact in facts if not told_of([fact], cast)):
        met = None
    if len(told) == 1:
        here = [one for one in cast if met is None or one.name in met or one.name == told[0]]
        told += [_listener(told[0], here, seen, idle)] if len(here) > 1 else []
    if hiding and len(told) > 1:
        asking = cast[0].name if cast[0].name in told and cast[0].name != hiding else ""
        asking = asking or next(name for name in told if name != hiding)
        told = [asking, hiding, *(name for name in told if name not in (asking, hiding))]
    if 1 < len(told) < MOST_PEOPLE < len(cast) and len(cast) > scenes + 2:
        # So many people are only seen when they come three at a time.
        told.append(_partner(told[0], [one for one in cast if one.name not in told[1:]], seen))
    by_name = {one.name: one for one in cast}
    return [by_name[name] for name in told if name in by_name][:MOST_PEOPLE]


def _several(fact: Fact) -> bool:
    """`Five friends`, `sus tres hijos`, `Duas noivas`: people of the cast, whoever they are."""
    words = fact.subject.split()[:3]
    plural = any(len(word) > 3 and word.endswith("s") for word in words)
    return not fact.subject[:1].isupper() and (plural or bool(GROUPS & {word.lower() for word in words}))


def told_of(facts: Sequence[Fact], cast: Sequence[Character]) -> list[str]:
    """The people of the cast whom facts speak of, those who do something first."""
    doing = [name for fact in facts for name in _subjects(fact, cast)]
    known = {one.name for one in cast}
    # A fact may also be about somebody who is nobody's part.
    return [
        one
        for one in dict.fromkeys([*doing, *(name for fact in facts for name in fact.about)])
        if one in known
    ]


def _subjects(fact: Fact, cast: Sequence[Character]) -> list[str]:
    """The people a subject names, one or several."""
    people = [Person(name=one.name, woman=False) for one in cast]
    return [one.name for one in named_in(fact.subject, people, owned=False)]


def _listener(name: str, cast: Sequence[Character], seen: Sequence[str], idle: Sequence[str]) -> str:
    """Who hears it: whom nothing else brings on, then the lead, then the one the lead met last."""
    waiting = [one.name for one in cast if one.name in idle and one.name not in (name, *seen)]
    if waiting:
        return waiting[0]
    if name != cast[0].name:
        return cast[0].name
    before = [one for one in reversed(seen) if one != name and one not in idle]
    return before[0] if before else _partner(name, cast, seen)


def _partner(name: str, cast: Sequence[Character], seen: Sequence[str]) -> str:
    """The one seen least so far; the lead and the opponent when nobody waits."""
    others = [one.name for one in cast if one.name != name]
    return min(others, key=lambda one: (seen.count(one), others.index(one)))
