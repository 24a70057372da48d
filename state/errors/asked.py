"""What was asked for cannot be done: the brief, the set-up, the money, the limits."""

from typing import Any

from state.errors.base import GreenlightError


class BriefError(GreenlightError):
    """The brief cannot be used."""

    code = "brief_invalid"
    default_action = "Correct the named field of the brief and send it again."


class BriefIncomplete(BriefError):
    """A field of the brief is missing or wrong."""

    code = "brief_incomplete"


class BriefRefused(BriefError):
    """The brief asks for something we do not make."""

    code = "brief_refused"


class ConfigurationError(GreenlightError):
    """The process is not set up to run."""

    code = "configuration"
    default_action = "Correct the setting and start again; `greenlight doctor` checks them all."


class SettingInvalid(ConfigurationError):
    """A setting has a value that cannot be used."""

    code = "setting_invalid"


class ModelBanned(SettingInvalid):
    """This graph does not work with this chat model."""

    code = "model_banned"
    default_action = "Set OPENAI_MODEL to gpt-5, or use the offline writer."
    paused_action = "Go on with another model; whoever runs this server can set OPENAI_MODEL to gpt-5."
    ways = ("another_model",)


class FolderUnwritable(ConfigurationError):
    """A folder that must be written to cannot be."""

    code = "folder_unwritable"


class PortTaken(ConfigurationError):
    """Another process listens on this port."""

    code = "port_taken"


class BudgetError(GreenlightError):
    """Money stops here."""

    code = "budget"
    default_action = "Raise the ceiling of the production or choose a cheaper model."


class SpendingBlocked(BudgetError):
    """Money may not be spent for now; the run waits, and goes on where it was once it may."""

    code = "spending_blocked"


class BudgetExceeded(SpendingBlocked):
    """The next step would cost more than this production has left."""

    code = "budget_exceeded"
    default_action = "Raise the ceiling of the production, then resume it."
    ways = ("raise_ceiling",)


class TextAllowanceUsedUp(SpendingBlocked):
    """The next question to a language model would cost more than the text of this production may."""

    code = "text_allowance_used_up"
    default_action = "Raise the production's text allowance, then resume it."
    paused_action = "Raise the production's text allowance, or go on with a cheaper model."
    ways = ("raise_text", "another_model")


class NotApproved(SpendingBlocked):
    """Nobody has approved this price."""

    code = "not_approved"
    default_action = "Resume the production: it asks for your approval of what is left."


class QuoteChanged(SpendingBlocked):
    """What would be bought now is not what was approved."""

    code = "quote_changed"
    default_action = "Resume the production: it shows a new quote."


class PremiumInDraft(SpendingBlocked):
    """This production is a draft, and a draft buys nothing of the final tier."""

    code = "premium_in_draft"
    default_action = "Choose a draft model, or fork the production as a final one and go on there."


class DayBudgetExceeded(SpendingBlocked):
    """The next step would cost more than you have left today."""

    code = "day_budget_exceeded"
    default_action = "Resume it tomorrow (a day begins at 00:00 UTC), or have the day's budget raised."


class CreditsUsedUp(SpendingBlocked):
    """There is no credit left for another production that spends."""

    code = "credits_used_up"
    default_action = "Have an administrator give you credits, then resume it; what costs nothing needs none."


class SpendingStopped(SpendingBlocked):
    """Spending is stopped."""

    code = "spending_stopped"
    default_action = "Resume the production once whoever stopped spending has released it."


class PriceUnknown(BudgetError):
    """No price is known for this model, so it cannot be approved."""

    code = "price_unknown"
    default_action = "Choose a model from the catalogue or add its price to the price book."
    paused_action = "Add its price to the price book and start again, or go on with a model of the catalogue."
    ways = ("another_model",)


class LimitError(GreenlightError):
    """More was asked for than is allowed for now."""

    code = "TOO_MANY_REQUESTS"
    retryable = True
    default_action = "Wait as long as Retry-After says, then send it again."

    def __init__(
        self, message: str | None = None, *, retry_after_s: int = 60,
        user_action: str | None = None, details: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(message, user_action=user_action, details=details)
        self.retry_after_s = retry_after_s
        """Whole seconds after which it is worth asking again."""


class TooManyRequests(LimitError):
    """Too many requests of this kind were sent within a minute."""


class QuotaUsedUp(LimitError):
    """This user has what a user may have for now."""
