"""Woman or man: what a name, a title, a role, a pronoun or the rest of a brief says of a person."""

from collections.abc import Sequence

from state.brief import NovelaBrief
from state.script import Language, Presentation
from tools.models.offline.brief.aside import unquoted
from tools.models.offline.brief.epochs import era_of
from tools.models.offline.brief.reading import text_of
from tools.models.offline.brief.story import Story
from tools.models.offline.persons.anaphora import sex_of_article
from tools.models.offline.persons.described import told_sex
from tools.models.offline.persons.dressing import Wanted
from tools.models.offline.persons.likeness import Likeness
from tools.models.offline.persons.listed import called_in, sex_as_called
from tools.models.offline.persons.own_body import own_body
from tools.models.offline.persons.people import WORD, pronoun_behind
from tools.models.offline.persons.sex_beside import FAMILIAR, sex_as_told_by_them, sex_beside
from tools.models.offline.persons.trades import trade_in, trade_nouns
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank, structure
from tools.models.offline.words.names import given_names, is_given_name

ROLE_WORDS = 4
YOUNG: dict[Presentation, str] = {"woman": "girl", "man": "boy"}
PLAIN_WITHIN = 2
"""So many words of a role are about whoever has it."""
SEXES: dict[Presentation, str] = {"woman": "women", "man": "men"}
HONOURS: dict[Presentation, tuple[str, ...]] = {
    "woman": (
        "mrs",
        "ms",
        "miss",
        "lady",
        "dame",
        "aunt",
        "doña",
        "misia",
        "ña",
        "nhá",
        "sinhá",
        "frau",
        "madame",
        "signora",
        "sra",
        "señora",
        "tía",
        "dona",
        "tia",
    ),
    "man": (
        "mr",
        "chief",
        "herr",
        "monsieur",
        "signor",
        "nhô",
        "ño",
        "pastor",
        "sir",
        "lord",
        "uncle",
        "don",
        "sr",
        "señor",
        "tío",
        "seu",
        "tio",
        "padre",
        "father",
    ),
}
"""What stands before a name and says woman or man."""
EITHER = ("ista", "ante", "ente", "piloto", "guardia", "policía")
"""Endings of trades that women and men have alike."""


def _given(name: str) -> Presentation | None:
    """Woman or man, as a given name says that only one of them has."""
    first = name.split()[0].lower().rstrip(".") if name.split() else ""
    table = given_names()
    sexes: tuple[Presentation, ...] = ("woman", "man")
    having = [sex for sex in sexes if first in table[sex]]
    return having[0] if len(having) == 1 else None


def presentation_of(name: str, role: str, brief: NovelaBrief) -> Presentation | None:
    """Woman or man, as role, given name or ending tell; None when nothing does."""
    return by_role(name, role, brief) or _by_name(name, brief)


def by_role(name: str, role: str, brief: NovelaBrief) -> Presentation | None:
    """Woman or man, as the role says; None where it is silent, or has an ending for both."""
    said = [word.lower() for word in WORD.findall(role)][:ROLE_WORDS]
    titled = next((sex for sex, honours in HONOURS.items() if said and said[0] in honours), None)
    kin = next((word for word in said[1:2] if any(word in one.split() for one in _kin_words(brief))), "")
    generic = bank(brief.language)["people"]["generic"]
    boys_and_men = {sex: {*f"{generic[sex]} {generic[young]}".split()} for sex, young in YOUNG.items()}
    plain = [sex for sex, nouns in boys_and_men.items() if {*said[:PLAIN_WITHIN]} & nouns]
    if len(plain) == 1 and not titled:
        # `a jangada do menino Tonho`: the article is the raft's.
        return plain[0]
    # `Nieta` is a woman, whatever article stood by her.
    if titled or (kin and _told_by(kin, brief, article=False)):
        return titled or _told_by(kin, brief, article=False)
    for at, word in enumerate(said):
        # An article or pronoun further on belongs to somebody else.
        found = _told_by(word, brief, article=at == 0 and len(said) > 1)
        if (
            found
            and word.endswith(EITHER)
            and brief.language != "en"
            and (_given(name) or sex_of_article(name))
        ):
            # `Rubén, taxista`: the ending is nobody's, the name is a man's.
            continue
        if found and _given(name) not in (None, found) and _is_anybodys(word, brief.language):
            # `Rev. Amy, the vicar`: the name says it, and the calling is anybody's.
            continue
        if found:
            return found
    return told_sex(role, brief.language)


