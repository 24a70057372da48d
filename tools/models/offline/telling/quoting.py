"""What a brief lets somebody say word for word: they say it, and the narrator tells only the rest."""

from collections.abc import Sequence
from dataclasses import replace

from state.script import Character, Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.clauses.tokens import sentences_of
from tools.models.offline.deeds.acts import act_parts
from tools.models.offline.telling.reported import behind_colon, colon_parts, reported_parts
from tools.models.offline.telling.unsure import another_may_be_meant
from tools.models.offline.telling.vocative import who_may_call
from tools.models.offline.telling.whose import (
    HE,
    INDEFINITE,
    SHE,
    another_does,
    begins_with_verb,
    brings_writing,
    happens,
    introduced,
    is_from_afar,
    is_written,
    mentioned,
    names_a_stranger,
    nearest_clause,
    only_is,
    subject_of,
)
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.grammar import capitalise
from tools.models.offline.words.hearing import Hearing, Part
from tools.models.offline.words.quotations import QUOTED
from tools.models.offline.words.timing import words_in

LONGEST_TAG = 5
"""Words of `, pide él` and the like: when somebody is heard, nobody needs to be told who it is."""
PAIR = 2
"""People of whom one is asked and the other asks."""
MET_BEFORE = 4
"""Sentences that are searched for the second of two who talk."""
YOU = re.compile(
    r"(?<!\w)(?:you|your|you're|you've|tú|te|usted|vos|você|o senhor|a senhora|sabes|sabés|puedes|podés"
    r"|eres|sos)(?!\w)",
    re.IGNORECASE,
)
LOOK_BACK = 3
"""Sentences that are searched for who did something before a quotation that stands alone."""
NOTHING_DONE = re.compile(
    r"\W*(?:(?:inside|dentro|debajo|abajo|arriba|ahí|allí|lá|ali)\W+)?"
    r"(?:there (?:is|are|was|were)|hay|había|há|havia)(?!\w)",
    re.IGNORECASE,
)
"""`There is no whale`: whoever did something before still does."""
JOINED = {"en": r"and|but|then|while", "es": r"y|e|pero|mientras", "pt-BR": r"e|mas|enquanto"}


CALLED = re.compile(
    r"(?<!\w)(?:for|of|with|from|para|de|con|com|por|sobre|do|da|del|un|una|um|uma|el|la|the|a) $",
    re.IGNORECASE,
)
"""Words right before a quotation that is a name."""


def parts_of(text: str, hearing: Hearing) -> list[Part]:
    """A text as what is told and what somebody here says."""
    parts: list[Part] = []
    before, earlier = hearing.before, list(hearing.earlier)
    for sentence in sentences_of(text):
        here = replace(hearing, before=before, earlier=tuple(earlier))
        quoted = QUOTED.search(sentence)
        if quoted and (CALLED.search(sentence[: quoted.start()]) or _is_a_thing(sentence, quoted, hearing)):
            # `a serenade for "Lupita of the blue balcony"`: it is what it is called, nobody says it.
            parts.append(Part(text=sentence))
            before = after(sentence, here)
            earlier.append(sentence)
            continue
        said = quoted_parts(sentence, here) if quoted else _twice_said(sentence, here)
        said = said or ([] if quoted else _aloud(sentence, here))
        if not said and hearing.goes_on and not parts:
            # `The old man scolds him: nobody mends one shoe alone.`
            part = behind_colon(hearing.earlier[-1], _uncapitalised(sentence), here)
            said = [part] if part else []
        parts += said or [Part(text=sentence)]
        before = after(sentence, here)
        earlier.append(sentence)
    return parts


def _is_a_thing(sentence: str, quoted: re.Match[str], hearing: Hearing) -> bool:
    """`asks her to sign "a form for the gas"`: what a thing is called right behind its verb, and no line."""
    table, said = bank(hearing.language)["reported"], quoted[1].strip()
    first, led = said.split()[0] if said else "", re.findall(r"\w+", sentence[: quoted.start()].lower())[-1:]
    saying = {word for kind in ("says", "asks", "orders", "retorts") for word in table[kind].split()}
    named = first.lower() in grammar_of(hearing.language).words["articles"] and first.islower()
    plain = named and said[-1:] not in (".", "!", "?", "\u2026") and not happens(said, hearing.language)
    return plain and bool(led) and not {*led} & saying and sentence[: quoted.start()].rstrip()[-1:].isalpha()


