"""Coverage: which shots show a scene, in the order and sizes a director would choose.

A new place is established, what is told is shown, people who talk are seen from each other's side,
the strong line is a close-up, and where there is time we look at whom it hits. The camera only moves
for a reason.
"""

from collections.abc import Sequence
from dataclasses import replace

from state.script import Character, ShotSize
from tools.models.offline.deeds.hands import hands_in
from tools.models.offline.ledger.book import Stand
from tools.models.offline.ledger.stage import Stage
from tools.models.offline.persons.told_of import concerned
from tools.models.offline.shooting.camera_moves import move_of
from tools.models.offline.shooting.cutting import cut_into
from tools.models.offline.shooting.setup import BOTH_HEARD, OPENING, Occasion, Setup, ShotKind
from tools.models.offline.shooting.vacant import is_vacant, only_reports
from tools.models.offline.telling.spoken import POSED, WHOLE_BODY, Spoken, heard_of, talk_of
from tools.models.offline.words.bank import structure
from tools.models.offline.words.dice import Dice
from tools.models.offline.words.timing import words_in

TALKING: tuple[ShotKind, ...] = ("single", "answer", "medium", "two")
PAIR, MOST, SHORT_LINE = 2, 3, 3
FULL_STOPS = tuple(f"{stop}{quote}" for stop in ".!?\u2026" for quote in ("", '"', "\u201d", "\u00bb", "'"))
OTHER_SIZE: dict[ShotSize, ShotSize] = {
    "wide": "two_shot", "two_shot": "over_shoulder", "over_shoulder": "medium", "medium": "over_shoulder",
    "close_up": "medium", "insert": "close_up",
}  # fmt: skip
ALONE_SIZE: dict[ShotSize, ShotSize] = {
    "wide": "medium", "two_shot": "medium", "over_shoulder": "close_up", "medium": "close_up",
    "close_up": "medium", "insert": "medium",
}  # fmt: skip
NOT_ALONE: dict[ShotSize, ShotSize] = {"two_shot": "wide", "over_shoulder": "medium"}
INSTEAD: dict[ShotSize, tuple[ShotSize, ...]] = {
    "wide": ("two_shot", "over_shoulder", "medium"), "two_shot": ("over_shoulder", "wide", "medium"),
    "over_shoulder": ("two_shot", "medium", "close_up"), "medium": ("close_up", "over_shoulder", "two_shot"),
    "close_up": ("medium", "over_shoulder"), "insert": (),
}  # fmt: skip
"""How else the same can be seen, the nearest first."""
ALONE: tuple[ShotSize, ...] = ("wide", "medium", "close_up", "insert")
ONE_SEEN: tuple[ShotSize, ...] = ("medium", "close_up", "over_shoulder")
"""Sizes in which the face of one is seen."""
MANY = frozenset(("crowd",))
"""Stands behind the people; nothing for an insert."""
LOW = frozenset(("kneeling", "running", "riding", "falling", "lying", "sleeping", "walking", "leaving"))
"""What a body does that is only seen whole."""
TOGETHER = frozenset(("hugging", "kissing", "dancing", "shaking_hands"))
AT_FACE = frozenset((
    "covering_mouth", "head_in_hands", "whispering", "phone_to_ear", "drinking", "eating", "kissing",
    "pondering", "listening",
))  # fmt: skip
"""What a close-up shows too."""
HANDS_SEEN: tuple[ShotSize, ...] = ("medium", "two_shot", "wide")
BOTH_SEEN: tuple[ShotSize, ...] = ("wide", "two_shot")
READ = ("written_note", "written_sign", "steamed_window")
"""What has to be read is seen close, whatever hands do meanwhile."""


def plan_coverage(spoken: list[Spoken], occasion: Occasion, dice: Dice) -> list[Setup]:
    """Set-ups in order, with every line laid into one of them from first to last."""
    strong = strongest(spoken)
    chunks = cut_into(
        spoken, occasion.count, room=occasion.room, opens=occasion.new_place, strong=strong,
        ending=_ending(spoken, occasion), language=occasion.language,
    )  # fmt: skip
    chunks = _opened(chunks) if occasion.new_place else chunks
    chunks = _ended(chunks) if occasion.ends else chunks
    setups: list[Setup] = []
    for at, chunk in enumerate(chunks):
        setup = _framed(at, chunk, chunks, strong, setups, occasion, dice)
        setup = _livelier(_fresh(setup, setups, occasion), setups, occasion)
        setup = _hands_in_frame(_seen_to_break(setup, setups, occasion), setups, occasion)
        last = at == len(chunks) - 1
        setups.append(replace(setup, move=move_of(setup, setups, occasion, dice, last=last)))
    return [_as_heard(setup) for setup in setups]


