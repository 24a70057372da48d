"""What the door reads of a cookie header: nobody is known yet, so anything may stand in it."""

import time

import pytest
from starlette.datastructures import Headers

from server.accounts.door import read_cookies


@pytest.mark.parametrize(
    ("sent", "read"),
    [("a=b; c=d", {"a": "b", "c": "d"}),
     ('a="b";c=d=e', {"a": "b", "c": "d=e"}), ("a; =; ;b=1", {"": "", "b": "1"}),
     ("", {}), ("a=1; a=2", {"a": "2"})],
)  # fmt: skip
def test_cookies_are_read_as_they_were_sent(sent: str, read: dict[str, str]) -> None:
    assert read_cookies(Headers({"cookie": sent})) == read


def test_no_header_holds_the_process_up() -> None:
    """The standard library took 27 s for the last of these."""
    began = time.process_time()
    for text in ('\\"' * 30_000, "\\1" * 30_000, "\\" * 60_000):
        assert read_cookies(Headers({"cookie": f'a="{text}"'})).keys() == {"a"}
    assert time.process_time() - began < 1
