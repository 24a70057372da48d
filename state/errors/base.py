"""The root of all errors that are raised on purpose."""

from typing import Any, ClassVar, Literal

from state.cost import Charged

Way = Literal["another_model", "own_key", "raise_ceiling", "raise_text", "settle", "stand_in"]
"""What a person can do about a pause besides resuming, which each surface says in words of its own."""


class GreenlightError(Exception):
    """Something went wrong."""

    code: ClassVar[str] = "internal"
    retryable: ClassVar[bool] = False
    default_action: ClassVar[str] = "Try again; if it happens twice, open an issue with the log lines."
    paused_action: ClassVar[str] = ""
    """What a person does where a run pauses by it, if that is not the usual action."""
    ways: ClassVar[tuple[Way, ...]] = ()
    """What else helps where a run pauses by it; the sentences above name no command, route or button."""
    provider: str = ""
    model: str = ""
    """Who was asked, or would have been; empty where nobody was to be."""
    role: str = ""
    """The role that the language model has in the graph; empty where none was to be asked."""
    job_waits: bool = False
    """Whether it was about asking for a job that was paid: the job goes on, and is asked about later."""
    engine: bool = False
    """Whether it was about an engine, for pictures, clips or sound: no other language model helps then."""
    asked: bool | None = None
    """Whether a request was on its way to them; None where that is not known."""
    charged: Charged | None = None
    """What the step was charged by then; None where that is not known."""

    def __init__(
        self,
        message: str | None = None,
        *,
        user_action: str | None = None,
        details: dict[str, Any] | None = None,
    ) -> None:
        self.message = message or (type(self).__doc__ or "").strip().splitlines()[0]
        self.user_action = user_action or self.default_action
        self.details: dict[str, Any] = details or {}
        """JSON values only: they are shown to callers, so no secrets."""
        super().__init__(self.message)
