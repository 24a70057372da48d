"""What a backup is: one zip file with every table, every media file they name, a manifest that seals both."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from tools.media.keys import KEY, digest_in

VERSION = 1
SUFFIX = ".backup.zip"
MANIFEST = "manifest.json"
MAX_MANIFEST_BYTES = 512 * 1024**2
CHUNK_BYTES = 1 << 20
SecretName = Literal["link_secret", "auth_secret", "master_key"]
SECRET_FILES: tuple[SecretName, ...] = ("link_secret", "auth_secret", "master_key")
"""What a data folder makes for itself and keeps, beside the database and the media."""
OLDEST_HOUSE = "0011"
"""The first schema that knows of backups."""
NAME = r"[a-z_][a-z0-9_]{0,62}"
Sha256 = r"[0-9a-f]{64}"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Table(_Part):
    """The rows of one table, in Postgres's text form."""

    name: str = Field(pattern=f"^{NAME}$")
    columns: list[str] = Field(min_length=1)
    rows: int = Field(ge=0)
    size: int = Field(ge=0)
    sha256: str = Field(pattern=f"^{Sha256}$")

    @property
    def member(self) -> str:
        """Its name in the file."""
        return f"rows/{self.name}.copy"


class Media(_Part):
    """One media file; its digest stands in its key."""

    key: str = Field(pattern=f"^{KEY.pattern}$")
    size: int = Field(ge=0)

    @property
    def member(self) -> str:
        """Its name in the file."""
        return f"media/{self.key}"

    @property
    def sha256(self) -> str:
        """What its bytes must add up to."""
        return digest_in(self.key)


class Secret(_Part):
    """A secret that the data folder keeps."""

    name: SecretName
    size: int = Field(ge=0, le=65_536)
    sha256: str = Field(pattern=f"^{Sha256}$")

    @property
    def member(self) -> str:
        """Its name in the file."""
        return f"secrets/{self.name}"


Member = Table | Media | Secret


class Manifest(_Part):
    """What the file holds, and the moment that it is of. It is written last, when all is known."""

    format: Literal["greenlight-backup"] = "greenlight-backup"
    version: int
    backup_id: str
    taken_at: datetime
    """When the snapshot began, by the clock of the database."""
    program: str
    postgres: str
    house: str = Field(pattern=r"^\d{4}$")
    libraries: dict[str, str]
    numbers: dict[str, int]
    tables: list[Table]
    sequences: dict[str, int]
    media: list[Media] = Field(default_factory=list)
    media_left_out: bool = False
    media_missing: list[str] = Field(default_factory=list)
    """Files that rows name and that were not there, or were not what they are called."""
    secrets: list[Secret] = Field(default_factory=list)
    sealed_with: list[str] = Field(default_factory=list)
    """The ids of the master keys that seal users' keys at providers."""

    @property
    def members(self) -> list[Member]:
        """Everything but the manifest itself."""
        return [*self.tables, *self.media, *self.secrets]

    @property
    def media_bytes(self) -> int:
        """How much room the media take."""
        return sum(one.size for one in self.media)

    @property
    def row_bytes(self) -> int:
        """How much the rows are as text."""
        return sum(one.size for one in self.tables)

    def rows_of(self, name: str) -> int:
        """How many rows a table has; none when there is no such table."""
        return sum(table.rows for table in self.tables if table.name == name)
