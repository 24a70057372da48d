"""What a brief says that somebody says, asks, orders or promises, as they say it themselves.

`Asks whether anyone has handed in a glove` is heard as `Has anyone handed in a glove?`. Only where
person, number and pronouns are certain; everything else the narrator tells.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from state.script import Character, Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.by_calling import is_nameless
from tools.models.offline.telling.orders import base_of_wished, ordered
from tools.models.offline.telling.questions import asked
from tools.models.offline.telling.said_by import Saying, stated, undertaken
from tools.models.offline.telling.told_whom import BEGINS, whom_in
from tools.models.offline.telling.whose import (
    HE,
    SHE,
    another_does,
    begins_with_verb,
    happens,
    is_written,
    mentioned,
    subject_of,
)
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.grammar import capitalise
from tools.models.offline.words.hearing import Hearing, Part
from tools.models.offline.words.timing import words_in

LONGEST = 16
"""Words that somebody is let say of what is only reported."""
ASIDE = 2
"""Words beside the name with which the telling of who speaks says nothing new."""
MODAL = ("can", "could", "will", "would", "must", "should", "cannot", "can't")
"""What nobody does in a brief: behind `and` it goes on with what is said."""
AND = {"en": "and", "es": "y|e", "pt-BR": "e"}
AND_THAT = re.compile(r"(?P<and>,? (?:and|but|y|e|pero|mas)) (?:that|que)(?= \w)")
SO = {"en": "so|so then|and so", "es": "así que|por eso|entonces", "pt-BR": "então|por isso|e então"}
NEGATED = re.compile(
    r"(?<!\w)(?:not|never|no|nunca|jamás|não|jamais|tampoco|to|nobody|nadie|ninguém)\s*$", re.I
)
WHOM = (
    r"(?: (?:ela|ele|a [A-Z][^\W\d_]+|[A-Z][^\W\d_]+"
    r"|(?:o|a|al|ao|à|a la|el|la) [a-zà-ú]{4,}(?= [a-zà-ú]+r(?:se)?(?:$|\W))))?"
)
"""Who is told to do something: `manda ela ligar o carro`, `manda o menino remar`."""
SUBJECT = r"(?! (?:he|she|it|they|there|I|we)(?:'\w+)? )"
"""`says he will`: what is said begins at once."""
ASIDE_BESIDE = re.compile(
    r"(?P<who>[^,.;:]*[A-ZÁÉÍÓÚÂÊÔÃÕ][\w-]+), (?P<aside>[^,.;:]{2,48}), (?P<deed>[a-zà-ú][^;:]+)$"
)
"""A name with something beside it that is no deed."""
CLITICS = "lo|la|los|las|le|les|se|o|a|os|as"
CALLED = re.compile(r" (?:called|named|known as|llamad[oa]|chamad[oa]|de nombre|de nome) $")
RELATING = re.compile(
    r"(?:, (?:who|quien|quem)|, que|(?<=[a-z]) who)(?: le| lhe| só| solo| always| only)?\s*$"
)
TAIL = re.compile(r", con (la|el) (?:que|cual) (.+)$")
RELATIVE = re.compile(
    r", (?:who|which|whom|whose|con|que|quien|cuyo|cuya|com|quem|cuja|cujo|but|pero|mas)(?!\w)"
)


@dataclass(frozen=True, kw_only=True)
class Reported:
    """A sentence in which somebody says something."""

    pre: str
    verb: str
    whom: str
    link: str
    what: str


def reported_parts(sentence: str, hearing: Hearing) -> list[Part]:
    """The sentence with what is said in it heard; nothing when nobody can surely be heard."""
    parts: list[Part] = []
    pieces = re.split(r"(?<=;) ", sentence)
    for piece in pieces:
        own = piece.rstrip(" .;")
        parts += turned_piece(own, hearing) or _beside_aside(own, hearing) or [Part(text=_ended(piece))]
    return parts if any(part.speaker for part in parts) else []


def _beside_aside(text: str, hearing: Hearing) -> list[Part]:
    """`Geraint, calm as anything, asks her to step away`: heard all the same, and told how he says it."""
    found = ASIDE_BESIDE.match(text)
    if found is None or happens(found["aside"], hearing.language):
        return []
    # `Behind her Geraint`: he does it, wherever he stands.
    name = re.search(r"[A-ZÁÉÍÓÚÂÊÔÃÕ][\w-]+(?: [A-ZÁÉÍÓÚÂÊÔÃÕ][\w-]+)*$", found["who"])
    parts = turned_piece(f"{name[0] if name else found['who']} {found['deed']}", hearing)
    spoken = [part for part in parts if part.speaker]
    return (
        [Part(text=f"{found['who']}, {found['aside']}:"), *spoken] if len(spoken) == len(parts) == 1 else []
    )


def behind_colon(lead: str, what: str, hearing: Hearing, *, speaker: Character | None = None) -> Part | None:
    """`El viejo lo reta: nadie arregla un zapato solo`: what stands behind is said by who does it.

    What somebody sees or finds they say as well, when it is a whole sentence. `speaker` is known to speak.
    """
    language = hearing.language
    words = bank(language)["reported"]
    retorts = {*words["retorts"].split(), *words["says"].split(), *words["asks"].split()}
    verbs = "|".join(sorted(retorts | {*words["perceives"].split()}, key=len, reverse=True))
    found = list(re.finditer(rf"(?<![\w-])({verbs})(?![\w-])", lead))
    report = Reported(pre=lead, verb="", whom="", link=":", what=what)
    if speaker is None and (not found or NEGATED.search(lead[: found[-1].start()])):
        return None
    joined = re.search(rf" (?:{AND[language]}) (?P<deed>.+)", lead[found[-1].end() :]) if found else None
    if speaker is None and joined and happens(joined["deed"], language):
        return None
    if speaker is None:
        report = Reported(pre=lead[: found[-1].start()], verb=found[-1][1], whom="", link=":", what=what)
        speaker = speaker_of_report(report, hearing)
    if speaker is None or (report.verb not in retorts and not _may_be_thought(what, speaker, hearing)):
        return None
    listener = listener_of(report, speaker, hearing)
    text = stated(what.rstrip(" .;"), Saying(speaker=speaker, listener=listener, hearing=hearing))
    if text is None or words_in(text) > min(LONGEST, hearing.longest) or text.count(",") != what.count(","):
        return None
    return Part(text=text, speaker=speaker)


def _may_be_thought(what: str, speaker: Character, hearing: Hearing) -> bool:
    """Whether what somebody finds is a sentence of its own and about nobody of the story."""
    others = [one for one in mentioned(what, hearing.cast, hearing.language) if one.who is not speaker]
    parts = [part for one in hearing.cast for part in one.name.split()]
    known = any(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", what) for part in parts)
    return not others and not known and _is_whole(what, hearing.language)


def _is_whole(what: str, language: Language) -> bool:
    """Whether a clause has a subject and a verb, or a verb that needs none."""
    grammar = grammar_of(language)
    first = what.split()[0].lower()
    begins = first in grammar.determiners | grammar.pronouns | grammar.words["prepositions"] | {
        "there",
        "nobody",
    }
    return happens(what, language) and (
        begins or first in grammar.verbs.finite or first in ("nadie", "ninguém")
    )


def colon_parts(sentence: str, hearing: Hearing) -> list[Part]:
    """A sentence with a colon behind which somebody speaks; nothing when nobody surely does."""
    lead, colon, what = sentence.partition(": ")
    part = behind_colon(lead, what, hearing) if colon and what[:1].islower() else None
    if part is None:
        return []
    words = bank(hearing.language)["reported"]
    said = {*words["retorts"].split(), *words["says"].split()}
    bare = words_in(lead) <= ASIDE + 2 and bool(said & {*re.findall(r"\w+", lead.lower())})
    return [part] if bare else [Part(text=_ended(lead)), part]


def turned_piece(text: str, hearing: Hearing) -> list[Part]:
    """One clause with a verb of saying as what is told before and what is said; nothing when unsure."""
    found = _found(text, hearing)
    speaker = speaker_of_report(found, hearing) if found else None
    if (
        found is None
        or speaker is None
        or _is_cut(found.whom, hearing)
        or _of_another(found, speaker, hearing)
    ):
        return []
    saying = Saying(speaker=speaker, listener=listener_of(found, speaker, hearing), hearing=hearing)
    own, colon, behind = found.what.partition(": ") if found.link != ":" else (found.what, "", "")
    own = AND_THAT.sub(r"\g<and>", own)
    what, tail = _with_tail(own, hearing)
    tail += [Part(text=_ended(capitalise(behind)))] if colon else []
    said = _said(found, what, saying)
    if said is None or words_in(said) > min(LONGEST, hearing.longest):
        return []
    said, where = _without_place(said, hearing)
    return [*where, *told_before(found, hearing), Part(text=said, speaker=speaker), *tail]


def _of_another(found: Reported, speaker: Character, hearing: Hearing) -> bool:
    """`Frank's bench is empty. A nurse says that he fell`: the one who was named, not who says it."""
    sex = {"she": "woman", "ella": "woman", "ela": "woman", "he": "man", "él": "man", "ele": "man"}.get(
        found.what.split()[0].lower()
    )
    listener = listener_of(found, speaker, hearing)
    others = [one for one in hearing.cast if one not in (speaker, listener) and one.look.presentation == sex]
    return is_nameless(speaker) and any(not is_nameless(one) for one in others)


def _is_cut(whom: str, hearing: Hearing) -> bool:
    """`reconoce su pieza, la que estrenó`: no verb of saying at all."""
    last = re.findall(r"\w+", whom)[-1:]
    articles = grammar_of(hearing.language).words["articles"]
    first = whom.split()[0].lower() if whom else ""
    thing = hearing.language != "en" and first in articles
    # `reconoce la medalla que lleva`: nobody is told anything.
    thing = thing and not mentioned(whom, hearing.cast, hearing.language)
    return thing or (bool(last) and last[0].lower() in articles)


def _without_place(said: str, hearing: Hearing) -> tuple[str, list[Part]]:
    """`through the window of my flat in Cork`: at the very beginning the narrator says where we are."""
    found = re.search(r" (?:in|en|em) ([A-Z][^\W\d_]+(?: [A-Z][^\W\d_]+)*)(?=[.!?]$)", said)
    if found is None or hearing.earlier:
        return said, []
    return said[: found.start()] + said[found.end() :], [Part(text=f"{found[1]}.")]


def _said(found: Reported, what: str, saying: Saying) -> str | None:
    """The words themselves, with those of a second verb of saying behind them."""
    words = bank(saying.hearing.language)["reported"]
    first, second = _two(what, saying)
    if RELATIVE.search(first) or goes_on(first, saying.hearing):
        return None
    text = _wished_first(first, found, saying)
    bare = saying.hearing.language == "en" and not found.link
    that = bare or found.link in (*words["that"].split(), ":")
    first = _of_the_speaker(first, found, saying) if that else first
    if text is None and that and found.verb in words["says"].split():
        text = stated(first, saying, swears=found.verb in words["swearing"].split())
    if text is None and found.verb in words["asks"].split():
        text = asked(first, found.link, saying)
    if text is None and found.verb in words["orders"].split():
        text = ordered(
            first, found.link, saying, begs=found.verb in words["begging"].split(), verb=found.verb
        )
    if text is None:
        text = undertaken(first, found.verb, found.link, saying)
    if text is None or not second:
        return text
    more = _found(second, saying.hearing)
    added = _said(more, more.what, saying) if more is not None and not more.pre.strip() else None
    return f"{text} {added}" if added else None


def _wished_first(what: str, found: Reported, saying: Saying) -> str | None:
    """`grita que abra la caja` is an order, whatever else one can shout."""
    words, language = bank(saying.hearing.language)["reported"], saying.hearing.language
    verb = what.split()[0].lower()
    verb = what.split()[1].lower() if verb in ("no", "não") and " " in what else verb
    both = found.verb in words["orders"].split() and found.verb in words["says"].split()
    sure = both and language != "en" and verb not in grammar_of(language).verbs.finite
    if not sure or found.link not in words["that"].split() or base_of_wished(verb, language) is None:
        return None
    return ordered(what, found.link, saying, begs=False, verb=found.verb)


def _of_the_speaker(what: str, found: Reported, saying: Saying) -> str:
    """`le explica que su bebé tiene fiebre`: whoever explains speaks of their own."""
    words, language = bank(saying.hearing.language)["reported"], saying.hearing.language
    if language == "en" or found.verb not in words["of_oneself"].split():
        return what
    mine = {"su": "mi", "sus": "mis", "seu": "meu", "seus": "meus", "sua": "minha", "suas": "minhas"}
    own, _, rest = what.partition(" ")
    return f"{mine[own]} {rest}" if own in mine else what


def _two(what: str, saying: Saying) -> tuple[str, str]:
    """`la han echado` and `pregunta por un alquiler` of `la han echado y pregunta por un alquiler`."""
    words = bank(saying.hearing.language)["reported"]
    verbs = "|".join({*words["says"].split(), *words["asks"].split(), *words["orders"].split()})
    found = re.search(rf",? (?:{AND[saying.hearing.language]}) ((?:{verbs}) .+)$", what)
    return (what[: found.start()], found[1]) if found else (what, "")


def goes_on(what: str, hearing: Hearing) -> bool:
    """Whether a second verb may be somebody's deed and not their words: `he is tired and leaves`."""
    grammar = grammar_of(hearing.language)
    joints = f"{AND[hearing.language]}|but|pero|mas"
    for found in re.finditer(rf"(?<!\w)(?:{joints}) (?:(?:{CLITICS}) )?([^\W\d_]+)", what):
        word = found[1].lower()
        form = grammar.verbs.finite.get(word)
        bare = form is None or form.bare or (hearing.language == "en" and word in grammar.verbs.bases)
        if not bare and word not in grammar.determiners and word not in MODAL:
            return True
    return False


