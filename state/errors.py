"""Every error Greenlight raises on purpose, in one tree.

GreenlightError                 .code  .retryable  .user_action  .details
  BriefError                    BriefIncomplete, BriefRefused
  ConfigurationError            SettingInvalid, ModelBanned, FolderUnwritable, PortTaken
  BudgetError                   BudgetExceeded, PriceUnknown
  LimitError                    TooManyRequests, QuotaUsedUp  .retry_after_s      retryable
  ProviderError                 .provider  .model  .kind
    ProviderBusy                rate limited, overloaded            retryable
    ProviderTimeout             no answer within the deadline       retryable
    ProviderRefused             content policy; try other words
    ProviderMisconfigured       bad key, unknown model
    ProviderFailed              the job ended without a usable result
    BreakerOpen                 we are not asking for now
    MailNotSent                 the mail server did not take it
  OrderError                    OrderChanged, OrderParked, LeaseLost, DeadlinePassed
  MediaError                    MediaMissing, UploadRejected, LinkExpired, StoreFull
  ArchiveError                  ArchiveRefused, BackupRefused
  PostError                     FfmpegFailed
  RunError                      RunNotFound, RecordNotFound, RecordConflict, StaleReview, ReviewRefused,
                                ReplayDiverged, RunPoisoned
  DatabaseError                 DatabaseDown, SchemaOutdated, DatabaseHalted, DatabaseTaken
  AuthError                     SignInNeeded, TokenInvalid, PasswordWrong
    NotAllowed                  AccountDisabled, LinkSpent
  AccountsOff
  VaultError                    KeyRefused, VaultClosed, MasterKeyAbsent, KeyDamaged

The class docstring is the default message, so each error reads as one sentence.
`user_action` says what a person can do about it.
"""

from typing import Any, ClassVar


class GreenlightError(Exception):
    """Something went wrong."""

    code: ClassVar[str] = "internal"
    retryable: ClassVar[bool] = False
    default_action: ClassVar[str] = "Try again; if it happens twice, open an issue with the log lines."

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


class BudgetExceeded(BudgetError):
    """The next step would cost more than this production has left."""

    code = "budget_exceeded"


class PriceUnknown(BudgetError):
    """No price is known for this model, so it cannot be approved."""

    code = "price_unknown"
    default_action = "Choose a model from the catalogue or add its price to the price book."


class LimitError(GreenlightError):
    """More was asked for than is allowed for now."""

    code = "TOO_MANY_REQUESTS"
    retryable = True
    default_action = "Wait as long as Retry-After says, then send it again."

    def __init__(
        self,
        message: str | None = None,
        *,
        retry_after_s: int = 60,
        user_action: str | None = None,
        details: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message, user_action=user_action, details=details)
        self.retry_after_s = retry_after_s
        """Whole seconds after which it is worth asking again."""


class TooManyRequests(LimitError):
    """Too many requests of this kind were sent within a minute."""


class QuotaUsedUp(LimitError):
    """This user has what a user may have for now."""


class ProviderError(GreenlightError):
    """A provider did not do what was asked."""

    code = "provider_failed"

    def __init__(
        self,
        message: str | None = None,
        *,
        provider: str = "",
        model: str = "",
        kind: str = "internal",
        user_action: str | None = None,
        details: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message, user_action=user_action, details=details)
        self.provider = provider
        self.model = model
        self.kind = kind
        """The kind of failure, in the words of `state.order.FailureKind`."""


class ProviderBusy(ProviderError):
    """The provider is overloaded or limits our rate."""

    code = "provider_busy"
    retryable = True
    default_action = "Wait a moment; the request is tried again."


class ProviderTimeout(ProviderError):
    """The provider gave no answer within the deadline."""

    code = "provider_timeout"
    retryable = True
    default_action = "Wait; what became of the request is being found out before anything is sent again."


class ProviderRefused(ProviderError):
    """The provider refused the content."""

    code = "provider_refused"
    default_action = "Change the words or the references of this shot and try again."


class ProviderMisconfigured(ProviderError):
    """The provider does not accept our key or does not know the model."""

    code = "provider_misconfigured"
    default_action = "Check the key and the model name in the settings."


class ProviderFailed(ProviderError):
    """The provider's job ended without a usable result."""

    code = "provider_failed"
    default_action = "Regenerate the shot, or choose another model for it."


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
    default_action = "Look the job up at the provider, then resubmit or write off the order."


class LeaseLost(OrderError):
    """Another worker has taken this production over."""

    code = "lease_lost"
    default_action = "Nothing: the other worker goes on with it."


class DeadlinePassed(OrderError):
    """The process was held up too long between its intent and the request, so nothing was sent."""

    code = "deadline_passed"
    retryable = True


class MediaError(GreenlightError):
    """A media file cannot be used."""

    code = "media"


class MediaMissing(MediaError):
    """This media file does not exist."""

    code = "media_missing"
    default_action = "Check the key; deleted media cannot be brought back."


