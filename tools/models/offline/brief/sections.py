"""A brief in sections: `CHARACTERS`, `STORY`, `NOTES`, scenes with their numbers and slugs, as prose.

What is listed of the people goes into brackets behind their names, a logline that the story tells again
is left out, and what stands under `NOTES` is the production's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from state.script import Language
from tools.models.offline.brief.counted import uncounted
from tools.models.offline.brief.labelled import BULLET, adds, is_long, parted, without_titles
from tools.models.offline.brief.letter_case import marks
from tools.models.offline.brief.named_by_role import with_name
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.people import person_words
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.grammar import capitalise

Kind = Literal["plain", "people", "story", "short", "head", "notes", "film", "close"]
KINDS: tuple[Kind, ...] = ("people", "story", "short", "head", "film", "notes", "close")
WHO: dict[Language, str] = {"en": "who", "es": "que", "pt-BR": "que"}
HONOURS = frozenset(("mr", "mrs", "ms", "dr"))
PERSON = re.compile(
    r"(?P<name>[^\d,;:()\u2013\u2014]{2,40}?)\s*(?:[,:(\u2013\u2014]|\s-\s)\s*(?P<look>[^\n]+)"
)
LISTED = re.compile(
    r";(?![^()]*\))|\n+|(?<=\))\s*[,.]\s+(?=[^\W\d_a-z])"
    # `Begoña, 46, gafas rojas. Iván, 33, corpulento.`
    r"|\.\s+(?=[A-ZÀ-Ý][^\d,;:.()]{1,40}(?: \([^()]*\))?[,:] )"
)


@dataclass(frozen=True, kw_only=True)
class Section:
    """A label of a brief and what stands under it."""

    kind: Kind
    text: str
    label: str = ""


def as_prose(text: str, language: Language) -> str:
    """The text with nothing of its labels, lists and numbers."""
    text = uncounted(_without_slugs(text, language), language)
    parts = sections_in(text, language)
    if all(one.kind == "plain" for one in parts):
        return unlisted(without_titles(text, language))
    told = [one for one in parts if one.kind in ("plain", "story", "head", "close") and one.text.strip()]
    long = [one.text for one in told if one.kind in ("story", "plain") and is_long(one.text)]
    if not long or any(one.kind == "short" and adds(one.text, " ".join(long), language) for one in parts):
        told = [one for one in parts if one.kind in ("short", "plain", "story", "head", "close")]
    story = "\n".join(_written_out(one) for one in told)
    listed = [one for part in parts if part.kind == "people" for one in people_in(part.text)]
    return _with_looks(without_titles(story, language), listed, language)


def sections_in(text: str, language: Language) -> list[Section]:
    """The sections in their order; what stands before the first label is plain."""
    table: Table = bank(language)["manuscript"]["labels"]
    names = "|".join(f"(?P<{kind}>{table[kind]})" for kind in KINDS)
    pattern = re.compile(
        rf"(?m)^[^\S\n]*(?:[#*_>\u2022-]+[^\S\n]*)?(?:{names})[*_]*[^\S\n]*(?::[*_]*|(?=\n|$))[^\S\n]*",
        re.IGNORECASE,
    )
    labels = list(pattern.finditer(text))
    starts = [*(one.start() for one in labels), len(text)]
    found = [Section(kind="plain", text=text[: starts[0]])]
    for at, label in enumerate(labels):
        kind = next(one for one in KINDS if label[one])
        own, rest = parted(kind, label[kind], text[label.end() : starts[at + 1]], language)
        found += [Section(kind=kind, text=own, label=label[kind]), Section(kind="plain", text=rest)]
    return [one for one in found if one.text.strip()]


def people_in(text: str) -> list[tuple[str, str]]:
    """Names and looks of a list of people."""
    found = []
    for line in LISTED.split(BULLET.sub("", text)):
        person = PERSON.match(line.strip(" .*_"))
        if person and person["name"].strip(" *_")[:1].isupper():
            found.append((_name(person["name"].strip(" *_")), person["look"].strip(" ).*_")))
    return found


def _name(name: str) -> str:
    return name.title() if name.isupper() else name


def _with_looks(story: str, people: Sequence[tuple[str, str]], language: Language) -> str:
    """The story with everybody's look in brackets where they are first named."""
    for name, look in people:
        for called in _callings(name, language):
            found = re.search(rf"(?<!\w){re.escape(called)}(?!\w)(?! ?\()", story, re.IGNORECASE)
            if found:
                told = f"{_in_full(name, found[0], language)}{_noted(look, language)}"
                story = f"{story[: found.start()]}{told}{story[found.end() :]}"
                break
        else:
            story = with_name(story, name, look, language)
    return story