def _found(text: str, hearing: Hearing) -> Reported | None:
    """The first verb of saying with what is said."""
    words = bank(hearing.language)["reported"]
    if hearing.language == "pt-BR":
        # `diz para ela esperar`: whoever is told to do it does not change it.
        text = re.sub(r"(?<=[aez]) para (?:ele|ela) (?=(?:não )?[^\W\d_]+r(?!\w))", " ", text)
    kinds = {kind: words[kind].split() for kind in ("says", "asks", "orders", "undertakes")}
    verbs = "|".join(sorted({one for kind in kinds.values() for one in kind}, key=len, reverse=True))
    links = words["links"]
    for verb in re.finditer(rf"(?<![\w-])({verbs})(?![\w-])", text):
        if NEGATED.search(text[: verb.start()]):
            continue
        behind = text[verb.end() :]
        found = re.match(
            rf"{SUBJECT}"
            rf"(?P<whom>(?: (?!(?:{links})(?!\w))[^\s:;]+){{0,8}}?),? (?P<link>{links}) (?P<what>.+)$",
            behind,
        )
        found = found or re.match(
            rf"(?P<whom>{WHOM})(?P<link>(?: (?:no|não))?) (?P<what>[^\W\d_]+r(?:se)?(?: .+|$))", behind
        )
        colon = re.match(r": (.+)$", behind)
        if colon and verb[1] in kinds["says"]:
            return Reported(pre=text[: verb.start()], verb=verb[1], whom="", link=":", what=colon[1])
        if found:
            return Reported(
                pre=text[: verb.start()], verb=verb[1], whom=found["whom"].strip(),
                link=found["link"].strip(), what=found["what"],
            )  # fmt: skip
        bare = _bare(text, verb, hearing)
        if bare is not None:
            return bare
    return None


