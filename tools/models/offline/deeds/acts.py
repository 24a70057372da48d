"""What people do with words: ask for bread, thank, refuse, accuse. They are heard doing it.

`Pide perdón y le devuelve el reloj` is `Perdóneme.` and then `Le devuelve el reloj.`. The narrator keeps
what the words themselves do not say.
"""

from collections.abc import Iterator
from typing import Any

from state.script import Character, Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.by_calling import is_nameless
from tools.models.offline.speech.voice import called
from tools.models.offline.telling.reported import (
    AND,
    NEGATED,
    Reported,
    goes_on,
    listener_of,
    speaker_of_report,
    told_before,
    turned_piece,
)
from tools.models.offline.telling.said_by import Saying, english_pronouns, is_loose, owes_respect, stated
from tools.models.offline.telling.whose import happens, mentioned, subject_of
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.dice import Dice
from tools.models.offline.words.grammar import capitalise
from tools.models.offline.words.hearing import Hearing, Part
from tools.models.offline.words.timing import words_in

LONGEST_THING = 8
"""Words of what somebody asks for or offers."""
LONGEST_FOUND = 9
"""Words of what somebody finds out and says aloud."""
LONGEST_OWN = 11
"""Words in which somebody tells what they do not know or will not do."""
THEN = re.compile(r"^,? (?:and|but|y|pero|e|mas) |^,?(?:and|but|y|pero|e|mas) |^, (?:and|but|y|pero|e|mas) ")
TO = {"en": r"to", "es": r"a|al", "pt-BR": r"a|ao|à|para"}
PRONOUN = {"en": r"him|her|them|everyone|everybody", "es": r"a (?:él|ella|ellos)", "pt-BR": r"a (?:ele|ela)"}
CLITIC_FIRST = ("o", "a", "os", "as", "lhe", "lhes", "se", "me")
"""Portuguese words that begin no sentence."""


def act_parts(sentence: str, hearing: Hearing) -> list[Part]:
    """The sentence with what is done in words heard; nothing when nobody can surely be heard."""
    text = sentence.rstrip(" .")
    for head, tail in _cuts(text, hearing.language):
        act = _act(head, hearing)
        found = act or (turned_piece(head, hearing) if tail else [])
        if not found:
            continue
        speaker = next(part.speaker for part in found if part.speaker)
        more = _more(tail, speaker, hearing)
        closed = bool(act) or not tail or _is_closed(head, tail, hearing)
        if closed or any(part.speaker for part in more):
            return _as_one([*found, *more])
    return []


def _cuts(text: str, language: Language) -> Iterator[tuple[str, str]]:
    """What stands before and behind each `and` that a verb follows, at last the text whole."""
    verbs = grammar_of(language).verbs
    clitic = r"(?:no |não )?(?:(?:le|les|lo|la|los|las|se|me|lhe|lhes|o|a|os|as) )?"
    for found in re.finditer(rf",? (?:{AND[language]}|then|luego|depois),? ((?:[^,]{{3,30}}, )?)", text):
        tail = text[found.end() :]
        verb = re.match(rf"{clitic if language != 'en' else ''}([^\W\d_]+)", tail)
        form = verbs.finite.get(verb[1].lower()) if verb else None
        bare = form is None or form.bare or (language == "en" and verb is not None and verb[1] in verbs.bases)
        if not bare:
            lead = capitalise(found[1]) if found[1] else ""
            yield text[: found.start()], f"{lead}{tail}"
    yield text, ""


def _is_closed(head: str, tail: str, hearing: Hearing) -> bool:
    """Whether what is reported ends before the next verb: an order in the infinitive does."""
    english = hearing.language == "en" and re.search(r" (?:not )?to \w+", head) is not None
    return english and re.search(r"(?<!\w)(?:that|who|which) ", head) is None


def _more(tail: str, speaker: Character, hearing: Hearing) -> list[Part]:
    """What follows: more words, or what the same person does then."""
    if not tail:
        return []
    own = re.sub(r"^[^,]{3,30}, ", "", tail)
    text = f"{speaker.name} {own}"
    lead = tail[: len(tail) - len(own)].strip(" ,")
    said = _act(text, hearing) or turned_piece(text, hearing) or act_parts(text, hearing)
    if said:
        return [*([Part(text=f"{lead}:")] if lead else []), *said]
    return [Part(text=_told_on(tail, speaker, hearing.language))]


def _told_on(tail: str, speaker: Character, language: Language) -> str:
    """`y le devuelve el reloj` as a sentence of its own."""
    if language == "en":
        who = "She" if speaker.look.presentation == "woman" else "He"
        return f"{who} {tail}." if tail[:1].islower() else f"{tail}."
    if language == "pt-BR" and tail.split()[0].lower() in CLITIC_FIRST:
        return f"{speaker.name} {tail}."
    return f"{capitalise(tail)}."


def _as_one(parts: list[Part]) -> list[Part]:
    """What the same person says twice in a row is one line."""
    found: list[Part] = []
    for part in parts:
        last = found[-1] if found else None
        if last is not None and part.speaker is not None and last.speaker is part.speaker:
            found[-1] = Part(text=f"{last.text} {part.text}", speaker=part.speaker)
        else:
            found.append(part)
    return found


