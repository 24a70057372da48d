"""Which two of the cast a plural means: `both parents`, `los dos hermanos`, `os velhinhos`."""

from collections.abc import Callable, Sequence

from state.script import Language
from tools.models.offline.clauses.people import Person
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.names import short_name

PAIR = 2
WORD = re.compile(r"[^\W\d_]+")


def pair_in(
    head: str,
    people: Sequence[Person],
    language: Language,
    words: Table,
    last: Callable[[bool], Sequence[str]],
) -> list[str]:
    """The two whom a plural in some words means; `last` is the woman or man of whom was told last."""
    if re.search(rf"(?<!\w)(?:{words['couple']})(?!\w)", head, re.IGNORECASE):
        kin = bank(language)["people"]["kin"]
        wed = [one for one in people if {*kin["spouse"].split()} & {*WORD.findall(one.role.lower())}]
        wed += [one for one in people if one.role.lower() in words["wife"].split("|")]
        other = list(last(not wed[-1].woman)) if wed else []
        return [*other, wed[-1].name] if other else []
    for name, found in (("parents", parents_of), ("siblings", siblings_of), ("elders", elders_of)):
        if re.search(rf"(?<!\w)(?:{words[name]})(?!\w)", head, re.IGNORECASE):
            return found(people, language)
    return []


def of_sex(
    said: str, people: Sequence[Person], together: Sequence[str], recent: Sequence[str], language: Language
) -> list[str]:
    """`as duas`, `the two men`: the last two women or men; nobody where it is not said."""
    for woman, key in ((True, "women"), (False, "men")):
        if re.search(rf"(?<!\w)(?:{bank(language)['ledger'][key]})(?!\w)", said, re.IGNORECASE):
            every = [one.name for one in people if one.woman == woman]
            here = [one for one in together if one in every]
            found = here if len(here) == PAIR else [one for one in recent if one in every][-PAIR:]
            # Only one was told of yet: the other is the one who is left, or nobody of these.
            return found if len(found) == PAIR or len(every) != PAIR else every
    return []


def parents_of(people: Sequence[Person], language: Language) -> list[str]:
    """The two who are father and mother by their roles, else the two beside their only child."""
    found = _who_are(people, "parent", language)
    if len(found) == PAIR:
        return found
    named = [one for one in people if not one.unnamed]
    children = _who_are(named, "child", language)
    others = [one.name for one in named if one.name not in children]
    return others if len(children) == 1 and len(others) == PAIR else []


def siblings_of(people: Sequence[Person], language: Language) -> list[str]:
    """Two sisters and brothers by their roles, else the one with whoever the role names."""
    found = _who_are(people, "sibling", language)
    if len(found) != 1:
        return found if len(found) == PAIR else []
    role = next(one.role for one in people if one.name == found[0])
    whose = [one.name for one in people if _is_named(one, role) and one.name not in found]
    return [*whose, *found] if len(whose) == 1 else []


def elders_of(people: Sequence[Person], language: Language) -> list[str]:
    """The old woman and the old man, where there are just the two."""
    also = bank(language)["people"]["also"]
    old = {word for key in ("old_woman", "old_man") for word in also[key]}
    found = [one.name for one in people if old & one.also]
    return found if len(found) == PAIR else []


def _who_are(people: Sequence[Person], bond: str, language: Language) -> list[str]:
    words = {*bank(language)["people"]["kin"][bond].split()}
    return [one.name for one in people if words & {*WORD.findall(one.role.lower())}]


def _is_named(one: Person, role: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(short_name(one.name))}(?!\w)", role) is not None