def _bare(text: str, verb: re.Match[str], hearing: Hearing) -> Reported | None:
    """`He says it opens nothing`, `tells her parents she is engaged`: English may leave out `that`."""
    if hearing.language != "en" or verb[1] not in bank("en")["reported"]["says"].split():
        return None
    behind = text[verb.end() :]
    found = re.match(r"(?P<whom>(?: [^\s:;,]+){0,4}?) (?P<what>(?:he|she|it|there)(?:'s|'ll)? .+)$", behind)
    found = found or re.match(rf"(?P<whom>{whom_in(verb[1])}) (?P<what>(?:{BEGINS}) .+)$", behind)
    found = found or re.match(r"(?P<whom>) (?P<what>(?:yes|no|never|nothing|maybe)(?: .{1,12})?)$", behind)
    found = found or re.match(
        r"(?P<whom>) (?P<what>(?:since|for|in|at|from|not|only|because of) [\w ]{2,24})$", behind
    )
    if found is not None and _is_order(behind.split()):
        # `says round it down`: nobody is told `it down`.
        found = None
    if found is None:
        return _told_as_is(text, verb)
    return Reported(
        pre=text[: verb.start()], verb=verb[1], whom=found["whom"].strip(), link="", what=found["what"]
    )


def _is_order(words: Sequence[str]) -> bool:
    """Whether the words begin with what somebody may be told to do: `round it down`, `take`."""
    particles = bank("en")["reported"]["particles"].split()
    put = len(words) > 2 and words[1] in ("it", "them") and words[2].strip(".,") in particles
    return put or (bool(words) and words[0] in grammar_of("en").verbs.bases)


