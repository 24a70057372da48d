"""Who is there while a fact happens: whoever does it is, though the words only say `ela` or nothing at all.

A guess, good enough to decide who is in a picture, never to change a word.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from state.script import Character, Language, Presentation
from tools.models.offline.brief.aside import unquoted
from tools.models.offline.clauses.grammar import Grammar, grammar_of
from tools.models.offline.clauses.tokens import sentences_of
from tools.models.offline.persons.anaphora import Known
from tools.models.offline.persons.groups import singular
from tools.models.offline.persons.people import person_words
from tools.models.offline.persons.unnamed import phrases_of_people
from tools.models.offline.persons.unrecognised import who_it_is
from tools.models.offline.persons.whom import centred
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.fact import Fact
from tools.models.offline.words.names import name_parts, short_name

WORD = re.compile(r"[^\W\d_]+(?:[\u2019'-][^\W\d_]+)*")
LEAD_WORDS = 5
"""So many words at most stand before a verb whose subject is left out: `En la puerta confiesa`."""
PAIR, SEVERAL = 2, 3
SEXES: tuple[Presentation, ...] = ("woman", "man")
ITS_OWN = "the|an?|el|la|una?|o|a|uma?|um|su|seu|sua|her|his"
"""What stands between `with` and a noun."""


@dataclass(frozen=True)
class Before:
    """Whom the facts so far have spoken of, the last one last, and who did something last."""

    recent: tuple[str, ...] = ()
    doer: str = ""


def with_presence(facts: Sequence[Fact], cast: Sequence[Character], language: Language) -> list[Fact]:
    """The facts, each about everybody who is seen in it and about nobody who is only pictured or owned."""
    found: list[Fact] = []
    before = Before()
    told_of = [_known(one) for one in cast]
    text = " ".join(one.text for one in facts if one.source == "description")
    hidden, words = who_it_is(text, told_of, language)
    for fact in facts:
        seen = _with_called(
            _without_pictured(_without_missing(fact, cast, language), cast, language), cast, language
        )
        told = seen.source in ("description", "scene")
        doers = _doers(seen, before, cast, language) if told else []
        fresh = [name for name in doers if name not in (seen.subject, *seen.about)]
        one = replace(seen, about=(*seen.about, *fresh)) if fresh else seen
        if hidden and words in seen.text and hidden != seen.subject:
            one = replace(seen, about=(hidden,))
        found.append(centred(one, found, cast) if before.recent else one)
        before = _after(before, one, doers, cast)
    return found


def _known(one: Character) -> Known:
    """Somebody of the cast as reading knows them: children are no women and no men."""
    return Known(name=one.name, role=one.role, sex=one.look.presentation)


def is_alone(facts: Sequence[Fact], cast: Sequence[Character], language: Language) -> bool:
    """`Eladia entra a la escuela, sola`: whoever does it, nobody is there to hear it."""
    here = {name for fact in facts for name in (fact.subject, fact.agent, *fact.about)}
    said = any(re.search(rf"(?:{_table(language)['alone']})", fact.text, re.IGNORECASE) for fact in facts)
    return said and len(here & {one.name for one in cast}) == 1


def left_by_then(facts: Sequence[Fact], cast: Sequence[Character], language: Language) -> set[str]:
    """Whom these facts have sent away for good: `the carrier vanishes`, and is not named again."""
    away: set[str] = set()
    pattern = _table(language)["leaving"]
    for fact in facts:
        own = {name for name in (fact.subject, fact.agent) if name}
        away -= {*own, *fact.about}
        leaving = re.search(rf"(?<!\w)(?:{pattern})(?!\w)", fact.text, re.IGNORECASE)
        away |= {one.name for one in cast if leaving and one.name in own}
    return away


def _without_missing(fact: Fact, cast: Sequence[Character], language: Language) -> Fact:
    """`Un martes la niña no viene`: what is told of her, and she is not there."""
    known = {one.name for one in cast}
    stays = re.match(rf"(?:{_table(language)['absent']})(?!\w)", f"{fact.verb} {fact.rest}", re.IGNORECASE)
    if not stays or fact.subject not in known:
        return fact
    about = tuple(name for name in fact.about if name != fact.subject)
    return replace(fact, subject="", agent="", verb="", rest="", object="", sure=False, about=about)


def _without_pictured(fact: Fact, cast: Sequence[Character], language: Language) -> Fact:
    """`um boneco do prefeito`, `the Commissioner's daughter`: they are not there for it."""
    kept = tuple(
        name
        for name in fact.about
        if not (_only_pictured(name, fact, cast, language) or _only_reported(name, fact, cast, language))
    )
    return fact if kept == fact.about else replace(fact, about=kept)


def _only_pictured(name: str, fact: Fact, cast: Sequence[Character], language: Language) -> bool:
    if name in (fact.agent, fact.object_person):
        return False
    words = _called(next((one for one in cast if one.name == name), None))
    called = "|".join(map(re.escape, words)) or "$^"
    said = rf"(?:{called})(?: (?:{called}))*"
    uses = len(re.findall(rf"(?<!\w)(?:{said})(?!\w)", fact.text, re.IGNORECASE))
    table = _table(language)
    others = {fact.subject, fact.agent} & {one.name for one in cast} - {name}
    owned = [table["owned"]] if others else []
    could = [one for one in (*table["pictured"], *owned) if re.could_fit(one, fact.text, re.IGNORECASE)]
    shown = [one.replace("{name}", said) for one in could]
    absent = sum(len(re.findall(rf"(?<!\w)(?:{one})(?!\w)", fact.text, re.IGNORECASE)) for one in shown)
    return 0 < uses <= absent


def _only_reported(name: str, fact: Fact, cast: Sequence[Character], language: Language) -> bool:
    """`Sam tells her that the judge has paid men`: of whom they speak, and who is not there for it."""
    if name in (fact.subject, fact.agent, fact.object_person):
        return False
    said = "|".join(map(re.escape, _called(next((one for one in cast if one.name == name), None)))) or "$^"
    told = unquoted(fact.text)
    saying = re.search(rf"(?<!\w)(?:{_table(language)['reporting']}) ", told, re.IGNORECASE)
    places = [one.start() for one in re.finditer(rf"(?<!\w)(?:{said})(?!\w)", told, re.IGNORECASE)]
    return bool(saying and places) and all(at > saying.start() for at in places if saying)


def _with_called(fact: Fact, cast: Sequence[Character], language: Language) -> Fact:
    """`baja con una clienta` where somebody of the cast is the client."""
    told = unquoted(fact.text)
    nouns = person_words(bank(language)["reading"])
    fresh: list[str] = []
    for one in cast:
        role = [word.lower() for word in WORD.findall(one.role.partition(",")[0])]
        noun = next((word for word in role if word in nouns), "")
        alone = [other for other in cast if noun and noun in other.role.lower().split(",")[0].split()] == [
            one
        ]
        said = rf"(?<!\w)(?:with|con|com) (?:{ITS_OWN}) (?:[\w-]+ )?{noun}(?!\w)"
        if alone and one.name not in (fact.subject, *fact.about) and re.search(said, told):
            fresh.append(one.name)
    return replace(fact, about=(*fact.about, *fresh)) if fresh else fact


def _called(one: Character | None) -> list[str]:
    """The words by which a text calls somebody: the parts of the name, and what they are."""
    if one is None:
        return []
    return [*name_parts(one.name), *WORD.findall(one.role.partition(",")[0])[:1]]


def _doers(fact: Fact, before: Before, cast: Sequence[Character], language: Language) -> list[str]:
    """Whom the sentences of a fact mean without a name, sentence by sentence."""
    grammar = grammar_of(language)
    told = [name for name in (fact.subject, fact.agent) if any(one.name == name for one in cast)]
    recent, doer, found = list(before.recent), before.doer, list[str]()
    indefinite = bank(language)["reading"]["indefinite"]
    strangers = any(one.group(1).lower() in indefinite for one in phrases_of_people(fact.text, language))
    for at, sentence in enumerate(sentences_of(unquoted(fact.text))):
        named = _named(sentence, cast)
        unsaid = [name for name in told if name not in named]
        meant = _by_pronoun(sentence, [*recent, *named], cast, grammar, strangers=strangers, told=unsaid)
        meant += _by_number(sentence, recent, cast, language)
        # `No domingo, a igreja está escura` has its subject.
        if grammar.drops_subjects and not told and not (at == 0 and fact.subject):
            meant += _left_out(sentence, recent, doer, cast, grammar)
        doer = next(iter([*meant[-1:], *named]), doer)
        recent = [*(name for name in recent if name not in (*meant, *named)), *meant, *named]
        found += meant
    return list(dict.fromkeys(found))


def _named(sentence: str, cast: Sequence[Character]) -> list[str]:
    places = {one.name: _place(sentence, one) for one in cast}
    return sorted((name for name, at in places.items() if at >= 0), key=lambda name: places[name])


def _place(sentence: str, one: Character) -> int:
    said = "|".join(map(re.escape, _called(one))) or "$^"
    found = re.search(rf"(?<!\w)(?:{said})(?!\w)", sentence, re.IGNORECASE)
    return found.start() if found else -1


def _by_pronoun(
    sentence: str,
    recent: Sequence[str],
    cast: Sequence[Character],
    grammar: Grammar,
    *,
    strangers: bool,
    told: Sequence[str] = (),
) -> list[str]:
    """`Ella lo lee`: the only woman there is, else the one who was spoken of last.

    Whom the reading knows behind a pronoun is it: `told` does something here and has no name in it.
    """
    said = {word.lower() for word in WORD.findall(sentence)}
    found: list[str] = []
    for key, sex in (("pronouns_she", "woman"), ("pronouns_he", "man")):
        if not said & grammar.words[key]:
            continue
        fitting = [one.name for one in cast if one.look.presentation == sex]
        if any(name in fitting for name in told):
            continue
        last = [name for name in reversed(recent) if name in fitting]
        # `conversa com um colega ... Ele assina`: nobody who has not come yet.
        found += fitting if len(fitting) == 1 and not strangers else last[:1]
    return found


def _by_number(
    sentence: str, recent: Sequence[str], cast: Sequence[Character], language: Language
) -> list[str]:
    """`The two of them stand there`, `the sisters`: those who were spoken of together, or who are that."""
    table, words = _table(language), bank(language)["reading"]
    generic = bank(language)["people"]["generic"]
    found: list[str] = []
    articles = "the|las?|los|[oa]s|her|his|sus|seus|suas"
    for said in re.findall(rf"(?<!\w)(?i:{articles})(?: (?:{table['few']}))? ([^\W\d_]+)(?!\w)", sentence):
        role = singular(said.lower(), words)
        sex = next((one for one in SEXES if role in generic[one].split()), None)
        women_or_men = {one.name for one in cast if one.look.presentation == sex}
        found += [name for name in recent if name in women_or_men][-PAIR:]
        forms = {role, f"{role[:-1]}a"} if role.endswith("o") and language != "en" else {role}
        found += [one.name for one in cast if role and forms & set(_role_words(one))]
    both = re.search(rf"(?:{table['plural']})(?!\w)", sentence, re.IGNORECASE)
    if both is None or found:
        return found
    women = re.search(table["feminine"], both.group(), re.IGNORECASE) is not None
    many = re.search(table["many"], both.group(), re.IGNORECASE) is not None
    fitting = {one.name for one in cast if not women or one.look.presentation == "woman"}
    return [name for name in recent if name in fitting][-(SEVERAL if many else PAIR) :]


def _role_words(one: Character) -> list[str]:
    return [word.lower() for word in WORD.findall(one.role.partition(",")[0])]


def _left_out(
    sentence: str, recent: Sequence[str], doer: str, cast: Sequence[Character], grammar: Grammar
) -> list[str]:
    """`Teclea una palabra` goes on about one, `Descem a ladeira` about the last two who came together."""
    words = WORD.findall(sentence)
    for at, word in enumerate(words[: LEAD_WORDS + 1]):
        form = grammar.verbs.finite.get(word.lower())
        if form is not None and not form.bare and word.lower() not in grammar.words["not_verbs"]:
            break
        if not _may_lead(words, at, grammar):
            return []
    else:
        return []
    if _named(" ".join(words[:at]), cast):
        return []
    return list(recent[-PAIR:]) if form.plural else [doer] if doer else []


def _may_lead(words: Sequence[str], at: int, grammar: Grammar) -> bool:
    """Whether a word can stand before a verb that has no subject: `Después`, `Esa noche`, `En la puerta`."""
    first = words[0].lower()
    opens = any(first in grammar.words[name] for name in ("prepositions", "adverbs", "leading", "opening"))
    timed = any(word.lower() in grammar.words["time_words"] for word in words[:3])
    small = any(words[at].lower() in grammar.words[name] for name in ("clitics", "negations", "adverbs"))
    return opens or timed or small


def _after(before: Before, fact: Fact, doers: Sequence[str], cast: Sequence[Character]) -> Before:
    """Who does a thing comes before whom it is done to."""
    known = {one.name for one in cast}
    here = [name for name in dict.fromkeys((fact.subject, fact.agent, *fact.about)) if name in known]
    doing = [name for name in here if name in (fact.subject, fact.agent)]
    order = {name: fact.text.find(short_name(name)) for name in here}
    others = sorted((name for name in here if name not in doing), key=lambda name: order[name])
    recent = [*(name for name in before.recent if name not in here), *doing, *others]
    return Before(recent=tuple(recent), doer=next(iter([*doing, *doers[-1:], *others]), before.doer))


def _table(language: Language) -> Table:
    table: Table = bank(language)["people"]["presence"]
    return table