def _as_heard(setup: Setup) -> Setup:
    """The set-up with whole sentences to be heard; what it shows stays."""
    if all(one.heard is None for one in setup.spoken):
        return setup
    return replace(setup, spoken=heard_of(setup.spoken), pictured=tuple(setup.spoken))


def _ending(spoken: Sequence[Spoken], occasion: Occasion) -> int:
    """Words of the last sentence of the film, where others are told before it."""
    at = len(spoken) - 1
    while at > 0 and spoken[at].told and spoken[at - 1].told and not spoken[at - 1].text.endswith(FULL_STOPS):
        at -= 1
    apart = occasion.ends and at > 0 and spoken[at].told
    return sum(words_in(one.text) for one in spoken[at:]) if apart else 0


def _opened(chunks: list[list[Spoken]]) -> list[list[Spoken]]:
    """A new place is seen with the first words told there: an empty one without a word shows nothing."""
    if len(chunks) < PAIR or chunks[0] or not chunks[1] or talk_of(chunks[1]):
        return chunks
    return [chunks[1], [], *chunks[PAIR:]]


def _ended(chunks: list[list[Spoken]]) -> list[list[Spoken]]:
    """The last picture of a film belongs to its last sentence: what is silent comes before it."""
    at = max((place for place, chunk in enumerate(chunks) if chunk), default=len(chunks) - 1)
    if not any(chunks[:at]) and len(chunks) > PAIR:
        # Two silent pictures on end are no beginning: the only words are heard over the second.
        return [chunk for chunk in chunks if not chunk][:1] + [chunks[at]] + [[]] * (len(chunks) - PAIR)
    return [*chunks[:at], *chunks[at + 1 :], chunks[at]]


def strongest(spoken: Sequence[Spoken]) -> Spoken | None:
    """The line that the scene exists for: what somebody confesses or wants, else the last full sentence."""
    talk = [one for one in spoken if not one.told]
    return max(enumerate(talk), key=lambda pair: (_weight(pair[1]), pair[0]), default=(0, None))[1]


def _weight(said: Spoken) -> int:
    """How much hangs on a line: whether it carries a fact, and that it says something."""
    asks, short = said.text.rstrip("\"'»”").endswith("?"), words_in(said.text) < SHORT_LINE
    return 3 * said.essential - 2 * asks - 2 * short


def _framed(
    at: int, chunk: list[Spoken], chunks: list[list[Spoken]], strong: Spoken | None,
    before: list[Setup], occasion: Occasion, dice: Dice,
) -> Setup:  # fmt: skip
    kind = _kind(at, chunk, chunks, strong, before, occasion, dice)
    size: ShotSize = structure()["coverage"]["sizes"][kind]
    here = _framed_people(at, chunks, before, occasion)
    acting = [] if talk_of(chunk) else _acting(chunk, here, occasion)
    if len(acting) == 1 and len(here) == PAIR:
        acting += [one for one in here if one not in acting]
    if size in (*ONE_SEEN, "two_shot") and len(acting) > 1:
        # What is done to somebody is seen with them.
        size = "two_shot" if len(acting) == PAIR else "wide"
    if size in ONE_SEEN and _does_another(chunk, occasion):
        # A face under what a thing or a stranger does would be whose deed it is.
        size = "two_shot" if len(here) == PAIR else "wide"
    if len(here) == 1:
        size = NOT_ALONE.get(size, size)
    if size != "insert" and any(one.told and one.gesture in LOW for one in chunk):
        # A body on its knees is only seen whole.
        size = "wide"
    on, other, heard = _about(kind, chunk, before, occasion)
    on = acting[0] if acting else on
    on = on if on in here else here[0] if here else on
    if len(acting) > 1 and other not in acting:
        # Opposite is whom it is done to, not who stands by.
        other = next((one for one in acting if one is not on), other)
    if other not in here or other is on:
        other = next((one for one in here if one is not on), on)
    thing = _thing(chunk, before, occasion) if kind == "insert" else ""
    return Setup(
        kind=kind,
        size=size if here or size == "insert" else "wide",
        move="static",
        spoken=chunk,
        on=on,
        other=other,
        heard=heard,
        thing=thing,
        here=here,
        nobody=not here,
    )


