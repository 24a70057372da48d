"""The digest of a request."""

from tests.builders import a_request, an_image_request
from tools.ledger.requests import changed_fields, request_hash
from tools.ledger.rows import REQUESTS


def test_the_order_of_fields_is_nothing() -> None:
    assert request_hash({"a": 1, "b": [{"c": 2, "d": 3}]}) == request_hash({"b": [{"d": 3, "c": 2}], "a": 1})


def test_where_the_answer_goes_is_left_out() -> None:
    asked = {"prompt": "x", "options": {"webhook_url": "https://one", "webhook_token": "t"}}
    assert request_hash(asked) == request_hash({"prompt": "x", "options": {"webhook_url": "https://two"}})


def test_everything_else_counts() -> None:
    one = an_image_request().model_dump(mode="json")
    for changes in ({"prompt": "other"}, {"seed": 8}, {"width": 640}, {"model": "other"}):
        assert request_hash(an_image_request(**changes).model_dump(mode="json")) != request_hash(one)


def test_a_frozen_request_reads_back_with_the_same_digest() -> None:
    for medium in ("image", "video", "voice", "music"):
        stored = a_request(medium).model_dump(mode="json")
        assert request_hash(REQUESTS.validate_python(stored).model_dump(mode="json")) == request_hash(stored)


def test_differences_are_named_by_their_path() -> None:
    one = {"a": {"b": [1, 2]}, "c": 3, "webhook_url": "x"}
    other = {"a": {"b": [1, 5]}, "d": 3, "webhook_url": "y"}
    assert changed_fields(one, other) == ["a.b.1", "c", "d"]