def _act(text: str, hearing: Hearing) -> list[Part]:
    """A clause in which somebody does something in words; nothing where it is not certain."""
    for act in bank(hearing.language)["acts"]["act"]:
        for verb in re.finditer(rf"(?<![\w-])(?:{act['told']})(?![\w-])", text):
            if NEGATED.search(text[: verb.start()]):
                continue
            found = _heard(act, text, verb, hearing)
            if found:
                return found
    ways = (_found_out, _of_oneself, _since_when, _recognised)
    return next((found for way in ways if (found := way(text, hearing))), [])


def _recognised(text: str, hearing: Hearing) -> list[Part]:
    """`É o ponto dela.` behind what she has just seen: `É o meu ponto.`."""
    words = bank(hearing.language)["acts"].get("recognised", {})
    found = re.fullmatch(words["own"], text) if words else None
    before, who = hearing.earlier[-1] if hearing.earlier else "", hearing.before
    sees = {*bank(hearing.language)["reported"]["perceives"].split()} & {*re.findall(r"\w+", before.lower())}
    if found is None or not sees or who is None or who not in hearing.people:
        return []
    hers = {"her": "woman", "his": "man", "dela": "woman", "dele": "man"}[found["whose"]]
    same = [one for one in hearing.people if one.look.presentation == hers]
    if who.look.presentation != hers or len(same) > 1:
        return []
    mine = words["mine"].get(found.groupdict().get("the", ""), words["mine"]["any"])
    said = str(words["said"]).format(is_=found["is"], mine=mine, what=found["what"])
    return [Part(text=said, speaker=who)]


def _since_when(text: str, hearing: Hearing) -> list[Part]:
    """`Ele já tem emprego faz dois meses.`: the other, who has just seen it, asks since when."""
    words = bank(hearing.language)["acts"]["since_when"]
    found = re.fullmatch(rf"(?P<fact>[^,:;]+?),? (?P<time>(?:{words['time']}) [\w ]{{3,24}})", text)
    before = hearing.earlier[-1] if hearing.earlier else ""
    sees = {*bank(hearing.language)["reported"]["perceives"].split()} & {*re.findall(r"\w+", before.lower())}
    if found is None or not sees or not happens(found["fact"], hearing.language):
        return []
    one = subject_of(found["fact"], hearing.people, hearing.language)
    seer = subject_of(before, hearing.people, hearing.language) or hearing.before
    if one is None or seer is None or one is seer or len(hearing.people) != 2 or seer not in hearing.people:
        return []
    asked = str(words["ask"])
    return [
        Part(text=f"{found['fact']}."), Part(text=asked, speaker=seer),
        Part(text=f"{capitalise(found['time'])}.", speaker=one),
    ]  # fmt: skip


def _of_oneself(text: str, hearing: Hearing) -> list[Part]:
    """`não reconhece o rosto`: what somebody does not know, cannot or will not, they tell the other."""
    verbs = bank(hearing.language)["acts"]["of_oneself"]["verbs"]
    found = re.search(rf"(?<![\w-])(?P<what>(?:{verbs})(?![\w-])[^:;\"«“]*)$", text)
    if found is None or len(hearing.people) < 2 or words_in(found["what"]) > LONGEST_OWN:
        return []
    pre = text[: found.start()]
    report = Reported(pre=pre, verb="", whom="", link="", what=found["what"])
    speaker = speaker_of_report(report, hearing)
    if speaker is None or goes_on(found["what"], hearing) or words_in(pre) > len(speaker.name.split()) + 1:
        return []
    listener = listener_of(report, speaker, hearing)
    she = "she" if speaker.look.presentation == "woman" else "he"
    clause = f"{she} {found['what']}" if hearing.language == "en" else found["what"]
    said = stated(clause, Saying(speaker=speaker, listener=listener, hearing=hearing))
    return [Part(text=said, speaker=speaker)] if said and said.count(",") == clause.count(",") else []


def _found_out(text: str, hearing: Hearing) -> list[Part]:
    """`finds the white is scorched`: what somebody finds out about a thing they say."""
    words = bank(hearing.language)["acts"]["found_out"]
    found = re.search(rf"(?<![\w-])(?:{words['verbs']}) (?P<what>{words['clause']})$", text)
    if (
        found is None
        or NEGATED.search(text[: found.start()])
        or mentioned(found["what"], hearing.cast, hearing.language)
    ):
        return []
    report = Reported(pre=text[: found.start()], verb="", whom="", link="", what=found["what"])
    speaker = speaker_of_report(report, hearing)
    if (
        speaker is None
        or not happens(found["what"], hearing.language)
        or words_in(found["what"]) > LONGEST_FOUND
    ):
        return []
    said = stated(
        found["what"],
        Saying(speaker=speaker, listener=listener_of(report, speaker, hearing), hearing=hearing),
    )
    if said is None or goes_on(found["what"], hearing):
        return []
    return [*told_before(report, hearing), Part(text=said, speaker=speaker)]


