"""What a new brief must not inherit from the film that was made on the same thread before."""

from langgraph.types import Overwrite
from pydantic.fields import FieldInfo

from state.novela import NovelaInput, NovelaState


def clean_slate(state: NovelaState) -> dict[str, object]:
    """Every channel but the input's, emptied where it holds something: nothing on a new thread."""
    given = NovelaInput.model_fields.keys()
    fresh = {
        name: field.get_default(call_default_factory=True)
        for name, field in NovelaState.model_fields.items()
        if name not in given
    }
    return {
        name: _emptied(NovelaState.model_fields[name], value)
        for name, value in fresh.items()
        if getattr(state, name) != value
    }


def _emptied(field: FieldInfo, value: object) -> object:
    """A channel with a reducer would keep what it has."""
    return Overwrite(value) if any(callable(mark) for mark in field.metadata) else value
