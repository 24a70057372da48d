"""The `greenlight` command.

Nothing heavy is imported here: processes that are spawned for drawing import this module
again, and would otherwise load the whole service each.
"""

import gc
import os
import sys

from state.errors import BriefError, ConfigurationError, DatabaseError, GreenlightError, RunNotFound

EXIT_CODES: tuple[tuple[type[GreenlightError], int], ...] = (
    (BriefError, 2),
    (ConfigurationError, 3),
    (DatabaseError, 4),
)
EXIT_OTHER = 1
LISTED = "`greenlight list` shows what there is."


def main() -> None:
    """Run the command; an error of ours is one sentence and what to do, never a traceback."""
    # Checkpoints hold JSON only; nothing else may ever be rebuilt from one, and nothing is traced unasked.
    os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")
    os.environ.setdefault("LANGSMITH_TRACING", "false")
    # What is loaded now stays: looking for garbage in it would be a seventh of the start.
    gc.disable()
    from server.cli.verbs import app

    gc.freeze()
    gc.enable()
    try:
        app()
    except GreenlightError as exc:
        does = f"{exc.user_action} {LISTED}" if isinstance(exc, RunNotFound) else exc.user_action
        print(f"{exc.code}: {exc.message}", *further_fields(exc), does, sep="\n", file=sys.stderr)
        sys.exit(exit_code(exc))


def further_fields(error: GreenlightError) -> list[str]:
    """The other wrong fields, one line each: a person mends them all at once."""
    fields = error.details.get("fields")
    rest = fields[1:] if isinstance(fields, list) else []
    return [f"  {one['field']}: {one['problem']}" for one in rest]


def exit_code(error: GreenlightError) -> int:
    """2: the brief, 3: the set-up, 4: the database, 1: anything else."""
    return next((code for family, code in EXIT_CODES if isinstance(error, family)), EXIT_OTHER)


if __name__ == "__main__":
    main()