def _told_as_is(text: str, verb: re.Match[str]) -> Reported | None:
    """`says round it down`, `says take the money`: an order as it was given."""
    words = text[verb.end() :].split()
    grammar = grammar_of("en")
    small = grammar.words["prepositions"] | grammar.words["adverbs"]
    objects = {"it", "them", "me", "us", "him"}
    objects |= set() if words[:1] and words[0] in small else grammar.determiners
    fits = verb[1] in ("says", "say") and len(words) > 1 and words[1] in objects and _is_order(words)
    if not fits or happens(" ".join(words[1:]), "en"):
        return None
    return Reported(pre=text[: verb.start()], verb="orders", whom="", link="to", what=" ".join(words))


def speaker_of_report(found: Reported, hearing: Hearing) -> Character | None:
    """Who says it: named before the verb with no other verb between, or left out and still the same."""
    language = hearing.language
    if is_written(f"{found.pre} {found.verb}", language):
        return None
    pre = found.pre
    if RELATING.search(pre):
        # `a chave está com Osmar, o gerente, que jura`: whoever is named right before.
        names = mentioned(pre, hearing.cast, language)
        return names[-1].who if names and names[-1].who in hearing.people else None
    named = subject_of(pre, hearing.cast, language, before=hearing.before)
    # A pronoun means nobody the story has not brought on.
    named = named or subject_of(pre, hearing.people, language, before=hearing.before)
    if named is not None and another_does(pre, hearing.cast, language):
        # `He has spent it when the parrot opens an eye and asks for coffee.`
        return None
    if named is not None:
        met = [one for one in mentioned(pre, hearing.cast, language) if one.who is named]
        first = met[-1] if met else None
        head = CALLED.sub(" ", pre[: first.start].rpartition(",")[2]) if first else ""
        # `Llega Inés y le pide`: who comes first in deed comes second in words.
        comes = grammar_of(language).drops_subjects and words_in(head) == 1
        return named if named in hearing.people and (comes or not happens(head, language)) else None
    begins = not pre.strip() or begins_with_verb(f"{pre} {found.verb}", language)
    led = re.match(
        r"(?:En|Em|No|Na|Al|Ao|À|Desde|Por|Con|Com|Después|Depois|Luego|Então|Entonces)(?!\w)", pre
    )
    left_out = (
        grammar_of(language).drops_subjects and (begins or led) and not happens(pre.split(",")[0], language)
    )
    left_out = left_out or (begins and grammar_of(language).drops_subjects)
    return hearing.before if left_out and hearing.before in hearing.people else None