def _heard(act: dict[str, Any], text: str, verb: re.Match[str], hearing: Hearing) -> list[Part]:
    behind = text[verb.end() :]
    whom, what = ("", behind.strip()) if act.get("plain") else _whom(behind, hearing)
    verb_told = re.sub(r" (?:who keeps|for|to|a los|a las|a|os|as)$", "", verb[0])
    report = Reported(pre=text[: verb.start()], verb=verb_told, whom=whom, link="", what=what or "-")
    speaker = speaker_of_report(report, hearing)
    if speaker is None or not _fits(act, what, whom):
        return []
    listener = listener_of(report, speaker, hearing)
    saying = Saying(speaker=speaker, listener=listener, hearing=hearing)
    said = _words(act, what, saying, text)
    if said is None or words_in(said) > hearing.longest:
        return []
    kept = report if act["what"] != "kept" else None
    told = told_before(kept, hearing) if kept else [Part(text=f"{capitalise(text)}:")]
    then = [Part(text=f"{capitalise(THEN.sub('', what))}.")] if act["what"] == "then" and what else []
    return [*told, Part(text=said, speaker=speaker), *then]


def _whom(behind: str, hearing: Hearing) -> tuple[str, str]:
    """To whom it is said and what follows: `her daughter` and `a cup of tea`."""
    text = behind.strip()
    names = mentioned(text, hearing.cast, hearing.language)
    to = TO[hearing.language]
    for one in names:
        before, after = text[: one.start].strip(), text[one.end :].strip()
        if re.fullmatch(rf"(?:{to})?", before) and before + after != text:
            return text[one.start : one.end], after
        led = re.search(rf"(?:^| )(?:{to})(?: (?:don|doña|dona|seu))?$", before)
        if not after and led:
            return text[one.start : one.end], before[: led.start()].strip()
    found = re.match(rf"({PRONOUN[hearing.language]})(?!\w)(?: |$)", text)
    owner = (
        found
        and hearing.language == "en"
        and found[1] == "her"
        and not text.startswith(("her a ", "her the "))
    )
    if found and not (owner and len(text.split()) > 1):
        return found[1], text[found.end() :].strip()
    return "", text


def _fits(act: dict[str, Any], what: str, whom: str) -> bool:
    """Whether what follows the verb is what this act needs."""
    kind = act["what"]
    if kind == "nothing":
        return not what and (bool(whom) or not act.get("whom"))
    if kind == "then":
        return not what or THEN.match(what) is not None
    if kind == "kept" and act.get("anyone"):
        return bool(what) and words_in(what) <= LONGEST_THING
    if kind == "kept":
        return (not what or what.startswith((",", "de ", "of "))) and bool(whom)
    first = what.split()[0].lower() if what else ""
    thing = bool(what) and words_in(what) <= LONGEST_THING and not re.search(r"[,:;\"«“]", what)
    begins = (
        not act["begins"] or first in act["begins"].split() or (bool(act.get("bare")) and " " not in what)
    )
    return thing and begins and first not in act.get("never", "").split()


def _words(act: dict[str, Any], what: str, saying: Saying, text: str) -> str | None:
    """What is said, in the register of those two."""
    language = saying.hearing.language
    thing = _own(what, saying, offered=act.get("own", False)) if act["what"] == "thing" else ""
    if thing is None or _has_a_verb(thing, language) or goes_on(thing, saying.hearing):
        return None
    polite = owes_respect(saying)
    forms = act.get("polite", act["said"]) if polite else act["said"]
    by_name = saying.listener is not None and not is_nameless(saying.listener)
    forms = [one for one in forms if by_name or "{name}" not in one]
    if not forms:
        return None
    sex = "a" if saying.speaker.look.presentation == "woman" else "o"
    named = called(saying.listener) if saying.listener else ""
    senhor = "a senhora" if saying.listener and saying.listener.look.presentation == "woman" else "o senhor"
    form: str = Dice(text).pick(forms, "act")
    words = form.replace("{What}", capitalise(thing)).replace("{what}", thing)
    return words.replace("{name}", named).replace("{o}", sex).replace("{senhor}", senhor)


def _own(what: str, saying: Saying, *, offered: bool) -> str | None:
    """`his whole garden` as `my whole garden`; None where it may be somebody else's."""
    if saying.hearing.language == "en":
        text = english_pronouns(what, mine=saying.speaker, yours=saying.listener)
    else:
        text = _romance_own(what, saying.hearing.language) if offered else what
    return None if text is None or (text and is_loose(text, saying)) else text


def _romance_own(what: str, language: Language) -> str:
    if language == "es":
        return re.sub(r"(?<!\w)su(s?)(?!\w)", r"mi\1", what)
    what = re.sub(r"(?<!\w)seu(s?)(?!\w)", r"meu\1", what)
    return re.sub(r"(?<!\w)sua(s?)(?!\w)", r"minha\1", what)


def _has_a_verb(thing: str, language: Language) -> bool:
    """Whether more than a thing is named: `the bread that he has baked`."""
    relatives = grammar_of(language).words["relatives"]
    words = re.findall(r"\w+", thing.lower())
    return any(word in relatives for word in words)
