"""What may be cleared, as the operator asked for it. Without a wish nothing is."""

from dataclasses import dataclass

from tools.settings import Settings

MORE_THAN_ENOUGH = 100 * 365
"""Days. What nobody asked to clear is kept longer than this."""


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Days for which things are kept; None keeps them."""

    productions: int | None = None
    """Whole productions, after their end."""
    deleted: int | None = None
    """Productions that their owners deleted, after that."""
    checkpoints: int | None = None
    """Of ended productions all states but the newest."""
    events: int | None = None
    """Of ended productions what nobody who comes later needs of the log."""
    logins: int | None = None
    """Logins, refresh tokens and links for passwords, after they ended."""
    audit: int | None = None
    """Rows of the audit trail."""
    series: bool = False
    """Also productions that their series may go on from."""
    media: bool = False
    """Files that nothing names."""
    grace_hours: float = 24.0
    """A file that was put there, or put there again, since then is left alone."""

    @classmethod
    def of(cls, settings: Settings) -> "Rules":
        """As the environment asks for."""
        return cls(
            productions=settings.keep_productions_days, deleted=settings.keep_deleted_days,
            checkpoints=settings.keep_checkpoints_days, events=settings.keep_events_days,
            logins=settings.keep_logins_days, audit=settings.keep_audit_days,
            series=not settings.keep_series, media=settings.clear_media,
            grace_hours=settings.media_grace_hours,
        )  # fmt: skip

    @property
    def ask_for_anything(self) -> bool:
        """Whether there is anything to do at all."""
        days = (
            self.productions, self.deleted, self.checkpoints, self.events, self.logins, self.audit
        )  # fmt: skip
        return self.media or any(wish is not None for wish in days)
