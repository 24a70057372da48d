"""One step as words: a frame around a fact in somebody's own words, or an echo."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from state.script import Character, Language, Line
from tools.models.offline.speech import as_said
from tools.models.offline.speech.manner import coloured, manner_of, relaxed
from tools.models.offline.speech.steps import Step
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.dice import Dice
from tools.models.offline.words.fact import Fact
from tools.models.offline.words.grammar import Filling, fill

HONOURS = ("don", "doña", "dona", "seu", "old", "the", "la", "el", "o", "a")


def called(person: Character) -> str:
    """How people speak to somebody: by the first name."""
    first = person.name.split()[0]
    return person.name if first.lower().rstrip(".") in HONOURS or len(first) < 3 else first


@dataclass(frozen=True, kw_only=True)
class Voice:
    """What all lines of a scene share."""

    language: Language
    tone: str
    cast: tuple[Character, ...]
    dice: Dice

    @property
    def frames(self) -> Table:
        """The frames of this language."""
        return bank(self.language)["frames"]

    def variants(self, step: Step, *, longest: int, used: frozenset[str]) -> Iterator[str]:
        """Ways to say a step in at most `longest` words, best first; may be none."""
        dice = self.dice.child(
            step.source, step.frame, step.fact.order if step.fact else 0, step.speaker.name
        )
        if step.fact is None:
            return
        for text in self._facts(step, step.fact, longest, dice):
            names = tuple(one.name.split()[0] for one in self.cast)
            own_way = [text] if text.startswith(names) else coloured(text, step.speaker, self.language, dice)
            for own in own_way:
                said = relaxed(self._filled(own, step, {}), step.speaker, self.language)
                if len(said.split()) <= longest and said not in used:
                    yield said
                    break

    def quote(self, line: Line, step: Step, *, longest: int) -> str | None:
        """A line that repeats words of an earlier episode."""
        relation = (
            "i"
            if line.speaker == step.speaker.name
            else "you"
            if line.speaker == step.listener.name
            else "they"
        )
        for template in self.dice.order(self.frames["recall"][relation], "recall"):
            text = self._filled(template, step, {"quote": line.text, "who": line.speaker})
            if len(text.split()) <= longest:
                return text
        return None

    def relation(self, step: Step) -> str:
        """`i`, `you`, `we` or `they`: whom a step's fact is about."""
        subject = step.fact.subject if step.fact else ""
        if subject not in (step.speaker.name, step.listener.name) and all(
            one.name in subject for one in (step.speaker, step.listener)
        ):
            return "we"
        return "i" if subject == step.speaker.name else "you" if subject == step.listener.name else "they"

    def _facts(self, step: Step, fact: Fact, longest: int, dice: Dice) -> Iterator[str]:
        clause = self._said(step, fact, longest)
        if clause is None:
            return
        room = longest - len(clause.split())
        for template in dice.order(self._templates(step), "frame"):
            if len(template.split()) - 1 > room:
                continue
            yield self._filled(template, step, {"said": clause})
        yield self._filled("{said}.", step, {"said": clause})

    def _said(self, step: Step, fact: Fact, longest: int) -> str | None:
        return as_said(
            fact,
            speaker=step.speaker,
            listener=step.listener,
            form="clause",
            language=self.language,
            cast=self.cast,
            longest=longest,
        )

    def _templates(self, step: Step) -> list[str]:
        table: Mapping[str, Mapping[str, list[str]]] = self.frames[step.frame]
        own = table.get(self.relation(step), {"any": ["{said}."]})
        found = [*own.get("any", []), *own.get(self.tone, []), *own.get(self.tone, [])]
        if manner_of(step.speaker, self.language) == "asks":
            found = [one for one in found if "?" in one] or found
        if manner_of(step.speaker, self.language) in ("short", "dry"):
            found = sorted(found, key=len)[: max(3, len(found) // 2)]
        return found

    def _filled(self, template: str, step: Step, slots: dict[str, str]) -> str:
        genders = {"s": step.speaker.look.presentation, "y": step.listener.look.presentation}
        filling = Filling(
            language=self.language,
            slots={"me": called(step.speaker), "you": called(step.listener), **slots},
            genders=genders,
        )
        return fill(template, filling)