def _is_anybodys(word: str, language: Language) -> bool:
    """Whether an English calling is had by women and men: `vicar`, and no `barman`, no `waitress`."""
    gendered = ("man", "woman", "ess", "boy", "girl", "lady", "lord", "er-in-law")
    return language == "en" and word in trade_nouns(language) and not word.endswith(gendered)


def _kin_words(brief: NovelaBrief) -> list[str]:
    return [one for one in bank(brief.language)["people"]["kin"].values() if isinstance(one, str)]


def _by_name(name: str, brief: NovelaBrief) -> Presentation | None:
    """Woman or man, as an honour, a given name or its ending tells."""
    first = name.split()[0].lower().rstrip(".") if name.split() else ""
    if first in bank(brief.language)["people"]["kin"]["names"].split():
        return _told_by(first, brief, article=False)
    for sex, honours in HONOURS.items():
        if first in honours and len(name.split()) > 1:
            return sex
    if first in bank(brief.language)["reading"]["articles"]:
        # `The woman`, `O fiscal`: the article says it, else the noun.
        nouns = [_told_by(word, brief, article=False) for word in name.lower().split()[1:]]
        return sex_of_article(name) or next((sex for sex in nouns if sex), None)
    given = given_names()
    own = bank(brief.language)["words"]["names"]
    sexes: tuple[Presentation, ...] = ("woman", "man")
    for presentation in sexes:
        if first in given[presentation] or first in [one.lower() for one in own[presentation]]:
            return presentation
    endings = structure()["name_endings"]
    plain = first.replace("ñ", "n")
    for presentation in sexes:
        if (plain.isascii() or brief.language != "en") and plain.endswith(tuple(endings[presentation])):
            return presentation
    return None


def _told_by(word: str, brief: NovelaBrief, *, article: bool) -> Presentation | None:
    words = bank(brief.language)["reading"]
    more = bank(brief.language)["people"]["sexes"]
    only = [sex for sex, key in SEXES.items() if word in more[key].split()]
    if len(only) == 1:
        return only[0]
    if word in words["pronouns"] and not article and word not in words["subject_pronouns"]:
        return None
    if word in ("her", "his") or (word in words["women"]["words"]) == (word in words["men"]["words"]):
        return None
    return "woman" if word in words["women"]["words"] else "man"


def by_pronoun(pronoun: str, brief: NovelaBrief) -> Presentation | None:
    """Whom a pronoun means; None for one that tells nothing."""
    words = bank(brief.language)["reading"]
    if not pronoun:
        return None
    return "woman" if pronoun in words["women"]["words"] or pronoun == "herself" else "man"


def as_sex(said: str) -> Presentation | None:
    """A word of the tables as a presentation."""
    sexes: dict[str, Presentation] = {"woman": "woman", "man": "man"}
    return sexes.get(said)


def unlike_the_lead(story: Story, brief: NovelaBrief, others: list[Wanted]) -> Presentation:
    """A woman where the lead is a man, and the other way round: pronouns then mean one person only."""
    if not others:
        return _lead_sex(brief) or either(story)
    lead = others[0]
    sex = presentation_of(lead.name, f"{lead.title} {lead.role}".strip(), brief) or by_pronoun(
        lead.pronoun, brief
    )
    return "man" if sex == "woman" else "woman"