def _framed_people(
    at: int, chunks: Sequence[list[Spoken]], before: list[Setup], occasion: Occasion
) -> tuple[Character, ...]:
    """Whom the ledger sees in a shot; where it sees nobody, whoever was seen before and is still there."""
    heard = [line for chunk in chunks[: at + 1] for line in chunk]
    chunk, stage = chunks[at], occasion.stage
    present = stage.present(occasion.people, heard)
    if talk_of(chunk):
        return _talking_here(chunk, present, occasion)
    known = [line for line in chunk if line.fact is not None]
    stand = stage.of(chunk) if known else _silent(heard, stage)
    told = concerned(stand, occasion.language, lead=occasion.people[0].name)
    if before and before[-1].here and only_reports(chunk):
        return before[-1].here
    if known and (is_vacant(known, stand, occasion.language) or (not told and stand.stranger)):
        return ()  # Nobody of the film is there.
    names = (told if known else stand.here) or _awaited(chunks[at + 1 :], present, stage)
    framed = tuple(one for one in occasion.people if one.name in names and _may_be(one, stand, present))
    if framed or (not before and stage.people()):
        first = sorted(framed, key=lambda one: one.name not in stand.acting)[:MOST]
        return tuple(one for one in framed if one in first)  # Who only stands by makes room.
    # Whoever stood here a moment ago still does, unless they have gone.
    stay = [one for one in before[-1].here if one in present] if before else []
    return tuple(stay) or _planned(chunks[at + 1 :], heard, occasion)


def _planned(
    chunks: Sequence[Sequence[Spoken]], heard: Sequence[Spoken], occasion: Occasion
) -> tuple[Character, ...]:
    """One empty place is enough: whom the next words show, else whom the scene is planned with."""
    stage = occasion.stage
    lines = [line for chunk in chunks for line in chunk if line.fact is not None]
    away = {*stage.of(list(heard)).away, *stage.opening().away}
    people = [one for one in occasion.people if one.name not in away]
    awaited = [one for one in people if one.name in stage.of(lines[:1]).acting]
    return tuple((awaited or people)[:MOST])


def _may_be(one: Character, stand: Stand, present: Sequence[Character]) -> bool:
    return one in present or one.name in (*stand.acting, stand.partner)


def _awaited(
    chunks: Sequence[Sequence[Spoken]], present: Sequence[Character], stage: Stage
) -> tuple[str, ...]:
    """Before a word of anybody: those of the next words whom the film has brought in already."""
    lines = [line for chunk in chunks for line in chunk if line.fact is not None]
    return tuple(name for name in stage.of(lines[:1]).here if name in {one.name for one in present})


def _silent(heard: Sequence[Spoken], stage: Stage) -> Stand:
    """Nothing is told: as the last words left it, or as the scene begins."""
    told = [line for line in heard if line.fact is not None]
    stand = stage.of(told[-1:]) if told else stage.opening()
    # Whom a memory has shown is not there when it is over.
    return replace(stand, acting=(), doer="", memory=False) if stand.memory else stand


def _talking_here(
    chunk: Sequence[Spoken], present: Sequence[Character], occasion: Occasion
) -> tuple[Character, ...]:
    """Who talks, and whoever else is there to hear it."""
    talking = {one.name for line in talk_of(list(chunk)) for one in (line.speaker, line.listener)}
    others = [one for one in present if one.name not in talking][: max(0, MOST - len(talking))]
    here = [one for one in occasion.people if one.name in talking or one in others]
    return tuple(here[:MOST]) or occasion.people[:1]


def _acting(chunk: Sequence[Spoken], here: Sequence[Character], occasion: Occasion) -> list[Character]:
    """Whom the ledger sees do what is told, who does it first."""
    names = occasion.stage.of(chunk).acting
    return [one for name in names for one in here if one.name == name]


