"""Who is only heard, on a line, on the radio, behind a door; and who is alone in the picture.

Somebody who is only a voice has lines and no place in a picture.
"""

from collections.abc import Sequence
from functools import lru_cache

from state.brief import NovelaBrief
from state.script import Character, Language
from tools.models.offline.brief.aside import unquoted
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank


def voices_of(brief: NovelaBrief, cast: Sequence[Character]) -> frozenset[str]:
    """The names of those in the cast whom nobody sees."""
    text = "\n".join([brief.description, *(scene.description for scene in brief.scenes)])
    roles = {one.name: one.role for one in brief.characters}
    only = alone_by_role([(one.name, roles.get(one.name, "")) for one in cast], brief.language)
    return frozenset(
        one.name
        for one in cast
        if (only and one.name != only)
        or is_voice(one.name, roles.get(one.name, ""), text, brief.language)
        or is_away(one.name, roles.get(one.name, ""), text, brief.language)
    )


def alone_by_role(people: Sequence[tuple[str, str]], language: Language) -> str:
    """Who is `the only person on screen`, as a role says; nobody else is drawn then."""
    pattern = _table(language)["alone"]
    told = [name for name, role in people if re.search(pattern, role, re.IGNORECASE)]
    return told[0] if len(told) == 1 else ""


def is_voice(name: str, role: str, text: str, language: Language) -> bool:
    """Whether role or text say that somebody is heard and not there."""
    table = _table(language)
    if re.search(table["role"], role, re.IGNORECASE):
        return True
    said = re.escape(name.split()[-1])
    told = unquoted(text)
    uses = len(re.findall(rf"(?<!\w){said}(?!\w)", told))
    heard = [one.replace("{name}", said) for one in table["named"] if re.could_fit(one, told, re.IGNORECASE)]
    # `Pelo rádio, o marido, Gilmar, vai dizendo`
    heard.append(rf"(?:^|(?<=[.!?] ))(?:{table['line']}),[^.!?;]{{0,40}}?{said}")
    return 0 < uses <= sum(len(re.findall(rf"(?<!\w)(?:{one})(?!\w)", told, re.IGNORECASE)) for one in heard)


def is_away(name: str, role: str, text: str, language: Language) -> bool:
    """Whether somebody is dead or gone when the story begins and never comes back: only spoken of."""
    table: Table = bank(language)["people"]["gone"]
    if re.search(rf"(?<!\w)(?:{table['role']})(?!\w)", role, re.IGNORECASE):
        return True
    said, told = re.escape(name.split()[-1]), unquoted(text)
    first = re.search(rf"(?<!\w){said}(?!\w)", told)
    away = [one for one in table["away"] if re.could_fit(one, told)]
    gone = [re.search(rf"(?<!\w){one.replace('{name}', said)}", told) for one in away]
    left = min((one.end() for one in gone if one is not None), default=-1)
    begins = min((one.start() for one in gone if one is not None), default=-1)
    if first is None or left < 0 or first.start() < begins:
        # Whoever was seen first is there until then.
        return False
    returns = rf"(?i:{RETURNS}) (?:\w+ )?{said}(?!\w|['\u2019]s)"
    comes = rf"(?:^|[.!?;] |, (?:and|y|e) )(?:\w+ )?{said} [a-zà-ÿ]|{returns}"
    return re.search(comes, told[left:]) is None


RETURNS = "vuelve|regresa|aparece|entra|llega|volta|regressa|surge|chega|sees|finds|ve a|encuentra a|encontra"


def is_heard_only(text: str, start: int, end: int, language: Language) -> bool:
    """Whether the phrase at `start` is somebody on the phone or radio: `Pelo rádio, um homem avisa`."""
    table = _table(language)
    before = _clause_before(text, start)
    after = re.split(r"[.!?\n]", text[end:])[0]
    if re.search(rf"(?<!\w)(?:{table['line']})(?!\w)", before, re.IGNORECASE):
        return True
    earlier = text[: start - len(before)][-LONGEST_LEAD:] + before
    called = re.search(rf"(?<!\w)(?:{table['dialled']})(?!\w)", earlier, re.IGNORECASE)
    if called and re.match(rf",? (?:{table['answers']})(?!\w)", after, re.IGNORECASE):
        return True
    return re.match(rf",? (?:{table['after']})(?!\w)", after, re.IGNORECASE) is not None


def _clause_before(text: str, start: int) -> str:
    """What stands before a phrase in its sentence, back to the last comma but one."""
    sentence = re.split(r"[.!?\n;]", text[:start])[-1]
    return sentence[-LONGEST_LEAD:]


LONGEST_LEAD = 60


@lru_cache(maxsize=4)
def _table(language: Language) -> Table:
    table: Table = bank(language)["people"]["voices"]
    return table
