"""Ids in paths: LangGraph's servers answer 422 to what cannot be one, and 404 to what is not there."""

from uuid import UUID

from state.errors import BriefIncomplete


def path_uuid(text: str, field: str) -> str:
    """The id.

    Raises:
        BriefIncomplete: it is no UUID.
    """
    try:
        return str(UUID(text))
    except ValueError:
        raise BriefIncomplete(
            f"{field}: must be a UUID", details={"fields": [{"field": field, "fix": "Send the id you got."}]}
        ) from None