def _does_another(chunk: Sequence[Spoken], occasion: Occasion) -> bool:
    """Whether what is told is done by nobody who is seen: `the ex chokes on the cake`."""
    told = any(line.fact is not None for line in chunk) and not talk_of(list(chunk))
    return told and not occasion.stage.of(chunk).acting


def _kind(
    at: int, chunk: list[Spoken], chunks: list[list[Spoken]], strong: Spoken | None,
    before: list[Setup], occasion: Occasion, dice: Dice,
) -> ShotKind:  # fmt: skip
    """What a shot is for, read off what is heard in it."""
    if at == 0 and occasion.new_place:
        return "establish"
    talk, last = talk_of(chunk), at == len(chunks) - 1
    together = len(_framed_people(at, chunks, before, occasion)) > 1
    if together and any(one.told and one.gesture in TOGETHER for one in chunk):
        return "two"
    if talk and together and any(one.told and _is_seen_to(one) for one in chunk):
        # What is told of stands beside the two who talk of it, and who does it is one of them.
        return "two"
    if not talk and any(one.told and one.thing in MANY for one in chunk):
        return "again"
    if talk:
        return _talking(talk, strong, before, last=last, dice=dice)
    if met := _met_kind(at, chunks, before, occasion):
        return met
    if not chunk:
        return "react" if last and before and before[-1].talk else "again" if at == 0 else "two"
    doer = chunk[-1].fact is not None and chunk[-1].fact.subject == chunk[-1].speaker.name
    if doer:
        posed = any(one.told and one.gesture in POSED for one in chunk)
        return "turn" if last and not posed and dice.number("end", at) % 3 == 0 else "act"
    return "react" if last and dice.number("end", at) % 2 == 0 else "again"


def _met_kind(
    at: int, chunks: Sequence[list[Spoken]], before: list[Setup], occasion: Occasion
) -> ShotKind | None:
    """Whether a thing is seen for itself or with whoever has to do with it; None where neither matters."""
    chunk = chunks[at]
    thing = _thing(chunk, before, occasion)
    if thing in READ:
        return "insert"
    if chunk and _is_met(chunk, before, occasion):
        return "act"
    if not thing:
        return None
    return "act" if _is_posed(chunk, before) or _brings_unseen(at, chunks, before, occasion) else "insert"


def _is_met(chunk: list[Spoken], before: list[Setup], occasion: Occasion) -> bool:
    """Whether people have to be seen: the turn and the end, a hand-over, and whoever comes on."""
    stand, stage = occasion.stage.of(chunk), occasion.stage
    seen = {one.name for setup in before for one in setup.here}
    comes = {*stand.acting} & stage.opening().unseen - seen
    key = stage.is_key(chunk) and bool(stand.acting) and not stand.memory
    return bool(stand.given_to or comes or key)


def _brings_unseen(
    at: int, chunks: Sequence[list[Spoken]], before: Sequence[Setup], occasion: Occasion
) -> bool:
    """Whether this is the only picture in which somebody can be seen who does something here."""
    seen = {one.name for setup in before if setup.size != "insert" for one in setup.here}
    later = {name for chunk in chunks[at + 1 :] for name in occasion.stage.of(chunk).acting}
    return any(name not in seen | later for name in occasion.stage.of(chunks[at]).acting)


def _is_seen_to(said: Spoken) -> bool:
    """Whether what is told can be seen: a thing, what hands do, a face."""
    return bool(said.thing) or said.gesture != "none" or said.expression != "neutral"


def _is_posed(chunk: list[Spoken], before: list[Setup]) -> bool:
    """Whether somebody is seen doing it: who knocks or embraces is better than the thing alone."""
    hands = {one.gesture for one in chunk if one.told}
    closer = any(one.size == "insert" for one in before)
    # What is told of without its name is nothing to look at: `reads it`.
    named = any(one.told and one.itself and not one.done_by for one in chunk)
    return bool(hands & WHOLE_BODY) or ((closer or not named) and bool(hands & POSED))


