"""Stores on one bucket, each as on a machine of its own."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import FakeClock
from tools.media.cache import MediaCache
from tools.media.s3 import S3MediaStore
from tools.media.s3_bucket import S3Bucket
from tools.media_place import Bucket

Machines = Callable[..., S3MediaStore]


@pytest.fixture
async def machine(s3_caller: Any, s3_place: Bucket, tmp_path: Path) -> AsyncIterator[Machines]:
    """Make a store by the name of its machine; keywords are the bucket's."""
    async with AsyncExitStack() as stack:

        def make(name: str, **options: Any) -> S3MediaStore:
            clock = options.pop("clock", None) or FakeClock()
            cache = MediaCache(tmp_path / name, limit_bytes=10**8, clock=clock)
            bucket = S3Bucket(options.pop("client", s3_caller), s3_place, **options)
            store = S3MediaStore(bucket, cache, b"s", clock=clock, keep_free_bytes=0)
            stack.push_async_callback(store.close)
            return store

        yield make
