"""Where media lie, as a setting says it: a folder, or a bucket of S3."""

import re
from dataclasses import dataclass
from pathlib import Path

BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
PREFIX = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}){0,7}")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
S3 = "s3://"


@dataclass(frozen=True)
class Bucket:
    """A bucket of S3, and what all keys in it begin with; empty for the whole bucket."""

    name: str
    prefix: str = ""

    def __str__(self) -> str:
        return f"{S3}{self.name}" + (f"/{self.prefix}" if self.prefix else "")


MediaPlace = Path | Bucket


def read_place(text: str) -> MediaPlace:
    """The folder or the bucket that a setting names.

    Raises:
        ValueError: it is neither; says what is wrong.
    """
    if text.startswith(S3):
        return _bucket(text.removeprefix(S3).rstrip("/"))
    if SCHEME.match(text):
        raise ValueError("must be a folder, or s3://BUCKET or s3://BUCKET/PREFIX")
    return Path(text).expanduser().resolve()


def _bucket(text: str) -> Bucket:
    name, _, prefix = text.partition("/")
    if not BUCKET.fullmatch(name) or ".." in name:
        raise ValueError("names no bucket: 3 to 63 of a-z, 0-9, dot and hyphen stand behind s3://")
    if prefix and not PREFIX.fullmatch(prefix):
        raise ValueError(
            "has a prefix that cannot be used: letters, digits, dot, hyphen and _ between slashes"
        )
    return Bucket(name, prefix)