def _talking(
    talk: list[Spoken], strong: Spoken | None, before: list[Setup], *, last: bool, dice: Dice
) -> ShotKind:
    """A close-up for the strong line; else two people who see each other, in sizes that change."""
    several = len({one.speaker.name for one in talk}) > 1
    if len({one.speaker.name for one in talk}) > PAIR:
        # Three who talk are in the picture only when it is wide.
        return "again"
    if not several and strong is not None and any(one is strong for one in talk):
        return "turn"
    used = [setup.kind for setup in before if setup.talk]
    fresh = [kind for kind in TALKING if kind not in used] or list(TALKING)
    if several:
        # Two who answer each other are both in the picture.
        return "two" if len(talk) > 2 or "single" not in fresh else "single"
    if last:
        return "medium" if dice.number("close") % 2 else "turn"
    return fresh[0]


def _about(
    kind: ShotKind, chunk: list[Spoken], before: list[Setup], occasion: Occasion
) -> tuple[Character, Character, Spoken | None]:
    """Whom a shot is about, who is opposite, and what a silent face has heard."""
    people, talk = occasion.people, talk_of(chunk)
    first, second = people[0], people[1] if len(people) > 1 else people[0]
    if kind == "react":
        heard = next((one for setup in reversed(before) for one in reversed(setup.talk)), None)
        if heard is not None:
            return heard.listener, heard.speaker, heard
    if talk:
        return talk[-1].speaker, talk[-1].listener, None
    if chunk:
        return chunk[-1].speaker, chunk[-1].listener, None
    if before and kind not in OPENING:
        return before[-1].other, before[-1].on, None
    return first, second, None


def _thing(chunk: list[Spoken], before: list[Setup], occasion: Occasion) -> str:
    """A thing that is told of here and that no shot has shown yet."""
    here, earlier = {setup.thing for setup in before}, {*occasion.shown} - {*occasion.again}
    told = [one for one in chunk if one.told and one.thing and one.thing not in {*here, *MANY}]
    # What a sentence tells of alone is seen once more in another scene: nobody else is in it.
    return next((one.thing for one in told if one.thing not in earlier or one.itself), "")


def _fresh(setup: Setup, before: list[Setup], occasion: Occasion) -> Setup:
    """The same framing of the same people twice is one shot cut for nothing: the second one changes."""
    here = setup.here or occasion.people
    low = any(one.told and one.gesture in LOW for one in setup.spoken)
    if (
        setup.nobody
        or low
        or setup.kind == "establish"
        or setup.size == "insert"
        or not _is_seen(setup, before, occasion)
    ):
        return setup
    if not setup.talk and len(_acting(setup.spoken, here, occasion)) > PAIR:
        # Three who do it are only in a wide picture.
        return setup
    sizes = [one for one in INSTEAD[setup.size] if len(here) > 1 or one in ALONE]
    if any(one.told and one.thing for one in setup.spoken):
        # Over a shoulder nothing else is seen.
        sizes.sort(key=lambda one: one not in HANDS_SEEN)
    if any(one.told and one.gesture in TOGETHER for one in setup.spoken):
        sizes = [one for one in sizes if one in BOTH_SEEN]
    acting = [] if setup.talk else _acting(setup.spoken, here, occasion)
    if len(acting) > PAIR:
        # Three who do it together are only seen wide.
        return setup
    if len(acting) > 1:
        # A shoulder is nobody's face: how it turns and ends is seen of both.
        key = occasion.stage.is_key(setup.spoken)
        sizes = [one for one in sizes if one in (BOTH_SEEN if key else BOTH_HEARD)] or sizes
    fitting = [one for one in sizes if _can_be(one, setup)]
    others = [replace(setup, size=one) for one in fitting]
    others = [_on_the_doer(one, here) for one in others]
    fresh = next((one for one in others if not _is_seen(one, before, occasion)), None)
    last = before[-1].subject if before else None
    hands = {one.gesture for one in setup.spoken if one.told and one.speaker is setup.on}
    unseen = hands - {"none", *AT_FACE}
    if fresh is None and len(here) == 1 and unseen and setup.size == "medium":
        # Hands that knock are seen whole rather than not at all.
        return replace(setup, size="wide")
    return fresh or (setup if setup.subject != last else next(iter(others), _differing(setup, here)))


