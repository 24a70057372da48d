"""Of whom a story only speaks: named once, in thoughts, letters or calls, or as the owner of a thing."""

from state.script import Language
from tools.models.offline.persons.named_things import bearers_before
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

OWNS: dict[Language, str] = {
    "en": r"{name}['\u2019]s (?:[a-z]+ )?(?P<thing>[a-z-]+)",
    "es": r"(?<!\w)(?P<thing>[a-zà-ÿ-]+) de {name}",
    "pt-BR": r"(?<!\w)(?P<thing>[a-zà-ÿ-]+) d[eoa] {name}",
}


def is_only_spoken_of(name: str, text: str, language: Language) -> bool:
    """Whether the one place that names somebody only speaks of them: `sueña con Irene`, `Bruno's bakery`."""
    told = re.escape(name)
    if len(re.findall(rf"(?<!\w){re.escape(name.split()[0])}(?!\w)", text)) > 1:
        return False
    patterns: list[str] = bank(language)["people"]["gone"]["spoken_of"]
    could = [one for one in patterns if re.could_fit(one, text)]
    if any(re.search(rf"(?<!\w)(?:{one.replace('{name}', told)})(?!\w)", text) for one in could):
        return True
    owned = re.search(rf"(?:{OWNS[language].replace('{name}', told)})(?!\w)", text)
    return owned is not None and owned["thing"] in bearers_before(language)
