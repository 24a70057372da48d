"""What a brief says to whoever makes the film: it is followed or ignored, and never told as the story.

`This is a spot for a credit union, no logo please.` is nobody's line. The words are in `makers.toml`.
"""

from functools import lru_cache

from state.brief import NovelaBrief
from state.script import Language
from tools.models.offline.brief.chatter import without_sighs
from tools.models.offline.brief.ending_told import as_told
from tools.models.offline.brief.envelope import around, story_half
from tools.models.offline.brief.headings import caption_of
from tools.models.offline.brief.letter import is_heading, is_letter, is_own_life, without_order
from tools.models.offline.brief.long_sentences import in_breaths, led_in, renamed, straight
from tools.models.offline.brief.manuscript import in_prose, is_chatty, notes_in
from tools.models.offline.brief.one_name import one_named
from tools.models.offline.brief.opening import opening
from tools.models.offline.brief.represented import with_represented
from tools.models.offline.brief.wishes import Wish, told_and_shown
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.things.called_things import with_products_told
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.grammar import capitalise

SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?]+[\"\u201d\u00bb')]*|\n|$)\s*")
LEAST_WORDS = 8
"""So many words of a story are left at least, or nothing is taken away."""
QUOTED = re.compile('"[^"]*"|\u201c[^\u201d]*\u201d')
HEADINGS = 2
"""Sentences at most at the head of a brief that say which film it is."""
LEAST_CLOSING = 2
WORD = re.compile(r"[^\W\d_]+")
PLAIN = re.compile(r"(?<![\w-])[^\W\d_]+(?![\w-])")
"""Words but for parts of others: nobody leads in `a story-led ad`."""


def told_only(brief: NovelaBrief) -> NovelaBrief:
    """The brief with nothing but its story in the description."""
    text = told_in(brief.description, brief.language)
    text = text if brief.characters else one_named(text, brief.language)
    return brief if text == brief.description else brief.model_copy(update={"description": text})


def told_in(text: str, language: Language) -> str:
    """The story of a brief however it was typed, as prose and without what is said to its makers."""
    return _read(text, language)[0] or text  # a brief without a word is no story either, and still a brief


def wishes_of(brief: NovelaBrief) -> tuple[Wish, ...]:
    """The pictures that a brief asks for, as its story now tells of them."""
    return _read(brief.description, brief.language)[1]


@lru_cache(maxsize=128)
def _read(text: str, language: Language) -> tuple[str, tuple[Wish, ...]]:
    prose = straight(renamed(led_in(in_prose(text, language), language), language))
    story = in_breaths(with_represented(story_in(prose, language), text, language), language)
    story = without_sighs(story, language) if is_chatty(text, language) else story
    dropped = [one.strip() for one in SENTENCE.findall(prose) if one.strip() and one.strip() not in story]
    return told_and_shown(story, "\n".join([*dropped, notes_in(text, language)]), language)


def asked_in(text: str, language: Language) -> str:
    """All that a brief says of its film, notes too, but for what is only said in passing.

    `Sorry, typing on the train` sets no film in a train.
    """
    chat = [re.compile(rf"(?:{one})", re.IGNORECASE) for one in _table(language)["chat"]]
    sentences = [_where_only(one, language) for one in SENTENCE.findall(in_prose(text, language))]
    signed = re.compile("|".join(bank(language)["main_place"]["signed"]))
    return "".join(
        one
        for one in sentences
        if signed.search(one) is not None
        or not (is_own_life(one, language) or any(form.match(one.strip()) for form in chat))
    )


def _where_only(sentence: str, language: Language) -> str:
    """`We are a radio station and want a film, all in a block of flats`: the film plays in the flats."""
    whole = re.search(rf"(?:{_table(language)['headings']['all_in']}) ?[^,.;:]+", sentence, re.IGNORECASE)
    caption = caption_of(sentence, language) if whole else None
    return sentence if caption is None else _spaced(caption, sentence)


@lru_cache(maxsize=256)
def story_in(text: str, language: Language) -> str:
    """A text without the sentences that speak to whoever makes the film."""
    sentences = _before_the_client(text, language)
    ends = {sentences[0], sentences[-1]} if sentences else set()
    notes = {one for one in ends if is_label(one, language)}
    notes |= {one for one in sentences if _is_note(one, language) or _is_of_letter(one, language)}
    notes |= {sentences[at] for at in around(sentences, language)}
    notes |= {sentences[at] for at in opening(sentences, notes, language)}
    # `I would like it to end with her on the roof.` is the last picture of the story.
    notes -= {one for one in sentences if _closed(one, language)}
    heads = {one: told for one in sentences[:HEADINGS] if (told := caption_of(one, language)) is not None}
    halves = {one: half for one in {*notes, *heads} if (half := _half(one, language))}
    kept = [
        halves[one]
        if one in halves
        else _spaced(heads[one], one)
        if one in heads
        else without_order(_unlabelled(one, language), language)
        for one in sentences
        if one in heads or one in halves or one not in notes
    ]
    told = "".join(kept).strip()
    if language == "en":
        # The sentence that says what the name is of may be one of those.
        told = with_products_told(told, "".join(one for one in sentences if one in notes))
    return told if len(WORD.findall(told)) >= LEAST_WORDS and told != text.strip() else text