def _lead_sex(brief: NovelaBrief) -> Presentation | None:
    """Woman or man, as the first pronoun of the description says."""
    words = bank(brief.language)["reading"]
    found = re.search(
        rf"(?<!\w)({'|'.join(words['subject_pronouns'])})(?!\w)", brief.description, re.IGNORECASE
    )
    return by_pronoun(found.group(1).lower(), brief) if found else None


def pronoun_of(sex: Presentation, brief: NovelaBrief) -> str:
    """The subject pronoun of a sex; empty when the language needs none."""
    words = bank(brief.language)["reading"]
    return next((one for one in words["subject_pronouns"] if by_pronoun(one, brief) == sex), "")


MENS_TRADES = (
    "soldier",
    "police",
    "captain",
    "fisher",
    "miner",
    "firefighter",
    "herder",
    "builder",
    "priest",
)
"""Whoever had one of these in earlier times was a man, where nothing says otherwise."""


HERSELF = ("she", "herself", "ella", "ela")


def sexes_of(wanted: list[Wanted], brief: NovelaBrief, story: Story) -> list[Presentation]:
    """Woman or man for everybody; who is neither told is not what the lead is."""
    found: list[Presentation] = []
    sure: list[Presentation | None] = []
    early = era_of(f"{brief.title}. {text_of(brief)}", brief.language) != "now"
    called = called_in(text_of(brief), tuple((one.name, one.role) for one in wanted), brief.language)
    for one in wanted:
        given = one.brief.look.presentation if one.brief and one.brief.look else None
        role = f"{one.title} {one.role}".strip()
        told = given or one.sex or _by_title(one.title) or by_role(one.name, role, brief)
        told = told or _beside(one.name, brief)
        told = told or _by_kinship(one.name, brief) or _as_called(one.name, called.get(one.name, ()), brief)
        told = told or own_body(one.name, unquoted(text_of(brief)), brief.language)
        told = told or _of_either(one, wanted, brief)
        sex = told or by_role(one.name, role, brief) or _listed(one.name, brief)
        # `Sully sleeps with his radio`: a pronoun says more than how a name ends.
        sex = sex or _in_own_sentence(one, wanted, brief)
        sex = sex or presentation_of(one.name, role, brief)
        # `Her boy` after a constable is somebody else's: only `she` makes one a woman.
        usual = early and one.pronoun not in HERSELF and trade_in(one.role, brief.language) in MENS_TRADES
        said = one.pronoun or _said_behind(one, wanted, brief)
        sure.append(sex or ("man" if usual else by_pronoun(said, brief)))
    left: Presentation | None = _only_told(brief, sure)
    for sex in sure:
        found.append(sex or left or (other(found[0]) if found else either(story)))
    return found


def _beside(name: str, brief: NovelaBrief) -> Presentation | None:
    """What an apposition says; then, of a name that may be anybody's, what they say of themselves."""
    text, either = unquoted(text_of(brief)), bank(brief.language)["people"]["either"].split()
    parts = [part for part in (name, *name.split()) if part[:1].isupper() and part.lower() not in FAMILIAR]
    told = next((sex for part in parts if (sex := sex_beside(part, name, text, brief.language))), None)
    if told or (_given(name) is not None and name.split()[0].lower() not in either):
        return told
    return next((sex for part in parts if (sex := sex_as_told_by_them(part, text, brief.language))), None)


def _in_own_sentence(one: Wanted, wanted: list[Wanted], brief: NovelaBrief) -> Presentation | None:
    """The pronoun behind an English name before the next full stop: a later one may be another's."""
    text = unquoted(text_of(brief))
    if brief.language != "en" or one.name not in text:
        return None
    rest = [other.name for other in wanted if other is not one]
    told = re.split(r"[.!?;\n]", text[text.find(one.name) + len(one.name) :])[0]
    said = pronoun_behind(one.name, f"{one.name}{told}", bank(brief.language)["reading"], rest=rest)
    return by_pronoun(said, brief)


