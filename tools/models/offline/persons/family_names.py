"""Two people of one family name: `Alfie Pratt ... Mr. Pratt, his father` are a boy and a man."""

from collections.abc import Iterator, Sequence

from state.script import Language
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.names import sex_of_name

TITLES: dict[str, str] = {
    "man": "Mr|Sir|Herr|Sr|[Ss]eñor|[Dd]on|[Ss]eu|[Ss]enhor",
    "woman": "Mrs|Ms|Miss|Madam|Frau|Sra|Srta|[Ss]eñora|[Ss]eñorita|[Dd]oña|[Dd]ona|[Ss]enhora",
    "": "Old|Young|(?i:viej[oa]|velh[oa])",
}
"""What stands before a family name and tells whose it is."""
OWNED = "his|her|their|my|our|the|sus?|mis?|nuestr[oa]|el|la|seus?|suas?|meu|minha|noss[oa]|o|a"


def more_of_a_family(names: Sequence[str], text: str, language: Language) -> list[str]:
    """Whoever bears the family name of somebody with a first name, and is somebody else."""
    found: dict[str, str] = {}
    for full in names:
        first, _, last = full.rpartition(" ")
        for written, sex in _titled(last, text) if first else ():
            other = sex and sex_of_name(first.split()[0]) not in (sex, None)
            other = other or _is_kin(written, text, language)
            if other and written not in names and written.split()[0].rstrip(".") not in first.split():
                found.setdefault(sex + last, written)
    return list(found.values())


def _titled(last: str, text: str) -> Iterator[tuple[str, str]]:
    for sex, titles in TITLES.items():
        for found in re.finditer(rf"(?<![\w-])(?:{titles})\.? {re.escape(last)}(?![\w-])", text):
            yield found.group(), sex


def _is_kin(written: str, text: str, language: Language) -> bool:
    """`Mr. Pratt, his father,` and `his father, Mr. Pratt,`: whose kin somebody is, they are not."""
    kin = "|".join(" ".join(bank(language)["people"]["kin"].values()).split())
    who = re.escape(written)
    told = rf"(?:(?:{OWNED}) (?:{kin})|(?:{kin}) del[ea])(?: d[eoa] \w+)?"
    beside = rf"(?<!\w){who},? \(?(?:\d+, )?{told}(?!\w)|(?<!\w){told},? {who}(?!\w)"
    return re.search(beside, text, re.IGNORECASE) is not None