def _noted(look: str, language: Language) -> str:
    """What a list says of somebody, in brackets; a deed alone as a clause: `, who wants a statue,`."""
    first = re.match(r"[^\W\d_]+(?= [^,;()]+$)", look)
    form = grammar_of(language).verbs.finite.get(first[0].lower()) if first else None
    if form is not None and not form.bare and look.lower().split()[0] not in _small(language):
        return f", {WHO[language]} {look.rstrip(' .')},"
    brackets = look.replace("(", ", ").replace(")", ", ")
    return f" ({brackets})"


def _small(language: Language) -> frozenset[str]:
    grammar = grammar_of(language)
    trades = person_words(bank(language)["reading"])
    return grammar.determiners | grammar.words["prepositions"] | grammar.words["not_verbs"] | trades


def _in_full(name: str, called: str, language: Language) -> str:
    """`Maureen` is told once with her surname; a rank of the list stays there: `Councillor Miles Dale`."""
    whole = called == _callings(name, language)[-1] or name.lower() == called.lower()
    return name if whole else called


def _callings(name: str, language: Language) -> list[str]:
    """By which words a story may first speak of `Doña Amparo Arrieta`: with her title or without."""
    titles = {one.lower() for one in bank(language)["reading"]["titles"]}
    titles |= HONOURS | {*bank(language)["people"]["ranks"].split()}
    words = name.split()
    titled = [one for one in words[:-1] if one.rstrip(".").lower() in titles]
    bare = words[len(titled) :] if words[: len(titled)] == titled else words
    led = [" ".join((*titled, bare[0]))] if titled else []
    last = [words[-1]] if titled else []
    return [name, *led, *last, bare[0]]


def _written_out(section: Section) -> str:
    text = unlisted(section.text.strip())
    if section.kind == "close":
        lines = [_stopped(line) for line in text.split("\n")]
        return "\n".join([f"{section.label}: {lines[0]}", *lines[1:]])
    return _stopped(capitalise(text))


def unlisted(text: str) -> str:
    """Every bullet as a sentence of its own."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        bare = BULLET.sub("", line)
        followed = at + 1 < len(lines) and (not lines[at + 1].strip() or BULLET.match(lines[at + 1]))
        if bare != line:
            lines[at] = _stopped(capitalise(bare))
        elif followed and line.strip():
            lines[at] = _stopped(line)
    return "\n".join(lines)


def _stopped(line: str) -> str:
    plain = line.rstrip()
    return plain if not plain or re.search(r"[.!?\u2026:;,][\"\u201d\u00bb')]*$", plain) else f"{plain}."


def _without_slugs(text: str, language: Language) -> str:
    """`SCENE 2 - INT. KITCHEN - NIGHT. 1963` is `Kitchen, night, 1963.`."""
    table: Table = bank(language)["manuscript"]["slugs"]
    numbered = rf"(?:{table['scene']})\.?[^\S\n]*\d{{1,2}}[^\S\n]*(?:[.:)\u2013\u2014-]+[^\S\n]*|(?=\n))"
    inside = r"(?:INT|EXT|I/E)(?:\.?/(?:INT|EXT))?\.[^\S\n]*"
    dash, stop = r"[^\S\n]+[-\u2013\u2014][^\S\n]+", r"[.,/][^\S\n]*"
    time = rf"(?P<time>{table['times']})(?:[.,]?[^\S\n]*(?P<year>\(?\d{{4}}\)?))?"
    head = r"(?:^[^\S\n]*|(?<=[.!?)\"\u201d\u00bb]) )"
    lead = rf"(?:(?:{numbered})?{inside}|{numbered})"
    slugs = (
        rf"(?m){head}{lead}(?P<place>[^\n.]+?){dash}{time}(?:[.:]|(?=\s|$))",
        rf"(?m){head}(?:{numbered})?{inside}(?P<place>[^\n.]+?){stop}{time}(?:[.:]|(?=\s*\n|$))",
    )
    for slug in slugs:
        text = re.sub(slug, _caption, text, flags=re.IGNORECASE)
    left = re.compile(rf"(?m){head}(?:{numbered}(?:{inside})?|{inside})(?P<first>\w)", re.IGNORECASE)
    return left.sub(lambda found: f" {found['first'].upper()}", text).strip()


def _caption(slug: re.Match[str]) -> str:
    year = f", {slug['year'].strip('()')}" if slug["year"] else ""
    return f" {_titled(slug['place'])}, {slug['time'].lower()}{year}."


def _titled(place: str) -> str:
    """A place in capitals as anybody prints it, towns that we know with theirs."""
    if not place.isupper():
        return place
    words = [one.title() if one.title() in marks() else one.lower() for one in place.split(" ")]
    return capitalise(" ".join(words))