def _listed(name: str, brief: NovelaBrief) -> Presentation | None:
    """What a first name that we know, or an honour before it, says."""
    first = name.split()[0].lower().rstrip(".") if name.split() else ""
    own = bank(brief.language)["words"]["names"]
    known = is_given_name(first) or any(first == one.lower() for sex in SEXES for one in own[sex])
    honoured = any(first in honours for honours in HONOURS.values())
    return _by_name(name, brief) if known or honoured else None


def _said_behind(one: Wanted, wanted: list[Wanted], brief: NovelaBrief) -> str:
    """The pronoun behind a name that the client lists: `Dee drives a truck ... her payment`."""
    text = unquoted(text_of(brief))
    if one.brief is None or one.name not in text:
        return ""
    rest = [other.name for other in wanted if other is not one]
    # In its own sentence: the next one may be somebody else's.
    text = re.split(r"[.!?;]", text[text.find(one.name) :])[0]
    return pronoun_behind(one.name, text, bank(brief.language)["reading"], rest=rest)


def _as_called(name: str, phrases: Sequence[Likeness], brief: NovelaBrief) -> Presentation | None:
    """What phrases call somebody; `his daughter` may be another's, so no plain first name is overruled."""
    said, given = sex_as_called(phrases), _given(name)
    either = name.split()[0].lower() in bank(brief.language)["people"]["either"].split() if name else True
    return None if given not in (None, said) and not either else said


def _of_either(one: Wanted, wanted: list[Wanted], brief: NovelaBrief) -> Presentation | None:
    """`Sam ... she`: of a short name that both bear the words round it tell more than the name."""
    first = one.name.split()[0].lower() if one.name else ""
    if first not in bank(brief.language)["people"]["either"].split():
        return None
    rest = [other.name for other in wanted if other is not one]
    text = unquoted(text_of(brief))
    called = one.name if one.name in text else one.name.split()[0]
    said = pronoun_behind(called, text, bank(brief.language)["reading"], rest=rest) if called in text else ""
    return by_pronoun(one.pronoun or said, brief)


def _by_kinship(name: str, brief: NovelaBrief) -> Presentation | None:
    """`her daughter Ife`, `su sobrino, Nico`: what relation stands right before a name."""
    kin = "|".join(sorted({word for one in _kin_words(brief) for word in one.split()}, key=len, reverse=True))
    first = re.escape(name.split()[0]) if name.split() else "$^"
    found = re.search(rf"(?<!\w)({kin}),? (?-i:{first})(?!\w)", unquoted(text_of(brief)), re.IGNORECASE)
    return _told_by(found[1].lower(), brief, article=False) if found else None


def _only_told(brief: NovelaBrief, sure: list[Presentation | None]) -> Presentation | None:
    """What the one is whom nothing tells: a man where a `he` stands and nobody else can be meant."""
    words = bank(brief.language)["reading"]
    if sure.count(None) != 1:
        return None
    sexes: tuple[Presentation, ...] = ("woman", "man")
    told = [by_pronoun(one, brief) for one in words["subject_pronouns"] if _says(one, brief)]
    missing = [sex for sex in sexes if sex in told and sex not in sure]
    return missing[0] if len(missing) == 1 else None


def _says(word: str, brief: NovelaBrief) -> bool:
    return re.search(rf"(?<!\w){word}(?!\w)", unquoted(text_of(brief)), re.IGNORECASE) is not None


def _by_title(title: str) -> Presentation | None:
    said = title.lower().rstrip(".")
    return next((sex for sex, honours in HONOURS.items() if said in honours), None)


def other(sex: Presentation) -> Presentation:
    """The other one."""
    return "man" if sex == "woman" else "woman"


def either(story: Story) -> Presentation:
    """Woman or man by the dice, the same for a brief every time."""
    choice: list[Presentation] = ["woman", "man"]
    return story.dice.pick(choice, "lead")
