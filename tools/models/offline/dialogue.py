"""Dialogue: what the brief says, spoken; plain lines only tie it together.

A scene is built from its facts outward: first the lines that carry them, then answers and
questions about them as long as there are words left.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from state.script import Character, Expression, Gesture, Line
from tools.models.offline.bank import bank, structure
from tools.models.offline.dice import Dice
from tools.models.offline.fact import Fact
from tools.models.offline.grammar import pattern_of, slots_of
from tools.models.offline.speech import unwilled
from tools.models.offline.speech.manner import relaxed
from tools.models.offline.speech.steps import Chain, Step, chains_of, hint_at
from tools.models.offline.speech.told import TELLING, quotable, stems, was_said
from tools.models.offline.speech.voice import Voice, called
from tools.models.offline.story import Story
from tools.models.offline.timing import words_in

PLOT_MOVES = ("stake", "hint", "proof", "reveal", "cliff")
ANSWER_WORDS = 3
EPISODE_STEP = 3
FEW = 3
"""Fewer lines of a tone than this are mixed with the plain ones, so that they do not come back often."""
TONED = 3
"""One plain line in so many is of the genre's own, which are fewer."""
LONGEST_QUOTE = 11


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """One line with what it does to both people."""

    move: str
    speaker: Character
    listener: Character
    text: str
    expression: Expression
    reaction: Expression
    gesture: Gesture
    essential: bool


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """Who talks, about what, in which words already used up."""

    story: Story
    series: Dice
    """Choices that are the same in every episode."""
    lead: Character
    opponent: Character
    third: Character | None
    """Somebody else of the cast, who may be spoken of."""
    beside: Character | None = None
    """Who is there too, and says what is theirs to say."""
    beat: str
    where: tuple[int, int]
    """Episode and scene, so that every scene chooses for itself."""
    said: frozenset[str]
    """Lines of earlier scenes and episodes, which are not said again."""
    facts: tuple[Fact, ...] = ()
    """What this scene has to tell, the most important first."""
    background: tuple[Fact, ...] = ()
    """Facts that earlier scenes told: reasons, not news."""
    cast: tuple[Character, ...] = ()
    remembered: tuple[Line, ...] = ()
    """What the last episode's people said, when this scene opens the next one."""
    variation: str = ""


@dataclass(kw_only=True)
class Draft:
    """The lines found so far, each with its place in the scene."""

    budget: int
    lines: dict[tuple[float, int], Spoken] = field(default_factory=dict)

    @property
    def left(self) -> int:
        """Words that may still be said."""
        return self.budget - sum(words_in(line.text) for line in self.lines.values())

    def texts(self, exchange: Exchange) -> frozenset[str]:
        """What may not be said again."""
        return exchange.said | {line.text for line in self.lines.values()}


def write_exchange(exchange: Exchange, *, budget: int, longest: int) -> list[Spoken]:
    """Lines of a scene with at most `budget` words in all and `longest` words in one.

    The answer may be short, never over.
    """
    draft = Draft(budget=budget)
    _recall(exchange, draft, longest)
    names = [one.name for one in exchange.cast]
    fresh = [fact for fact in exchange.facts if not was_said(fact, exchange.said, names)]
    dice = exchange.story.dice.child("talk", *exchange.where, exchange.variation)
    chains = chains_of(
        fresh,
        exchange.lead,
        exchange.opponent,
        beat=exchange.beat,
        dice=dice,
        background=exchange.background,
        spoken=frozenset(bank(exchange.story.language)["verbs"]["spoken"].split()),
        unwilled=unwilled(exchange.story.language),
        third=exchange.beside,
    )
    told = [at for at, chain in enumerate(chains) if _tell(exchange, draft, chain, at, longest)]
    if not told:
        chains = _reminders(exchange, dice)
        told = [at for at, chain in enumerate(chains) if _tell(exchange, draft, chain, at, longest)][:1]
    _surround(exchange, draft, [(at, chains[at]) for at in told], longest)
    _pad(exchange, draft, longest, after=len(chains))
    return _alternating([draft.lines[place] for place in sorted(draft.lines)])


