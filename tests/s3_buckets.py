"""A local S3 and a bucket of one's own in it."""

import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tools.media.s3_bucket import S3Bucket, s3_client
from tools.media_place import Bucket
from tools.settings import Settings

if TYPE_CHECKING:
    from tests.standins.s3_server import S3Server


@pytest.fixture(scope="session")
def s3_here() -> "Iterator[S3Server]":
    """moto's server, in a thread; skipped where the `dev` extra was installed before moto was part of it."""
    pytest.importorskip("moto", reason="the local S3 is moto's: install the `dev` extra again")
    from tests.standins.s3_server import s3_server

    with s3_server() as server:
        yield server


@pytest.fixture(scope="session")
def s3_caller(s3_here: "S3Server") -> Iterator[Any]:
    """One client for all tests: to make one takes longer than most of them."""
    client = s3_client(Settings.model_validate(s3_here.settings), connections=8)
    yield client
    client.close()


@pytest.fixture
def s3_place(s3_here: "S3Server", s3_caller: Any) -> Iterator[Bucket]:
    """A new empty bucket, and a prefix in it."""
    place = Bucket(f"media-{uuid.uuid4().hex[:12]}", "greenlight")
    s3_caller.create_bucket(Bucket=place.name, CreateBucketConfiguration=s3_here.constraint)
    s3_here.asked.clear()
    s3_here.ranges.clear()
    yield place
    s3_here.trouble = None


@pytest.fixture
def bucket(s3_caller: Any, s3_place: Bucket) -> S3Bucket:
    return S3Bucket(s3_caller, s3_place)