def _half(sentence: str, language: Language) -> str:
    """The half of a note that tells the story, if it has one."""
    half = story_half(sentence, language)
    return "" if half and (_is_note(half, language) or is_letter(half, language)) else half


def _is_of_letter(sentence: str, language: Language) -> bool:
    """Whether the client writes here of themselves; nobody's story is lost with a greeting or a heading."""
    return is_heading(sentence, language) or is_letter(sentence, language)


def _before_the_client(text: str, language: Language) -> list[str]:
    """The sentences up to `Client note:`; what follows that is the client's, to the end."""
    sentences = [one for one in SENTENCE.findall(text) if one]
    closing = _table(language)["closing"]
    ends = [at for at, one in enumerate(sentences) if re.match(rf"(?:{closing})", one, re.IGNORECASE)]
    at = next((one for one in ends if _is_late(one, sentences)), len(sentences))
    # Before the story is told a note is one sentence, and no more.
    return [one for place, one in enumerate(sentences[:at]) if place not in ends]


def _is_late(at: int, sentences: list[str]) -> bool:
    """Whether a good part of a brief stands before a sentence."""
    before, after = (len(WORD.findall("".join(one))) for one in (sentences[:at], sentences[at:]))
    return 2 * before >= after


def _spaced(caption: str, sentence: str) -> str:
    """A caption with the space that stood behind its sentence."""
    return f"{caption}{sentence[len(sentence.rstrip()) :]}" if caption else ""


def _is_note(sentence: str, language: Language) -> bool:
    table, plain = _table(language), sentence.strip()
    if plain.count('"') % 2 or plain.count("\u201c") != plain.count("\u201d") or "\u00ab" in plain:
        return False
    # What somebody says is the story's.
    plain = QUOTED.sub(" \u2026 ", plain).strip()
    starts = any(re.match(rf"(?:{one})", plain, re.IGNORECASE) for one in (*table["told"], *table["chat"]))
    return starts or any(
        re.search(rf"(?<!\w)(?:{one})(?!\w)", plain, re.IGNORECASE) for one in table["anywhere"]
    )


def is_label(sentence: str, language: Language) -> bool:
    """`A story-led ad for a small hotel group.`: which film it is, for whom or how long, and nothing of it.

    What says what the film is about, or what somebody does, is the story's.
    """
    table, plain = _table(language), sentence.strip()
    pattern = (
        rf"(?!(?:{table['which']}) )(?:(?:{table['articles']}) )?(?:[\w-]+ ){{0,3}}?(?:{table['films']})"
        rf"(?:(?: [\w-]+){{0,{table['after']}}}?(?: (?:{table['tails']})(?!\w)[^,;:]*))?[.!]?"
    )
    if re.fullmatch(pattern, plain, re.IGNORECASE) is None:
        return False
    # Behind an article stands a noun: nobody marks in `para una marca`.
    bare = re.sub(rf"(?<!\w)(?:para |(?:{table['articles']}|{table['which']}) \w+)", "", plain, flags=re.I)
    if _does(bare, language):
        return False
    return re.search(rf"(?<!\w)(?:{table['about']})(?!\w)", plain, re.IGNORECASE) is None


def _unlabelled(sentence: str, language: Language) -> str:
    """`Last image: the ring on her dash.` is the ring; `Comédia de condomínio, prédio antigo.` the house."""
    table = _table(language)
    label = re.match(rf"(?:{table['labels']}): ?", sentence, re.IGNORECASE)
    label = label or re.match(rf"(?:{table['shots']}),? ", sentence, re.IGNORECASE)
    if label and label.group().rstrip().endswith((":", ",")):
        return capitalise(sentence[label.end() :])
    closed = _closed(sentence, language)
    if closed:
        return closed
    kind = re.match(rf"{table['kinds']}(?!\w)([^,.;:!?]*), ", sentence, re.IGNORECASE)
    if kind and not _does(sentence, language):
        return capitalise(sentence[kind.end() :])
    return sentence


def _closed(sentence: str, language: Language) -> str:
    """`We end in the yard, Mr Alvey on the saddle` is the yard; empty where no camera is spoken of."""
    table = _table(language)
    found = re.match(rf"(?:{table['closes']})(?!\w) ?", sentence, re.IGNORECASE)
    rest = sentence[found.end() :] if found else ""
    if found is None or len(WORD.findall(rest)) < LEAST_CLOSING:
        return ""
    own, _, after = rest.partition(" ")
    if own.strip(",").lower() in table["myself"]:
        # `with me at the table`
        return f"{table['myself'][own.strip(',').lower()]} {after}"
    prep = found["prep"].lower()
    # `on a close-up of her hands` keeps nothing but the hands.
    if prep in ("with", "con", "com"):
        return capitalise(as_told(rest, language))
    kept = f"{prep} " if prep in table["keeps"] and found.group().lower().rstrip().endswith(prep) else ""
    return capitalise(f"{kept}{rest}")


def _does(sentence: str, language: Language) -> bool:
    """Whether a verb stands in a sentence."""
    finite = grammar_of(language).verbs.finite
    return any(word in finite and not finite[word].bare for word in PLAIN.findall(sentence.lower()))


def _table(language: Language) -> Table:
    table: Table = bank(language)["makers"]
    return table