def _alternating(lines: list[Spoken]) -> list[Spoken]:
    """Where one fact ends and the next begins with the same voice, the plain line between them goes."""
    kept: list[Spoken] = []
    for line in lines:
        while kept and kept[-1].speaker.name == line.speaker.name and not kept[-1].essential:
            kept.pop()
        if kept and kept[-1].speaker.name == line.speaker.name and not line.essential:
            continue
        kept.append(line)
    return kept


def _reminders(exchange: Exchange, dice: Dice) -> list[Chain]:
    """A scene whose news nobody can say talks around it, and goes back to what was told."""
    hints = [
        hint_at(fact if fact.rest else replace(fact, rest=fact.text), exchange.lead, exchange.opponent)
        for fact in exchange.facts
    ]
    known = dice.order([fact for fact in exchange.background if fact.subject], "reminders")[:2]
    chains = chains_of(known, exchange.lead, exchange.opponent, beat="complication", dice=dice)
    back = [replace(chain, fact=replace(chain.fact, frame="refer")) for chain in chains]
    if exchange.beat.startswith("cliffhanger"):
        # The last line of an episode belongs to whoever keeps the lead from leaving.
        return [*back, *hints]
    return [*hints, *back]


def _recall(exchange: Exchange, draft: Draft, longest: int) -> None:
    """The first scene of a later episode begins with words of the one before."""
    if not exchange.remembered:
        return
    room = min(longest, draft.left // 2)
    step = Step(
        speaker=exchange.lead, listener=exchange.opponent, move="open", source="quote", frame="recall"
    )
    found = quotable(
        exchange.remembered, exchange.cast, longest=LONGEST_QUOTE, dice=exchange.story.dice.child("quote")
    )
    # What the listener said is the best to come back to.
    worth = [line for line in found if len(stems(line.text)) >= TELLING] or found
    for line in sorted(worth, key=lambda one: one.speaker != exchange.opponent.name):
        text = _voice(exchange).quote(line, step, longest=room)
        if text is not None:
            draft.lines[(-1, 0)] = _spoken(exchange, step, text, essential=True)
            return


def _tell(exchange: Exchange, draft: Draft, chain: Chain, at: int, longest: int) -> bool:
    """Lay down the line that carries a fact, leaving room for a short answer."""
    spare = 0 if not draft.lines else ANSWER_WORDS
    for room in (draft.left - spare, draft.left):
        text = _say(exchange, draft, chain.fact, min(longest, room))
        if text is not None:
            draft.lines[(at, 0)] = _spoken(exchange, chain.fact, text, essential=True)
            return True
    return False


def _surround(exchange: Exchange, draft: Draft, chains: list[tuple[int, Chain]], longest: int) -> None:
    """Answers and questions, one round for every fact before the next round begins."""
    open_ = {(at, side): 0 for at, _ in chains for side in (1, -1)}
    while open_:
        for at, chain in chains:
            for side in (1, -1):
                steps = chain.after if side == 1 else tuple(reversed(chain.before))
                turn = open_.get((at, side))
                if turn is None:
                    continue
                text = (
                    _say(exchange, draft, steps[turn], min(longest, draft.left))
                    if turn < len(steps)
                    else None
                )
                if text is None:
                    del open_[at, side]
                    continue
                draft.lines[(at, side * (turn + 1))] = _spoken(exchange, steps[turn], text, essential=False)
                open_[at, side] = turn + 1


def _pad(exchange: Exchange, draft: Draft, longest: int, *, after: int) -> None:
    """A scene whose facts do not fill it goes on with the moves of its beat."""
    if len(draft.lines) >= 2:
        return
    steps = exchange.story.dice.child("sequence", *exchange.where, exchange.variation).pick(
        structure()["sequences"][exchange.beat]
    )
    told = bool(draft.lines)
    for at, step in enumerate(steps):
        who, _, move = step.rstrip("!").partition(":")
        if told and move in PLOT_MOVES:
            continue
        pair = (exchange.lead, exchange.opponent)
        speaker, listener = pair if who == "A" else pair[::-1]
        plain = Step(speaker=speaker, listener=listener, move=move, source="line")
        text = _say(exchange, draft, plain, min(longest, draft.left))
        if text is not None:
            draft.lines[(after + 1, at)] = _spoken(exchange, plain, text, essential=step.endswith("!"))


def _say(exchange: Exchange, draft: Draft, step: Step, longest: int) -> str | None:
    if longest < 1:
        return None
    used = draft.texts(exchange)
    if step.source in ("line", "tie"):
        made = _plain(exchange, step) if step.source == "line" else _ties(exchange, step)
        return next((text for text in made if text not in used and words_in(text) <= longest), None)
    found = next(_voice(exchange).variants(step, longest=longest, used=used), None)
    if found is None and step.tie and step.source != "tie":
        return _say(exchange, draft, replace(step, source="tie"), longest)
    return found


def _voice(exchange: Exchange) -> Voice:
    story = exchange.story
    dice = story.dice.child("voice", *exchange.where, exchange.variation)
    return Voice(language=story.language, tone=story.tone, cast=exchange.cast, dice=dice)


def _spoken(exchange: Exchange, step: Step, text: str, *, essential: bool) -> Spoken:
    faces, tone = structure(), exchange.story.tone
    return Spoken(
        move=step.move,
        speaker=step.speaker,
        listener=step.listener,
        text=text,
        expression=faces["tone_expressions"].get(tone, {}).get(step.move) or faces["expressions"][step.move],
        reaction=faces["reactions"][step.move],
        gesture=faces["gestures"].get(step.move, "none"),
        essential=essential,
    )


def _ties(exchange: Exchange, step: Step) -> Iterable[str]:
    """Plain lines that claim nothing, in an order of the series; some moves in its tone first."""
    tables = bank(exchange.story.language)["ties"]
    toned_lines: list[str] = tables[exchange.story.tone].get(step.tie, [])
    if len(toned_lines) < FEW:
        return _ordered(exchange, [*toned_lines, *tables["any"][step.tie]], step, "tie")
    own = _ordered(exchange, toned_lines, step, "tone")
    plain = _ordered(exchange, tables["any"][step.tie], step, "tie")
    toned = exchange.series.number("toned", step.tie, exchange.where) % TONED == 0
    return [*own, *plain] if toned else [*plain, *own]


def _plain(exchange: Exchange, step: Step) -> Iterable[str]:
    """Plain lines of a move in this brief's own order; nothing that the brief does not have is named."""
    story = exchange.story
    if step.move in PLOT_MOVES:
        templates = story.plot_words[step.move]
    else:
        templates = [*story.lines[story.tone].get(step.move, []), *story.lines["any"].get(step.move, [])]
    return _ordered(exchange, [one for one in templates if _fits(one, story, exchange.third)], step, "line")


def _ordered(exchange: Exchange, templates: list[str], step: Step, purpose: str) -> list[str]:
    """The templates filled; the order belongs to the series, and every episode starts further on."""
    if not templates:
        return []
    purpose = f"{purpose} {exchange.story.tone}"
    story, third = exchange.story, exchange.third
    ordered = exchange.series.order(templates, purpose, step.tie or step.move, exchange.variation)
    start = EPISODE_STEP * (exchange.where[0] - 1) % len(ordered)
    ordered = ordered[start:] + ordered[:start]
    slots = {"me": called(step.speaker), "you": called(step.listener)}
    slots["topic"] = story.plot_topic if step.move in PLOT_MOVES else story.topic("line", step.move)
    genders = {"s": step.speaker.look.presentation, "y": step.listener.look.presentation}
    if third is not None:
        slots["c"], genders["c"] = third.name, third.look.presentation
    return [
        relaxed(story.fill(template, slots, genders), step.speaker, story.language)
        for template in ordered
        if not any(pattern_of(template).fullmatch(text) for text in exchange.said)
    ]


def _fits(template: str, story: Story, third: Character | None) -> bool:
    wanted = slots_of(template)
    if third is None and "c" in wanted:
        return False
    things = {"thing", "a_thing", "thing_cap"} & wanted
    return not (things and not story.reading.things) and not ("topic" in wanted and not story.reading.topics)