def _aloud(sentence: str, hearing: Hearing) -> list[Part]:
    """What is heard of a sentence that only reports or shows it."""
    return sign_parts(sentence, hearing) or colon_parts(sentence, hearing) or _lead_found(sentence, hearing)


def _twice_said(sentence: str, hearing: Hearing) -> list[Part]:
    """What is reported; of two verbs of saying both are heard: `says since March and asks her to sit`."""
    words = bank(hearing.language)["reported"]
    verbs = {*words["says"].split(), *words["asks"].split(), *words["orders"].split()}
    several = len([one for one in re.findall(r"\w+", sentence.lower()) if one in verbs]) > 1
    both = act_parts(sentence, hearing) if several else []
    spoken = [part for part in both if part.speaker]
    reported = reported_parts(sentence, hearing)
    better = words_in(" ".join(one.text for one in spoken)) > words_in(
        " ".join(one.text for one in reported if one.speaker)
    )
    return both if better else reported


def _lead_found(sentence: str, hearing: Hearing) -> list[Part]:
    """What somebody does in words; what stands behind a colon the narrator goes on with."""
    lead, colon, rest = sentence.partition(": ")
    found = act_parts(lead, hearing) if colon else []
    if not found:
        return act_parts(sentence, hearing)
    last = found[-1]
    plain = not any(
        word in re.findall(r"\w+", rest) for word in grammar_of(hearing.language).words["relatives"]
    )
    more = behind_colon("", rest, hearing, speaker=last.speaker) if last.speaker and plain else None
    if more is not None and words_in(f"{last.text} {more.text}") <= hearing.longest:
        return [*found[:-1], replace(last, text=f"{last.text} {more.text}")]
    return [*found, Part(text=capitalise(rest))]


def _uncapitalised(sentence: str) -> str:
    return f"{sentence[:1].lower()}{sentence[1:]}"


def acting_last(sentences: Sequence[str], hearing: Hearing) -> Character | None:
    """Who the last of some sentences was about."""
    before: Character | None = None
    for sentence in sentences:
        before = after(sentence, replace(hearing, before=before))
    return before


def after(sentence: str, hearing: Hearing) -> Character | None:
    """Who the next sentence goes on with, when it names nobody."""
    told = QUOTED.sub("", sentence)
    found = subject_of(told, hearing.cast, hearing.language, before=hearing.before)
    if found is None and NOTHING_DONE.match(told):
        return hearing.before
    if found is None and happens(told, hearing.language):
        return hearing.before if begins_with_verb(told, hearing.language) else None
    return found or hearing.before


def quoted_parts(sentence: str, hearing: Hearing) -> list[Part]:
    """A sentence with quotations: its parts, or nothing when nobody here can be heard."""
    found = list(QUOTED.finditer(sentence))
    speaker = speaker_of(sentence, found, hearing) if found else None
    speaker = speaker or (_reader(sentence[: found[0].start()], hearing) if found else None)
    if speaker is None or any(words_in(one[1]) > hearing.longest for one in found):
        return []
    parts: list[Part] = []
    end, asked = 0, False
    for quote in found:
        parts += _told(sentence[end : quote.start()], hearing, behind=bool(parts))
        who = _other_side(quote[1], speaker, hearing) if quote is not found[0] else speaker
        if asked and re.search(r"\.\s*$", sentence[end : quote.start()]):
            # `«¿Y la dueña?», pregunta ella. «La perdió.»`
            who = next((one for one in hearing.people if one is not speaker), who)
        asked = quote[1].rstrip().endswith("?") and len(hearing.people) == PAIR
        parts.append(Part(text=_sentence(quote[1]), speaker=who, quoted=True))
        end = quote.end()
    return [*parts, *_told(sentence[end:], hearing, behind=True, closing=True)]


