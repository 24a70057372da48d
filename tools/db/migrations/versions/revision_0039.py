"""Let fonts be items of the library."""

from pathlib import Path

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

SQL = Path(__file__).parents[1] / "schema_0039.sql"


def upgrade() -> None:
    """Run the file as it is: psycopg takes many statements in one go when there are no parameters."""
    driver = op.get_bind().connection.driver_connection
    assert driver is not None  # noqa: S101  # Alembic runs this with an open connection only
    driver.execute(SQL.read_text(encoding="utf-8"))