def _livelier(setup: Setup, before: list[Setup], occasion: Occasion) -> Setup:
    """In place of a second idle portrait: the thing told, the two of them, or the wide."""
    idle = [one for one in before if _is_idle(one, occasion)]
    if not idle or not _is_idle(setup, occasion):
        return setup
    shown = {one.thing for one in before}
    thing = next((one.thing for one in setup.spoken if one.thing and one.thing not in {*shown, *MANY}), "")
    if thing and not occasion.stage.is_key(setup.spoken):
        return replace(setup, kind="insert", size="insert", thing=thing)
    sizes: tuple[ShotSize, ...] = ("two_shot", "wide") if len(setup.here) > 1 else ("wide",)
    others = [replace(setup, size=size) for size in sizes]
    return next((one for one in others if not _is_seen(one, before, occasion)), setup)


def _seen_to_break(setup: Setup, before: list[Setup], occasion: Occasion) -> Setup:
    """What comes apart is in the picture: in the hands that do it, or by itself."""
    thing = occasion.stage.of(setup.spoken).broke
    if not thing or setup.talk or setup.size not in ("close_up", "over_shoulder"):
        return setup
    held = replace(setup, size="medium")
    if thing in occasion.stage.of(setup.spoken).holds.values() and all(
        one.subject != held.subject for one in before[-1:]
    ):
        return held
    return replace(setup, kind="insert", size="insert", thing=thing)


def _hands_in_frame(setup: Setup, before: list[Setup], occasion: Occasion) -> Setup:
    """`encosta a palma no bronze`: what hands do is in no close-up, and who kneels is seen whole."""
    if setup.talk or setup.size not in ("close_up", "medium"):
        return setup
    stand = occasion.stage.of(setup.spoken)
    hands = hands_in(stand.text, occasion.language) if stand.doer == setup.on.name else "none"
    if hands == "none" or hands in AT_FACE or (setup.size == "medium" and hands not in LOW):
        return setup
    sizes: tuple[ShotSize, ...] = ("wide",) if hands in LOW else ("medium", "wide")
    others = [replace(setup, size=size) for size in sizes]
    return next((one for one in others if not _is_seen(one, before, occasion)), setup)


def _is_idle(setup: Setup, occasion: Occasion) -> bool:
    """Whether it is the face of one person who does nothing and holds nothing while something is told."""
    if setup.size not in ONE_SEEN or setup.talk or setup.kind == "react":
        return False
    acts = any(one.gesture != "none" and one.speaker is setup.on for one in setup.spoken)
    return not acts and setup.on.name not in occasion.stage.of(setup.spoken).holds


def _on_the_doer(setup: Setup, here: Sequence[Character]) -> Setup:
    """Alone in the picture is whoever does what is told last."""
    last = setup.spoken[-1] if setup.spoken else None
    if setup.size not in ONE_SEEN or last is None or not last.told or last.speaker is setup.on:
        return setup
    return (
        replace(setup, on=last.speaker, other=setup.on)
        if last.speaker in here and _is_seen_to(last)
        else setup
    )


def _differing(setup: Setup, here: Sequence[Character]) -> Setup:
    return replace(setup, size=(ALONE_SIZE if len(here) == 1 else OTHER_SIZE)[setup.size])


def _is_seen(setup: Setup, before: list[Setup], occasion: Occasion) -> bool:
    """Whether the scene has this framing already, or the scene before in this place when it is wide."""
    if any(one.subject == setup.subject for one in before):
        return True
    names = frozenset(one.name for one in setup.here or occasion.people)
    seen = frozenset((setup.on.name,)) if setup.size in ("medium", "close_up") else names
    if not before and not setup.spoken and (setup.size, seen) in occasion.framed:
        # A silent picture is not the one that the scene before ended with.
        return True
    lately = occasion.lately[len(before) :]
    idle = not setup.talk and all(one.gesture == "none" for one in setup.spoken)
    if idle and (setup.size, seen) in lately:
        return True
    return setup.size == "wide" and ("wide", names) in occasion.framed


def _can_be(size: ShotSize, setup: Setup) -> bool:
    """Whether everybody who speaks and what hands do would still be seen."""
    if len({one.speaker.name for one in setup.talk}) > 1 and size not in BOTH_HEARD:
        return False
    telling = setup.telling
    acts = telling is not None and telling.gesture != "none" and telling.speaker is setup.on
    return not acts or size in HANDS_SEEN