def listener_of(found: Reported, speaker: Character, hearing: Hearing) -> Character | None:
    """Whom it is said to: whoever is named, else the only other one here; nobody when it is a stranger."""
    named = [one.who for one in mentioned(found.whom, hearing.cast, hearing.language)]
    if named:
        return named[0]
    beside = [
        one.who for one in mentioned(found.pre, hearing.cast, hearing.language) if one.who is not speaker
    ]
    if beside and not found.whom:
        # `llega al taller de don Hermógenes y pide que arregle`
        return beside[-1]
    others = [one for one in hearing.people if one is not speaker]
    first = found.what.split()[0].lower()
    sex = "woman" if first in SHE else "man" if first in HE else ""
    meant = [one for one in others if one.look.presentation == sex]
    if (
        len(meant) == 1
        and not found.whom
        and found.verb in bank(hearing.language)["reported"]["asks"].split()
    ):
        # `pergunta de onde ela conhecia`: whoever is asked.
        return meant[0]
    whom = "" if _is_beside(found.whom, hearing) else found.whom
    pronoun = re.fullmatch(r"(?:him|her|a ella|a él|le|lhe)?", whom.strip().lower())
    return others[0] if len(others) == 1 and pronoun else None


def _with_tail(what: str, hearing: Hearing) -> tuple[str, list[Part]]:
    """`la vecina, con la que no se hablan`: what only the narrator knows stays the narrator's."""
    found = TAIL.search(what) if hearing.language == "es" else None
    if found is None:
        return what, []
    whom = "ella" if found[1] == "la" else "él"
    return what[: found.start()], [Part(text=f"Con {whom} {found[2]}.")]