def _reader(opening: str, hearing: Hearing) -> Character | None:
    """Whoever reads or is handed what is written: `Ivone lê e gela: ..., seguido de uma frase:`."""
    language = hearing.language
    words = bank(language)["reported"]
    told = {*re.findall(r"\w+", opening.lower())}
    if not opening.rstrip().endswith(":"):
        return None
    if told & {*words["reading"].split()}:
        who = subject_of(opening, hearing.cast, language, before=hearing.before)
        return who if who in hearing.people else None
    before = hearing.earlier[-1] if hearing.earlier else ""
    gives = {*re.findall(r"\w+", f"{before} {opening}".lower())} & {*words["hands_over"].split()}
    giver = subject_of(before, hearing.cast, language, before=hearing.before) or hearing.before
    others = [one for one in hearing.people if one is not giver]
    handed = bool(gives) and is_written(opening, language) and giver in hearing.people
    return others[0] if handed and len(others) == 1 else None


def sign_parts(sentence: str, hearing: Hearing) -> list[Part]:
    """`sees a word written on a window: HELP.`: whoever sees it reads it."""
    found = re.fullmatch(r"(.+): ([^\W\d_a-zà-ÿ]{2,}(?: [^\W\d_a-zà-ÿ]+){0,5})[.!]?", sentence.strip())
    perceives = {*bank(hearing.language)["reported"]["perceives"].split()}
    if found is None or not perceives & {*re.findall(r"\w+", found[1].lower())}:
        return []
    who = subject_of(found[1], hearing.cast, hearing.language, before=hearing.before)
    if who is None or who not in hearing.people:
        return []
    return [Part(text=f"{found[1]}:"), Part(text=f"{found[2].capitalize()}.", speaker=who, quoted=True)]


def speaker_of(sentence: str, found: Sequence[re.Match[str]], hearing: Hearing) -> Character | None:
    """Whoever the words around the first quotation say it is; only somebody who is here."""
    opening, tag = sentence[: found[0].start()].strip(), _tag(sentence[found[0].end() :], hearing.language)
    if is_written(opening or tag, hearing.language):
        return None
    meant = _around(opening, tag, hearing)
    if not opening and not tag and meant is not None:
        meant = _by_turns(found[0][1], hearing) or _answering(
            _other_side(found[0][1], meant, hearing), hearing
        )
    meant = who_may_call(found[0][1], meant, hearing) if meant else None
    fits = meant is not None and meant in hearing.people and not _calls(found[0][1], meant)
    if fits and meant is not None and another_may_be_meant(f"{opening} {tag}", meant, hearing):
        return None
    return meant if fits else None


def _by_turns(said: str, hearing: Hearing) -> Character | None:
    """Of quotations that follow each other each is the other one's; who has just done it is told `you`."""
    before = 0
    while before < len(hearing.earlier) and _is_bare(hearing.earlier[-before - 1]):
        before += 1
    told = hearing.earlier[: len(hearing.earlier) - before]
    pair = _two_here(told, hearing)
    opening = QUOTED.search(hearing.earlier[-before]) if before else None
    first = opening[1] if opening else said
    if len(pair) < PAIR or (not before and not YOU.search(first)):
        return None
    at = 1 if YOU.search(first) and not first.rstrip().endswith("?") else 0
    if not before and at == 0:
        return None
    return pair[(at + before) % PAIR]


def _two_here(told: Sequence[str], hearing: Hearing) -> list[Character]:
    """Who did the last thing that was told, and the other one they talk with."""
    acted = acting_last(told, replace(hearing, before=None))
    names: list[Character] = [acted] if acted is not None and acted in hearing.people else []
    for sentence in reversed(told[-MET_BEFORE:]):
        met = [one.who for one in mentioned(sentence, hearing.cast, hearing.language)]
        names += [one for one in reversed(met) if one in hearing.people]
    names += list(hearing.people) if names else []
    return list({one.name: one for one in names}.values())[:PAIR]


def _is_bare(sentence: str) -> bool:
    """Whether a sentence is nothing but a quotation."""
    return QUOTED.search(sentence) is not None and not re.search(r"\w", QUOTED.sub("", sentence))


def _answering(meant: Character, hearing: Hearing) -> Character:
    """Whoever is asked in the sentence before answers in the next one, when only two are there."""
    before = hearing.earlier[-1] if hearing.earlier else ""
    others = [one for one in hearing.people if one is not meant]
    asked = re.search(r"\?[\"\u201d\u00bb]", before) is not None and meant is hearing.before
    return others[0] if asked and len(others) == 1 else meant


