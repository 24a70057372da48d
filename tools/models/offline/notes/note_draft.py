"""A shot while a note changes it: every change is told as it is made."""

from dataclasses import dataclass, replace

from state.script import Line, Shot, Staging
from state.writing import ReviseShotInput
from tools.models.offline.notes.note import NoteRead
from tools.models.offline.words.bank import bank
from tools.models.offline.words.grammar import capitalise


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A shot on its way, with what was understood and what was changed so far."""

    input: ReviseShotInput
    read: NoteRead
    shot: Shot
    changes: tuple[str, ...] = ()
    recast: bool = False
    """Whether the people in frame changed, so that the description must be written anew."""

    @property
    def staging(self) -> Staging:
        """The staging as it is now."""
        return self.shot.staging

    def told(self, change: str, **values: str) -> "Draft":
        """Add a sentence about a change."""
        template = bank(self.input.language)["notes"][change]
        sentence = capitalise(template.format_map(values))
        return replace(self, changes=(*self.changes, sentence))

    def staged(self, **values: object) -> "Draft":
        """Change the staging."""
        staging = Staging.model_validate({**self.staging.model_dump(), **values})
        return replace(self, shot=self.shot.model_copy(update={"staging": staging}))

    def spoken(self, lines: list[Line]) -> "Draft":
        """Change the lines."""
        return replace(self, shot=self.shot.model_copy(update={"lines": lines}))

    def word(self, table: str, key: str) -> str:
        """A drawable word in the script's language."""
        return str(bank(self.input.language)["words"][table][key])
