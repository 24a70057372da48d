"""Every error Greenlight raises on purpose, in one tree.

GreenlightError                 .code  .retryable  .user_action  .details
  BriefError                    BriefIncomplete, BriefRefused
  ConfigurationError            SettingInvalid, ModelBanned, FolderUnwritable, PortTaken
  BudgetError                   PriceUnknown
    SpendingBlocked             BudgetExceeded, TextAllowanceUsedUp, DayBudgetExceeded, CreditsUsedUp,
                                SpendingStopped, NotApproved, QuoteChanged, PremiumInDraft: the run pauses
  LimitError                    TooManyRequests, QuotaUsedUp  .retry_after_s      retryable
  ProviderError                 .provider  .model  .kind
    ProviderBusy                rate limited, overloaded            retryable
    ProviderTimeout             no answer within the deadline       retryable
    ProviderRefused             content policy; try other words
    ProviderMisconfigured       KeyMissing, KeyNotTaken, VendorCreditUsedUp, ModelUnknown, ModelWithheld,
                              ContextTooLong
      ModelWithheld             NotServedHere: the provider does not serve this place
    ProviderFailed              the job ended without a usable result: AnswerUnusable, EnginesFailed
    StandInProposed             another engine could make it, where a person is to be asked first
    BreakerOpen                 we are not asking for now
    MailNotSent                 the mail server did not take it
  OrderError                    OrderChanged, OrderParked, LeaseLost, DeadlinePassed
  MediaError                    MediaMissing, MediaDamaged, UploadRejected, LinkExpired
    StoreFull, WorkFolderFull   no room left                        retryable
    StoreRefused                rights, bucket or region of the store
    StoreUnreachable            the store does not answer           retryable
  ArchiveError                  ArchiveRefused, BackupRefused
  PostError                     EditRefused, FfmpegFailed
  RunError                      RunNotFound, RecordNotFound, RecordConflict, StaleReview, ReviewRefused,
                                ReplayDiverged, RunPoisoned, StateTooLarge
  DatabaseError                 DatabaseDown, SchemaOutdated, DatabaseHalted, DatabaseTaken
    DatabaseFull                no room left                        retryable
  AuthError                     SignInNeeded, TokenInvalid, PasswordWrong
    NotAllowed                  AccountDisabled, LinkSpent
  AccountsOff
  VaultError                    KeyRefused, VaultClosed, MasterKeyAbsent, KeyDamaged
  AddressRefused                HostUnknown

`engine_states.py` beside the tree says how a failure of an engine is told: code, what helps, what to do.

The class docstring is the default message, so each error reads as one sentence.
`user_action` says what a person can do about it.
"""

from state.errors.asked import (
    BriefError,
    BriefIncomplete,
    BriefRefused,
    BudgetError,
    BudgetExceeded,
    ConfigurationError,
    CreditsUsedUp,
    DayBudgetExceeded,
    FolderUnwritable,
    LimitError,
    ModelBanned,
    NotApproved,
    PortTaken,
    PremiumInDraft,
    PriceUnknown,
    QuotaUsedUp,
    QuoteChanged,
    SettingInvalid,
    SpendingBlocked,
    SpendingStopped,
    TextAllowanceUsedUp,
    TooManyRequests,
)
from state.errors.base import (
    GreenlightError,
    Way,
)
from state.errors.kept import (
    ArchiveError,
    ArchiveRefused,
    BackupRefused,
    DatabaseDown,
    DatabaseError,
    DatabaseFull,
    DatabaseHalted,
    DatabaseTaken,
    LinkExpired,
    MediaDamaged,
    MediaError,
    MediaMissing,
    RecordConflict,
    RecordNotFound,
    ReplayDiverged,
    ReviewRefused,
    RunError,
    RunNotFound,
    RunPoisoned,
    SchemaOutdated,
    StaleReview,
    StateTooLarge,
    StoreFull,
    StoreRefused,
    StoreUnreachable,
    UploadRejected,
    WorkFolderFull,
)
from state.errors.let_in import (
    AccountDisabled,
    AccountsOff,
    AddressRefused,
    AuthError,
    HostUnknown,
    KeyDamaged,
    KeyRefused,
    LinkSpent,
    MasterKeyAbsent,
    NotAllowed,
    PasswordWrong,
    SignInNeeded,
    TokenInvalid,
    VaultClosed,
    VaultError,
)
from state.errors.made import (
    AnswerUnusable,
    BreakerOpen,
    ContextTooLong,
    DeadlinePassed,
    EditRefused,
    EnginesFailed,
    FfmpegFailed,
    KeyMissing,
    KeyNotTaken,
    LeaseLost,
    MailNotSent,
    ModelUnknown,
    ModelWithheld,
    NotServedHere,
    OrderChanged,
    OrderError,
    OrderParked,
    PostError,
    ProviderBusy,
    ProviderError,
    ProviderFailed,
    ProviderMisconfigured,
    ProviderRefused,
    ProviderTimeout,
    StandInProposed,
    VendorCreditUsedUp,
)

__all__ = [
    "AccountDisabled",
    "AccountsOff",
    "AddressRefused",
    "AnswerUnusable",
    "ArchiveError",
    "ArchiveRefused",
    "AuthError",
    "BackupRefused",
    "BreakerOpen",
    "BriefError",
    "BriefIncomplete",
    "BriefRefused",
    "BudgetError",
    "BudgetExceeded",
    "ConfigurationError",
    "ContextTooLong",
    "CreditsUsedUp",
    "DatabaseDown",
    "DatabaseError",
    "DatabaseFull",
    "DatabaseHalted",
    "DatabaseTaken",
    "DayBudgetExceeded",
    "DeadlinePassed",
    "EditRefused",
    "EnginesFailed",
    "FfmpegFailed",
    "FolderUnwritable",
    "GreenlightError",
    "HostUnknown",
    "KeyDamaged",
    "KeyMissing",
    "KeyNotTaken",
    "KeyRefused",
    "LeaseLost",
    "LimitError",
    "LinkExpired",
    "LinkSpent",
    "MailNotSent",
    "MasterKeyAbsent",
    "MediaDamaged",
    "MediaError",
    "MediaMissing",
    "ModelBanned",
    "ModelUnknown",
    "ModelWithheld",
    "NotAllowed",
    "NotApproved",
    "NotServedHere",
    "OrderChanged",
    "OrderError",
    "OrderParked",
    "PasswordWrong",
    "PortTaken",
    "PostError",
    "PremiumInDraft",
    "PriceUnknown",
    "ProviderBusy",
    "ProviderError",
    "ProviderFailed",
    "ProviderMisconfigured",
    "ProviderRefused",
    "ProviderTimeout",
    "QuotaUsedUp",
    "QuoteChanged",
    "RecordConflict",
    "RecordNotFound",
    "ReplayDiverged",
    "ReviewRefused",
    "RunError",
    "RunNotFound",
    "RunPoisoned",
    "SchemaOutdated",
    "SettingInvalid",
    "SignInNeeded",
    "SpendingBlocked",
    "SpendingStopped",
    "StaleReview",
    "StandInProposed",
    "StateTooLarge",
    "StoreFull",
    "StoreRefused",
    "StoreUnreachable",
    "TextAllowanceUsedUp",
    "TokenInvalid",
    "TooManyRequests",
    "UploadRejected",
    "VaultClosed",
    "VaultError",
    "VendorCreditUsedUp",
    "Way",
    "WorkFolderFull",
]