def _around(opening: str, tag: str, hearing: Hearing) -> Character | None:
    language = hearing.language
    if tag and not opening.rstrip().endswith(":"):
        said = subject_of(tag, hearing.people, language, before=hearing.before)
        return said or (hearing.before if not opening and _leaves_out_who(tag, language) else None)
    if not opening:
        return _acting_before(hearing)
    known = introduced(opening, hearing.cast, language)
    near = nearest_clause(opening, hearing.cast, language)
    known = known or subject_of(near, hearing.cast, language, before=hearing.before)
    known = known or subject_of(opening, hearing.cast, language, before=hearing.before)
    known = known or subject_of(opening, hearing.people, language, before=hearing.before)
    if known is not None and another_does(opening, hearing.cast, language):
        return None
    known = known or _whom_the_pronoun_means(opening, hearing)
    if known is not None:
        return known
    if is_from_afar(opening, language) or names_a_stranger(opening, hearing.cast, language):
        return None
    if not happens(opening, language):
        return _acting_before(hearing)
    return hearing.before if begins_with_verb(opening, language) else None


def _whom_the_pronoun_means(opening: str, hearing: Hearing) -> Character | None:
    """`Ele aponta e diz:` of two men: whom the film's ledger sees point."""
    first = re.match(r"\w+", opening)
    if first is None or first[0].lower() not in SHE | HE:
        return None
    told = " ".join(re.findall(r"\w+", opening.lower()))
    clauses = [(" ".join(re.findall(r"\w+", text.lower())), name) for text, name in hearing.doers]
    names = {name for clause, name in clauses if clause and clause in told}
    fitting = [one for one in hearing.people if one.name in names]
    return fitting[0] if len(names) == 1 and fitting else None


def _acting_before(hearing: Hearing) -> Character | None:
    """Who did something in the sentences before; one that names another doer ends the search."""
    language = hearing.language
    for at, sentence in enumerate(reversed(hearing.earlier[-LOOK_BACK:])):
        told = QUOTED.sub("", sentence)
        if is_written(told, language) and not mentioned(told, hearing.cast, language):
            return None
        if at == 0 and brings_writing(told, language):
            return None
        if is_from_afar(told, language) and not mentioned(told, hearing.people, language):
            return None
        known = introduced(told, hearing.cast, language) or subject_of(told, hearing.cast, language)
        if known is not None:
            return known
        if names_a_stranger(told, hearing.cast, language):
            return None
        if happens(told, language) and not only_is(told, language):
            return hearing.before
    return hearing.before


def _leaves_out_who(tag: str, language: Language) -> bool:
    """`dice` and `says nobody in particular`: whether nothing in a tag can be whose words they are."""
    if not grammar_of(language).drops_subjects:
        return False
    tag = re.sub(r" (?:a|al|para|ao|à) (?:(?:la|el|su|o|a|sua|seu) )?[A-ZÁÉÍÓÚ]?[\w-]+$", "", tag)
    words = re.findall(r"[^\W\d_]+", tag)[1:]
    if INDEFINITE.search(tag):
        return False
    named = SHE | HE | grammar_of(language).determiners
    return not any(word.lower() in named or word[0].isupper() for word in words)


def _other_side(said: str, one: Character, hearing: Hearing) -> Character:
    """`E a senhora?` behind what a woman said to a man is his."""
    to_woman = re.search(r"(?<!\w)(?:a senhora|señora|señorita|moça|madam|ma'am)(?!\w)", said, re.IGNORECASE)
    to_man = re.search(r"(?<!\w)(?:o senhor|señor|moço|sir)(?!\w)", said, re.IGNORECASE)
    sex = "woman" if to_woman else "man" if to_man else ""
    others = [each for each in hearing.people if each.look.presentation != sex]
    wrong = bool(sex) and one.look.presentation == sex
    return others[0] if wrong and len(others) == 1 and len(hearing.people) > 1 else one


def _calls(said: str, one: Character) -> bool:
    """Whether the words call somebody by name: then they are not that person's own."""
    parts = "|".join(re.escape(part) for part in (one.name, *one.name.split()) if part[:1].isupper())
    return re.search(rf"(?:^|, )(?:{parts})[,.!?]|, (?:{parts})$", said) is not None