class UploadRejected(MediaError):
    """This file is not accepted."""

    code = "upload_rejected"
    default_action = "Send a JPEG, PNG or WebP picture."


class LinkExpired(MediaError):
    """This link is no longer valid."""

    code = "link_expired"
    default_action = "Ask for a new link."


class StoreFull(MediaError):
    """The media store has no room left."""

    code = "store_full"
    default_action = "Free some space on the disk of the data folder."


class ArchiveError(GreenlightError):
    """An archive of a production cannot be used."""

    code = "archive"
    default_action = "Export the production again, and send the file as it is."


class ArchiveRefused(ArchiveError):
    """This file is no archive that can be imported here."""

    code = "archive_refused"


class BackupRefused(ArchiveError):
    """This file is no backup that can be restored here."""

    code = "backup_refused"
    default_action = "Name a file that `greenlight backup` wrote, as it was written."


class PostError(GreenlightError):
    """The cut could not be made."""

    code = "post"


class FfmpegFailed(PostError):
    """Ffmpeg ended with an error."""

    code = "ffmpeg_failed"


class RunError(GreenlightError):
    """The run cannot do this now."""

    code = "run"


class RunNotFound(RunError):
    """No such production or run."""

    code = "not_found"
    default_action = "Check the id; `greenlight list` shows what there is."


class RecordNotFound(RunError):
    """No such record."""

    code = "not_found"
    default_action = "Check the id."


class RecordConflict(RunError):
    """A record like this exists already."""

    code = "conflict"
    default_action = "Use the existing record or choose another number."


class StaleReview(RunError):
    """This question was answered already or is no longer asked."""

    code = "stale_review"
    default_action = "Read the production's state again and answer the gate that is open now."


class ReviewRefused(RunError):
    """The answer does not fit the question; the gate stays open."""

    code = "review_refused"
    default_action = "Send an answer in the shape of the gate's schema."


class ReplayDiverged(RunError):
    """The replay asked for something that was not recorded."""

    code = "replay_diverged"


class RunPoisoned(RunError):
    """This run was started several times and never got any further."""

    code = "run_poisoned"
    default_action = "Read the events of the run, mend the cause, then continue the run."


class DatabaseError(GreenlightError):
    """The database cannot be used."""

    code = "database"


class DatabaseDown(DatabaseError):
    """The database cannot be reached."""

    code = "database_down"
    retryable = True
    default_action = "Check GREENLIGHT_DATABASE_URL and that the server runs."


class SchemaOutdated(DatabaseError):
    """The database has another schema version than this program."""

    code = "schema_outdated"
    default_action = "Run `greenlight migrate`."


class DatabaseHalted(DatabaseError):
    """Nobody works on this database for now."""

    code = "database_halted"


class DatabaseTaken(DatabaseError):
    """Somebody or something is in this database already."""

    code = "database_taken"


class AuthError(GreenlightError):
    """Nobody knows who is asking."""

    code = "auth"
    default_action = "Log in, or send an API token of yours."


class SignInNeeded(AuthError):
    """You are not logged in."""

    code = "sign_in_needed"


class TokenInvalid(AuthError):
    """This token is not valid, or no longer."""

    code = "token_invalid"
    default_action = "Refresh it, log in again, or make a new API token."


class PasswordWrong(AuthError):
    """The e-mail address or the password is wrong."""

    code = "password_wrong"
    default_action = "Check both. After ten wrong ones wait 15 minutes, or ask for a new password by mail."


class NotAllowed(AuthError):
    """This account may not do that."""

    code = "not_allowed"
    default_action = "Ask an administrator of this server."


class AccountDisabled(NotAllowed):
    """This account is disabled."""

    code = "account_disabled"


class LinkSpent(NotAllowed):
    """This link was used already, is too old, or was not made here."""

    code = "link_spent"
    default_action = "Ask for a new link."


class AccountsOff(GreenlightError):
    """This server has no accounts: whoever reaches it is its one user."""

    code = "accounts_off"
    default_action = "Start it with GREENLIGHT_AUTH_MODE=token to have accounts."


class VaultError(GreenlightError):
    """A key of a provider cannot be kept or used."""

    code = "vault"


class KeyRefused(VaultError):
    """This is no key that can be kept."""

    code = "key_refused"
    default_action = "Correct the named field and send it again."


class VaultClosed(VaultError):
    """This server has no master key, so it can keep no keys of providers."""

    code = "vault_closed"
    default_action = "Who runs it has to set GREENLIGHT_MASTER_KEY or GREENLIGHT_MASTER_KEY_FILE."


class MasterKeyAbsent(VaultError):
    """This key was sealed with a master key that is not here."""

    code = "master_key_absent"
    default_action = "Add the older master key behind the current one in GREENLIGHT_MASTER_KEY."


class KeyDamaged(VaultError):
    """This key cannot be opened: it was changed, or it belongs to somebody else."""

    code = "key_damaged"
    default_action = "Replace it with the key as the provider shows it."