def _listed(text: str, language: Language) -> str:
    """`sits down, takes the rope` with the `and` that went with what followed."""
    head, comma, last = text.rpartition(", ")
    first = last.split()[0].lower() if last else ""
    form = grammar_of(language).verbs.finite.get(first)
    if not comma or form is None or form.bare or first in grammar_of(language).determiners:
        return text
    if not happens(head, language):
        # `The inspector, Neide, comes`: nothing was done before the comma.
        return text
    joint = {"en": "and", "es": "e" if re.match(r"h?i(?!e)", first) else "y"}.get(language, "e")
    return f"{head} {joint} {last}"


def _leading(language: Language) -> set[str]:
    """Words with which a sentence says when or where something happens."""
    return {*bank(language)["reported"]["leading"].split()} | grammar_of(language).words["prepositions"]


def _is_beside(whom: str, hearing: Hearing) -> bool:
    """`whispers from above that`: how it is said, to nobody in particular."""
    first = whom.split()[0].lower() if whom else ""
    to = {"to", "at", "a", "al", "ao", "à", "para"}
    return first in grammar_of(hearing.language).words["prepositions"] and first not in to


def told_before(found: Reported, hearing: Hearing) -> list[Part]:
    """What is told before: who speaks, when the words around it say more than that."""
    pre = found.pre.strip()
    joined = re.match(rf"(.+?),? (?:{AND[hearing.language]}|then|luego)$", pre)
    if joined and happens(joined[1], hearing.language):
        return [Part(text=_ended(capitalise(_listed(joined[1], hearing.language))))]
    led = _led_to(pre, found, hearing)
    if led:
        return [Part(text=_ended(capitalise(led)))]
    names = mentioned(pre, hearing.cast, hearing.language)
    if names and names[0].start and pre[: names[0].start].split()[0].lower() in _leading(hearing.language):
        # `Every Tuesday Ana`: when it is nobody says.
        return [Part(text=capitalise(f"{pre} {found.verb} {found.whom}".strip(" ,")) + ":")]
    if _introduces(pre, hearing):
        return [Part(text=capitalise(f"{pre} {found.verb} {found.whom}".strip(" ,")) + ":")]
    known = sum(words_in(pre[one.start : one.end]) for one in names)
    if (
        words_in(pre) - known <= ASIDE
        and words_in(found.whom) <= ASIDE
        and not _is_beside(found.whom, hearing)
    ):
        return []
    whom = found.whom.strip(" ,")
    return [Part(text=capitalise(f"{pre} {found.verb} {whom}".strip()) + ":")]


def _introduces(pre: str, hearing: Hearing) -> bool:
    """Whether words before a verb say for the first time who it is: `Petra, the conductor,`."""
    names = re.findall(r"(?<!\w)[A-ZÀ-Ý][\w'\u2019-]{2,}", pre)
    new = any(one not in " ".join(hearing.earlier) for one in names[-1:])
    return new and pre.rstrip().endswith(",") and ", " in pre.strip() and not happens(pre, hearing.language)


def _led_to(pre: str, found: Reported, hearing: Hearing) -> str:
    """`She wants him to talk` of `She wants him to talk, so she asks him`: who asks is heard."""
    who = "|".join(sorted(SHE | HE))
    joint = re.fullmatch(rf"(.+), (?:{SO[hearing.language]})(?: (?:{who}))?(?: (?:le|lhe))?", pre)
    plain = words_in(found.whom) <= 1 and not _is_beside(found.whom, hearing)
    return joint[1] if joint and plain and happens(joint[1], hearing.language) else ""


def _ended(text: str) -> str:
    text = text.strip(" ;,")
    return text if text[-1:] in ".!?:\u2026" else f"{text}."
