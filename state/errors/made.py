"""What was ordered did not come: providers, orders, the cutting room."""

from typing import Any, ClassVar

from state.errors.base import GreenlightError, Way


class ProviderError(GreenlightError):
    """A provider did not do what was asked."""

    code = "provider_failed"

    def __init__(
        self, message: str | None = None, *, provider: str = "", model: str = "", kind: str = "internal",
        user_action: str | None = None, details: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(message, user_action=user_action, details=details)
        self.provider = provider
        self.model = model
        self.kind = kind
        """The kind of failure, in the words of `state.order.FailureKind`."""


class ProviderBusy(ProviderError):
    """The provider is overloaded or limits our rate."""

    code = "provider_busy"
    retryable = True
    ways = ("another_model", "own_key")
    default_action = "Wait a moment; the request is tried again."
    paused_action = (
        "It was asked as often as it is worth, and nothing is asked by itself any more: resume it in some"
        " minutes, or go on with another key or another model."
    )


class ProviderTimeout(ProviderError):
    """The provider gave no answer within the deadline."""

    code = "provider_timeout"
    retryable = True
    ways = ("another_model",)
    default_action = "Wait; what became of the request is being found out before anything is sent again."
    paused_action = (
        "It was asked as often as it is worth, and nothing is asked by itself any more: resume it to ask"
        " again, or go on with another model."
    )


class ProviderRefused(ProviderError):
    """The provider refused the content."""

    code = "provider_refused"
    ways = ("another_model",)
    default_action = "Change the words or the references of this shot and try again."


class ProviderMisconfigured(ProviderError):
    """The provider does not accept our key or does not know the model."""

    code = "provider_misconfigured"
    ways: ClassVar[tuple[Way, ...]] = ("another_model", "own_key")
    default_action = "Check the key and the model name in the settings."


class KeyMissing(ProviderMisconfigured):
    """There is no key for this provider, so it cannot be asked."""

    code = "provider_key_missing"
    default_action = "Set the provider's key in the environment, or add a key of your own."


class KeyNotTaken(ProviderMisconfigured):
    """The provider does not take this key."""

    code = "provider_key_not_taken"
    default_action = "Replace the key, or go on with another key or another model."


class VendorCreditUsedUp(ProviderMisconfigured):
    """The account at the provider has no credit left."""

    code = "provider_credit_used_up"
    default_action = "Top the account up at the provider, or go on with another key or another model."


class ModelUnknown(ProviderMisconfigured):
    """No such model can be asked."""

    code = "model_unknown"
    default_action = "Choose a model from the catalogue."
    paused_action = "Go on with another model from the catalogue, or with a key that may use this one."


class ModelWithheld(ProviderMisconfigured):
    """The provider does not let this key use this model; it may use others."""

    code = "model_withheld"
    default_action = (
        "Ask the provider for access to this model, or go on with another key or another model."
        " The key stays in use for others."
    )


class NotServedHere(ModelWithheld):
    """The provider does not serve the place that this is asked from."""

    code = "not_served_here"
    default_action = (
        "Go on with a model of another provider, or with a key of an account that it serves here."
        " The same key is not asked with again by itself."
    )


class ContextTooLong(ProviderMisconfigured):
    """What the model would have to read is longer than it can read."""

    code = "context_too_long"
    default_action = "Shorten the brief or the script, or choose a model with a larger context."
    paused_action = "Go on with a model that has a larger context, or begin again with a shorter brief."
    ways = ("another_model",)


class ProviderFailed(ProviderError):
    """The provider's job ended without a usable result."""

    code = "provider_failed"
    default_action = "Regenerate the shot, or choose another model for it."


class EnginesFailed(ProviderFailed):
    """All production engines failed, and some may be asked again."""

    code = "engines_failed"
    ways = ("own_key",)
    default_action = (
        "Nothing was made and nothing is asked by itself any more: resume it in some minutes, and they are"
        " asked again in their order."
    )


class StandInProposed(ProviderError):
    """The engine that was chosen cannot be had, and another one could make it."""

    code = "stand_in_proposed"
    ways = ("stand_in", "own_key")
    default_action = "Say whether the other one may make it, or resume to ask the chosen one again."


class AnswerUnusable(ProviderFailed):
    """The model's answers do not fit what was asked for."""

    code = "answer_unusable"
    ways = ("another_model",)
    default_action = "Resume to ask again, or go on with another model for this role."


class BreakerOpen(ProviderError):
    """This provider failed too often and is not asked for a while."""

    code = "breaker_open"
    default_action = "Wait two minutes or choose another engine."


class MailNotSent(ProviderError):
    """The mail server did not take the mail."""

    code = "mail_not_sent"
    default_action = "Check the GREENLIGHT_SMTP_ settings and the mail server's log."


class OrderError(GreenlightError):
    """A paid order cannot go on."""

    code = "order"


class OrderChanged(OrderError):
    """The same order was placed again with another request."""

    code = "order_changed"
    default_action = "Ask for a new take (RED or regenerate) instead of changing an order that was placed."


class OrderParked(OrderError):
    """What became of this order at the provider is unknown, so it waits for a person."""

    code = "order_parked"
    default_action = "Look the job up at the provider and say what became of it, then resume."
    ways = ("settle",)


class LeaseLost(OrderError):
    """Another worker has taken this production over."""

    code = "lease_lost"
    default_action = "Nothing: the other worker goes on with it."


class DeadlinePassed(OrderError):
    """The process was held up too long between its intent and the request, so nothing was sent."""

    code = "deadline_passed"
    retryable = True


class PostError(GreenlightError):
    """The cut could not be made."""

    code = "post"


class EditRefused(PostError):
    """This edit cannot be made."""

    code = "edit_refused"
    default_action = "Look at the cut as it is now, and send another edit."


class FfmpegFailed(PostError):
    """Ffmpeg ended with an error."""

    code = "ffmpeg_failed"
