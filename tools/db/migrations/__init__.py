"""Our schema: Alembic revisions that run plain SQL."""