def _tag(behind: str, language: Language) -> str:
    """`, pregunta ella`: the words behind a quotation that say whose it was."""
    if behind[:1] not in (",", " "):
        return ""
    tag = re.split(rf"[.;:,]| (?:{JOINED[language]}) ", behind.strip(" ,"))[0].strip()
    verbs = bank(language)["reported"]
    tag = _without_manner(tag, language) if words_in(tag) > LONGEST_TAG else tag
    telling = {*verbs["says"].split(), *verbs["asks"].split(), *verbs["orders"].split()}
    words = {word.lower() for word in re.findall(r"\w+", tag)}
    short = words_in(tag) <= LONGEST_TAG
    return tag if short and (words & telling or behind[:1] == ",") else ""


def _without_manner(tag: str, language: Language) -> str:
    """`le dice su abuela` of `le dice su abuela sin levantar la vista`."""
    words = tag.split(" ")
    small = grammar_of(language).words["prepositions"]
    ends = next((at for at, word in enumerate(words) if at > 1 and word.lower() in small), len(words))
    return " ".join(words[:ends])


def _told(text: str, hearing: Hearing, *, behind: bool = False, closing: bool = False) -> list[Part]:
    """What stands around a quotation, without what only says whose it was."""
    told = text.strip(" ,")
    tag = _tag(text, hearing.language) if behind else ""
    if tag:
        told = _going_on(told[len(tag) :], tag, hearing)
        if _is_beside_name(told, hearing.language) or _is_manner(told, hearing.language):
            return []
    if not re.search(r"\w", told):
        return []
    if not closing:
        bare = _without_tag(told, hearing)
        if bare != told:
            return [Part(text=capitalise(bare))] if bare else []
    told = told.strip(" ,.") if told[-1:] in ",. " else told
    told = told if told[-1] in ".!?:\u2026" else f"{told}." if closing else f"{told}:"
    return [Part(text=capitalise(told.lstrip(". ")))]


def _is_beside_name(told: str, language: Language) -> bool:
    """`le dice Pilar, la dueña.`: what only says who the speaker is."""
    words = re.findall(r"[^\W\d_]+", told.lower())
    led = words[:1] and words[0] in grammar_of(language).determiners
    return bool(led) and len(words) <= LONGEST_TAG and not happens(told, language) and told[-1:] in ".,"


def _is_manner(told: str, language: Language) -> bool:
    """`sin levantar la vista`: how it was said, which is nobody's sentence."""
    first = re.findall(r"[^\W\d_]+", told.lower())[:1]
    led = bool(first) and first[0] in grammar_of(language).words["prepositions"]
    return led and not happens(told, language)


def _without_tag(told: str, hearing: Hearing) -> str:
    """`El niño paga y contesta:` without what only says that now somebody speaks."""
    words = bank(hearing.language)["reported"]
    verbs = "|".join({*words["says"].split(), *words["asks"].split()})
    found = re.search(
        rf"(?:^|,? (?:{JOINED[hearing.language]}) )(?:le |lhe |him |her )?(?:{verbs})\s*:?$", told
    )
    if found and found.start():
        return f"{told[: found.start()]}." if happens(told[: found.start()], hearing.language) else told
    alone = re.fullmatch(rf"(\w+) (?:le |lhe )?(?:{verbs})(?: him| her)?\s*:?", told)
    return "" if alone and alone[1].lower() in SHE | HE else told


def _going_on(text: str, tag: str, hearing: Hearing) -> str:
    """`, y apaga la linterna` as a sentence of its own."""
    own = re.sub(rf"^[\s,]*(?:{JOINED[hearing.language]})\s+", "", text.strip(" ,"))
    if own == text.strip(" ,") or not own:
        return own
    if hearing.language != "en":
        # `pregunta ella, y apaga`: she does that as well.
        pronoun = re.search(r"(?<!\w)(?:ella|él|ela|ele)(?!\w)", tag)
        return f"{pronoun[0]} {own}" if pronoun else own
    who = subject_of(tag, hearing.people, "en", before=hearing.before)
    first = own.split()[0].lower()
    if who is None or first not in grammar_of("en").verbs.finite:
        return own
    return f"{'She' if who.look.presentation == 'woman' else 'He'} {own}"


def _sentence(said: str) -> str:
    said = said.strip().rstrip(",")
    return capitalise(said if said[-1:] in ".!?\u2026" else f"{said}.")
