"""What is kept: media, archives, runs, the database."""

from state.errors.base import GreenlightError


class MediaError(GreenlightError):
    """A media file cannot be used."""

    code = "media"


class MediaMissing(MediaError):
    """This media file does not exist."""

    code = "media_missing"
    default_action = "Check the key; deleted media cannot be brought back."


class MediaDamaged(MediaError):
    """What lies in the media store under this key is not what was put there."""

    code = "media_damaged"
    default_action = "Bring the file back from a backup of the media store."


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
    retryable = True
    default_action = "Free some space there; what is waiting for it goes on by itself."


class WorkFolderFull(MediaError):
    """There is no room left for work in progress."""

    code = "work_folder_full"
    retryable = True
    default_action = (
        "Free some space there, or set TMPDIR to a larger disk; what is waiting for it goes on by itself."
    )


class StoreRefused(MediaError):
    """The media store does not let this server do that."""

    code = "store_refused"
    default_action = "Correct GREENLIGHT_MEDIA or the rights of its keys; `greenlight doctor` says which."


class StoreUnreachable(MediaError):
    """The media store does not answer."""

    code = "store_unreachable"
    retryable = True
    default_action = "Wait a moment; if it stays so, `greenlight doctor` says what is missing."


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


class RunError(GreenlightError):
    """The run cannot do this now."""

    code = "run"


class RunNotFound(RunError):
    """No such production or run."""

    code = "not_found"
    default_action = "Check the id."


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


class StateTooLarge(RunError):
    """A part of the state is larger than what is kept."""

    code = "state_too_large"
    default_action = "Make the named field smaller, or raise GREENLIGHT_STATE_LIMIT_MB; then resume."


class DatabaseError(GreenlightError):
    """The database cannot be used."""

    code = "database"


class DatabaseDown(DatabaseError):
    """The database cannot be reached."""

    code = "database_down"
    retryable = True
    default_action = "Check GREENLIGHT_DATABASE_URL and that the server runs."


class DatabaseFull(DatabaseDown):
    """The database has no room left."""

    code = "database_full"
    default_action = "Free some space on the database's disk; what is waiting for it goes on by itself."


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
